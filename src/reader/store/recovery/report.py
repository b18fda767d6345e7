"""What is known to have been in a damaged library, and what became of it."""

from typing import Any


class Report:
    """Filled while rows are read and mended.

    Attributes:
        changed: a line for each thing that is not, or may not be, as it was.
        lost: a line for each thing that was there and is not any longer.
        hashes: the hashes that rows were stored with, by table and key.
        titles: by the number of an article.
        marks: by the id of an annotation, its quote where that is known.
    """

    def __init__(self) -> None:
        self.changed: list[str] = []
        self.lost: list[str] = []
        self.hashes: dict[tuple[str, Any], bytes] = {}
        self.titles: dict[int, str] = {}
        self.marks: dict[str, str] = {}
        self._ids: dict[int, str] = {}
        self._quotes: dict[int, str] = {}

    def note(self, table: str, row: dict[str, Any]) -> None:
        """Note a row that could be read."""
        if table == "row_hash":
            self.hashes.setdefault((row["table_name"], row["key"]), row["hash"])
        elif table == "article":
            self.titles.setdefault(row["number"], row["title"])
        elif table == "annotation":
            self._ids.setdefault(row["key"], row["id"])
            self.marks.setdefault(row["id"], self._quotes.get(row["key"], ""))
        elif table == "anchor":
            self._quotes[row["annotation"]] = row["exact"]
            if row["annotation"] in self._ids:
                self.marks[self._ids[row["annotation"]]] = row["exact"]
