"""All stances of a library at once, as numbers, and the names that the numbers stand for."""

import json
from array import array
from collections.abc import Iterator, Sequence

from reader.model import Annotator, BoardClaim, BoardRows
from reader.query import Level, Query
from reader.store.annotation_state import LIVE
from reader.store.codec import decoding, packed
from reader.store.conditions import condition, prepare
from reader.store.connection import Connection
from reader.store.schema import SHIFT

# In the order of the articles, whose index is walked, so that nothing is sorted.
_STANCES = """
    article
    CROSS JOIN annotation ON annotation.article = article.number
    LEFT JOIN stance ON stance.annotation = annotation.key
"""
"""A row for each stance, and one for each annotation that has none."""

# What `LIVE` says. Where an article has but one text, its annotations sit in it: not to look that up for
# each saves a third of the time.
_SEEN = """
    annotation.deleted_at IS NULL AND article.removed_at IS NULL AND (
        +article.number NOT IN (SELECT article FROM revision GROUP BY article HAVING count(*) > 1)
        OR EXISTS (
            SELECT 1 FROM anchor
            WHERE anchor.annotation = annotation.key AND anchor.revision = article.shown
        )
    )
"""


class Board:
    """Lists stances; what is deleted or not shown is left out."""

    def __init__(self, connection: Connection) -> None:
        prepare(connection)
        self._connection = connection

    def rows(self, query: Query) -> BoardRows:
        """The stances that a query is true of, those of the newest article first.

        They come as two long texts of numbers: a tuple for each of 100,000 rows would take twice as long,
        and hold Python's interpreter meanwhile.
        """
        connection = self._connection
        codes = list(self._codes())
        # One comparison less for each row and label where the codes alone tell them apart.
        alone = len({code for _, code in codes}) == len(codes)
        test = "WHEN ?" if alone else "WHEN scheme = ? AND code = ?"
        cases = " ".join(f"{test} THEN {number}" for number in range(1, len(codes) + 1))
        label = f"CASE {'code' if alone else ''} {cases} ELSE 0 END" if codes else "0"
        given = [part for code in codes for part in (code[1:] if alone else code)]
        pair = f"coalesce(stance.target, 0) * {len(codes) + 1} + {label}"
        found = condition(query, Level.STANCE)
        row = connection.row(
            "SELECT group_concat(key), group_concat(pair) FROM ("
            f"SELECT annotation.key AS key, {pair} AS pair FROM {_STANCES} WHERE {_SEEN} AND {found.sql}"
            " ORDER BY article.number DESC, annotation.key DESC, stance.target)",
            [*given, *found.parameters],
        )
        with decoding(connection.path, "the board"):
            keys, pairs = (array("q", _numbers(column)) for column in row or ())
            return BoardRows(keys, pairs, (("", ""), *codes))

    def _codes(self) -> Iterator[tuple[str, str]]:
        """The schemes and codes that are in use, each time the next greater one by the index.

        One after the other: two columns compared as a pair would have all rows of a scheme gone through.
        """
        value = self._connection.value
        scheme = ""
        while scheme := value("SELECT min(scheme) FROM stance WHERE scheme > ?", [scheme]):
            code = ""
            while code := value("SELECT min(code) FROM stance WHERE scheme = ? AND code > ?", [scheme, code]):
                yield scheme, code

    def targets(self) -> dict[int, str]:
        """The targets' texts by their numbers; 0 is no target."""
        return {0: "", **dict(self._connection.rows("SELECT number, text FROM target"))}

    def sources(self, rows: BoardRows) -> list[str]:
        """The source of each row's article."""
        known = self._owners("SELECT source, group_concat(number) FROM article GROUP BY source")
        return [known.get(key >> SHIFT, "") for key in rows.keys]

    def holders(self, rows: BoardRows) -> list[str]:
        """The holder of each row's annotation."""
        known = self._owners(
            "SELECT holder, group_concat(key) FROM annotation WHERE holder > '' GROUP BY holder"
        )
        return [known.get(key, "") for key in rows.keys]

    def _owners(self, sql: str) -> dict[int, str]:
        """Names by the numbers that a query lists beside each of them."""
        known: dict[int, str] = {}
        for name, numbers in self._connection.rows(sql):
            with decoding(self._connection.path, "the board"):
                known |= dict.fromkeys(_numbers(numbers), str(name))
        return known

    def claims(self, keys: Sequence[int], targets: Sequence[int]) -> list[BoardClaim | None]:
        """What is shown of these stances, in the order asked for; None for one that is gone."""
        found = self._connection.rows(
            "SELECT annotation.key, coalesce(stance.target, 0), annotation.id, article.number, article.title,"
            " article.source, article.published, coalesce(target.text, ''), coalesce(stance.scheme, ''),"
            " coalesce(stance.code, ''), annotation.holder, annotation.note, anchor.exact, anchor.status,"
            " annotator.id, annotator.name"
            f" FROM annotation CROSS JOIN article ON article.number = annotation.key >> {SHIFT}"
            " CROSS JOIN annotator ON annotator.id = annotation.annotator"
            " CROSS JOIN anchor ON anchor.annotation = annotation.key AND anchor.revision = article.shown"
            " LEFT JOIN stance ON stance.annotation = annotation.key"
            " LEFT JOIN target ON target.number = stance.target"
            f" WHERE {LIVE} AND annotation.key IN (SELECT value FROM json_each(?))",
            [packed(list(keys))],
        )
        with decoding(self._connection.path, "the board"):
            by_place = {row[:2]: BoardClaim(*(*row[2:-2], Annotator(*row[-2:]))) for row in found}
        return [by_place.get(place) for place in zip(keys, targets, strict=True)]


def _numbers(column: str | None) -> list[int]:
    """The numbers in a text that parts them by commas; there are none in none."""
    found: list[int] = json.loads(f"[{column or ''}]")
    return found
