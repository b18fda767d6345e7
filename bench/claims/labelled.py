"""Sentences that were labelled by hand: their kinds of claim, whose words they are, and in what voice.

The files hold small invented articles. ``# title`` begins one and an empty line a paragraph; every other
line is one sentence, ``kinds|holder|voice| sentence``, with ``=`` before it where it is a heading. Kinds are
letters, ``-`` for none: s(tatement) that somebody is said to make, q(uote), f(igure), forecast (p), d(enial).
The holder is a person's fullest name in the article without titles, else as the text has it, ``-`` where it
names nobody. The voice is a(rticle), q(uoted) or r(eported).
"""

from pathlib import Path
from typing import NamedTuple

from reader.claims.found import Kind
from reader.model import Block, Canonical, Span, Voice

TUNED = Path(__file__).parent / "tuned.txt"
"""What the rules may be made on."""
HELD_OUT = Path(__file__).parent / "held_out.txt"
"""Written before the rules and not looked at for them: what the figures are measured on."""

_KINDS: dict[str, Kind] = {"s": "statement", "q": "quote", "f": "figure", "p": "forecast", "d": "denial"}
_VOICES: dict[str, Voice] = {"a": "article", "q": "quoted", "r": "reported"}


class Labelled(NamedTuple):
    """A sentence with what it should be found to be."""

    span: Span
    kinds: frozenset[Kind]
    holder: str
    voice: Voice


class Document(NamedTuple):
    """An article with its labelled sentences, which are all of it."""

    title: str
    canonical: Canonical
    sentences: tuple[Labelled, ...]


def documents(path: Path) -> list[Document]:
    """The articles of a file.

    Raises:
        ValueError: naming a line that is not of the form.
    """
    found: list[Document] = []
    for part in path.read_text(encoding="utf-8").split("\n# "):
        title, _, body = part.removeprefix("# ").partition("\n")
        found.append(_document(title, body))
    return found


def _document(title: str, body: str) -> Document:
    text, blocks, sentences = "", [], []
    for paragraph in _paragraphs(body):
        start = len(text) + 2 if text else 0
        text += "\n\n" if text else ""
        for number, line in enumerate(paragraph):
            text += " " if number else ""
            marks, _, sentence = line.removeprefix("=").partition("| ")
            kinds, holder, voice = _marks(marks, line)
            span = Span(len(text), len(text) + len(sentence))
            text += sentence
            sentences.append(Labelled(span, kinds, holder, voice))
        kind = "heading" if paragraph[0].startswith("=") else "paragraph"
        blocks.append(Block(start, len(text), kind))  # type: ignore[arg-type]
    return Document(title, Canonical(text, tuple(blocks), ()), tuple(sentences))


def _paragraphs(body: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in body.splitlines():
        if not line.strip() or line.startswith("=") or (found[-1] and found[-1][0].startswith("=")):
            found.append([])
        if line.strip():
            found[-1].append(line.rstrip())
    return [paragraph for paragraph in found if paragraph]


def _marks(marks: str, line: str) -> tuple[frozenset[Kind], str, Voice]:
    try:
        letters, holder, voice = marks.split("|")
        kinds = frozenset(_KINDS[letter] for letter in letters if letter != "-")
        return kinds, "" if holder == "-" else holder, _VOICES[voice]
    except (ValueError, KeyError) as error:
        raise ValueError(f"not a labelled sentence: {line!r}") from error
