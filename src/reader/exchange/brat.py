r"""brat standoff: a folder with a text and its annotations for each article, and brat's configuration.

https://brat.nlplab.org/standoff.html. A mark is a text-bound annotation (``T``) for each stance, whose type
is the stance's code. brat cannot span a line's end, so a mark over several paragraphs is discontinuous: a
fragment for each line, their texts joined by spaces. Overlapping and nested marks are written as they are;
brat draws them one above another. Voice, confidence and scheme are attributes (``A``), links within one
article relations (``R``), and note, holder, target and tags notes (``#``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reader.exchange.atomic import atomic_folder
from reader.exchange.base import NO_STANCE, UNLABELLED, Export, Losses, Written, by_article, placed
from reader.model import ExportRow, Relation, Scheme, Span, Stance

_LONGEST_NAME = 40
_LINE = re.compile(r"[^\n]+")
_VOICES = ("article", "quoted", "reported")
_CONFIDENCES = ("1", "2", "3")


def write_folder(export: Export, folder: Path) -> Written:
    """Write a new folder."""
    losses = Losses(always="ids, what is known of articles beside the text, who marked and when")
    writer = _Writer(export.relations, losses)
    with atomic_folder(folder) as new:
        for article, rows in by_article(export.rows):
            name = _name(article)
            _put(new / f"{name}.txt", article.text)
            _put(new / f"{name}.ann", "".join(f"{line}\n" for line in writer.lines(rows)))
        _put(new / "annotation.conf", _configuration(export.schemes, writer.codes))
    losses.count("link to another article", len(export.relations) - writer.linked)
    return Written(writer.marks, "mark", losses.line("brat"))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _name(row: ExportRow) -> str:
    """A file's name: the title in ASCII letters, which is all that brat is at ease with, and the id."""
    words = "-".join(re.findall("[a-z0-9]+", row.metadata.title.lower()))[:_LONGEST_NAME]
    return f"{words}-{row.article_id}" if words else row.article_id


class _Writer:
    """Numbers the lines of one article after another."""

    def __init__(self, relations: Sequence[Relation], losses: Losses) -> None:
        self.marks = 0
        self.linked = 0
        self.codes: set[str] = set()
        self._losses = losses
        self._links: dict[str, list[Relation]] = {}
        for relation in relations:
            self._links.setdefault(relation.from_id, []).append(relation)

    def lines(self, rows: Iterable[ExportRow]) -> Iterator[str]:
        """The lines of one article's file."""
        first: dict[str, int] = {}
        numbers = {"T": 0, "A": 0, "#": 0, "R": 0}

        def next_of(kind: str) -> str:
            numbers[kind] += 1
            return f"{kind}{numbers[kind]}"

        for row in rows:
            annotation = row.annotation
            self._losses.look(annotation)
            fragments = _fragments(row) if placed(row) else []
            if not fragments:
                self._losses.count("mark without a place")
                continue
            self.marks += 1
            first[annotation.id] = numbers["T"] + 1
            for stance in annotation.stances or (NO_STANCE,):
                bound = next_of("T")
                code = stance.code or UNLABELLED
                self.codes.add(code)
                places = ";".join(f"{start} {end}" for start, end in fragments)
                words = " ".join(row.text[start:end] for start, end in fragments)
                yield f"{bound}\t{code} {places}\t{words}"
                for name, value in _attributes(row, stance):
                    yield f"{next_of('A')}\t{name} {bound} {value}"
                for name, value in _notes(row, stance):
                    yield f"{next_of('#')}\t{name} {bound}\t{_one_line(value)}"
        for source, number in first.items():
            for relation in self._links.get(source, ()):
                if relation.to_id in first:
                    self.linked += 1
                    link = next_of("R")
                    yield f"{link}\t{relation.type} Arg1:T{number} Arg2:T{first[relation.to_id]}"
                    if relation.note:
                        yield f"{next_of('#')}\tAnnotatorNotes {link}\t{_one_line(relation.note)}"


def _fragments(row: ExportRow) -> list[Span]:
    """A mark's span without the line ends in it."""
    start, end = row.annotation.span
    return [Span(*found.span()) for found in _LINE.finditer(row.text, start, end)]


def _attributes(row: ExportRow, stance: Stance) -> Iterator[tuple[str, str]]:
    annotation = row.annotation
    if stance.scheme:
        yield "scheme", stance.scheme
    if annotation.voice:
        yield "voice", annotation.voice
    if annotation.confidence is not None:
        yield "confidence", str(annotation.confidence)


def _notes(row: ExportRow, stance: Stance) -> Iterator[tuple[str, str]]:
    annotation = row.annotation
    if annotation.note:
        yield "AnnotatorNotes", annotation.note
    if annotation.holder:
        yield "Holder", annotation.holder
    if stance.target:
        yield "Target", stance.target
    for tag in annotation.tags:
        yield "Tag", tag


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _configuration(schemes: Sequence[Scheme], codes: set[str]) -> str:
    """What brat needs to show the folder, and to go on marking in it."""
    known = [label.code for scheme in schemes for label in scheme.labels]
    types = dict.fromkeys([UNLABELLED, *known, *sorted(codes)])
    names = "|".join(scheme.name for scheme in schemes)
    parts = {
        "entities": types,
        "relations": [
            f"{name}\tArg1:<ENTITY>, Arg2:<ENTITY>"
            for name in ("supports", "contradicts", "same_claim", "evidence_for")
        ],
        "events": (),
        "attributes": [
            f"scheme\tArg:<ENTITY>, Value:{names}",
            f"voice\tArg:<ENTITY>, Value:{'|'.join(_VOICES)}",
            f"confidence\tArg:<ENTITY>, Value:{'|'.join(_CONFIDENCES)}",
        ],
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in parts.items())
