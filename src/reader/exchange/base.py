"""What every format of annotations works with."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from reader.model import Annotation, ExportRow, Relation, Scheme, Stance, Target, Whole

NO_STANCE = Stance(target="", scheme="", code="")
"""What stands where a mark has no stance."""

UNLABELLED = "mark"
"""The label of a mark without a stance, where a format demands one."""


class Export(NamedTuple):
    """What is to be written."""

    rows: Iterable[ExportRow]
    """By article id, start, end and annotation id; `proved`; each is asked for once."""
    relations: Sequence[Relation] = ()
    """The links between any two of the annotations, by id."""
    targets: Sequence[Target] = ()
    """Those that stances of the library are toward, by text."""
    schemes: Sequence[Scheme] = ()
    """Every scheme whose labels are known, by name and version."""
    whole: Callable[[str], Whole] | None = None
    """Everything about the article with this id, for formats that give the article too."""
    raw: bool = False
    """Without the guard against formulas, in formats for spreadsheets."""


class Written(NamedTuple):
    """What was written."""

    amount: int
    noun: str
    """What was counted: ``row``, ``mark``."""
    lost: str = ""
    """One line that names what the format has no place for and what was there of it; empty where nothing
    was lost."""

    def __str__(self) -> str:
        return f"{self.amount:,} {self.noun}{'' if self.amount == 1 else 's'}"


_DETAILS: dict[str, Callable[[Annotation], int]] = {
    "note": lambda annotation: bool(annotation.note),
    "tag": lambda annotation: len(annotation.tags),
    "target": lambda annotation: sum(bool(stance.target) for stance in annotation.stances),
    "holder": lambda annotation: bool(annotation.holder),
    "voice": lambda annotation: bool(annotation.voice),
    "confidence value": lambda annotation: annotation.confidence is not None,
}
"""What a mark may have that a format may have no place for, and how much of it a mark has."""


class Losses:
    """Counts what a format has no place for, while it is written."""

    def __init__(self, *details: str, always: str = "") -> None:
        """Tell what the format has no place for.

        Args:
            details: those of `_DETAILS`.
            always: what each mark has, in words.
        """
        self._details = [(name, _DETAILS[name]) for name in details]
        self._always = always
        self._looked = False
        self._counts: Counter[str] = Counter()

    def look(self, annotation: Annotation) -> None:
        """Count what of this annotation is not written."""
        self._looked = True
        for name, amount in self._details:
            if found := amount(annotation):
                self._counts[name] += found

    def count(self, what: str, amount: int = 1) -> None:
        """Count something else that is not written, named in the singular."""
        if amount:
            self._counts[what] += amount

    def line(self, form: str) -> str:
        """The line that tells it, empty where nothing is lost: ``brat has no place for 2 links``."""
        told = [f"{count:,} {_plural(what, count)}" for what, count in self._counts.items()]
        if self._looked and self._always:
            told.append(self._always)
        return f"{form} has no place for {'; '.join(told)}" if told else ""


def _plural(what: str, count: int) -> str:
    if count == 1:
        return what
    noun, parted, rest = what.partition(" ") if what.startswith(("mark ", "link ")) else (what, "", "")
    return f"{noun}s{parted}{rest}"


def placed(row: ExportRow) -> bool:
    """Whether a mark stands on words of the text, for formats that cannot say otherwise."""
    start, end = row.annotation.span
    return row.annotation.anchor.status == "ok" and start < end


def by_article(rows: Iterable[ExportRow]) -> Iterator[tuple[ExportRow, list[ExportRow]]]:
    """The marks of each article, with one that is in the text that the article shows.

    A mark whose place there is not sure may be in an older text of the article.
    """
    for _, group in groupby(rows, key=lambda row: row.article_id):
        same = list(group)
        yield next((row for row in same if row.annotation.anchor.status == "ok"), same[0]), same


def json_line(value: object) -> str:
    """A value as compact JSON on one line, whatever is taken for a line's end, without one of its own."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for separator in ("\x85", "\u2028", "\u2029"):
        if separator in text:
            text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text
