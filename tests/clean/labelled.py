"""Labelled documents: what an article is and what is not, and how well the cleaner tells them apart."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from reader.clean.plain import judge

FOLDER = Path(__file__).parent / "documents"

_MARK = re.compile("([⟦⟧])")
_SENTENCE = re.compile(r"(?<=[.!?。？！])[\"”’)\]»]*\s+")


class Labelled(NamedTuple):
    """A text with the stretches of it that are not the article."""

    name: str
    kind: str
    text: str
    junk: tuple[tuple[int, int], ...]

    @property
    def article(self) -> tuple[tuple[int, int], ...]:
        edges = [0, *(edge for stretch in self.junk for edge in stretch), len(self.text)]
        return tuple(zip(edges[::2], edges[1::2], strict=True))


class Score(NamedTuple):
    """Counts of words and sentences; they are added up over documents."""

    right: int = 0
    kept: int = 0
    article: int = 0
    junk_left: int = 0
    junk: int = 0
    doubted: int = 0
    lost: tuple[str, ...] = ()

    def plus(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right,
            self.kept + other.kept,
            self.article + other.article,
            self.junk_left + other.junk_left,
            self.junk + other.junk,
            self.doubted + other.doubted,
            self.lost + other.lost,
        )

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.kept + self.article)

    @property
    def junk_kept(self) -> float:
        return self.junk_left / self.junk if self.junk else 0.0


def read_labelled(path: Path) -> Labelled:
    """A file of the folder: ``kind: …``, an empty line, the text with ``⟦`` and ``⟧`` around what is junk."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    name, _, kind = head.partition(": ")
    assert name == "kind", f"{path.name} does not begin with its kind"
    text, edges = "", list[int]()
    for piece in _MARK.split(body.removesuffix("\n")):
        if piece in ("⟦", "⟧"):
            assert (len(edges) % 2 == 0) == (piece == "⟦"), f"{path.name}: ⟦ and ⟧ do not take turns"
            edges.append(len(text))
        else:
            text += piece
    return Labelled(path.stem, kind, text, tuple(zip(edges[::2], edges[1::2], strict=True)))


def all_labelled() -> list[Labelled]:
    return [read_labelled(path) for path in sorted(FOLDER.glob("*.txt"))]


def scored(document: Labelled) -> Score:
    """Words and junk are counted on what is kept, lost sentences on what is kept or doubted."""
    said: dict[str, str] = {"keep": "", "doubt": "", "drop": ""}
    for segment in judge(document.text):
        said[segment.verdict] += document.text[segment.start : segment.end] + "\n"
    kept = _words(said["keep"])
    article = _words("\n".join(document.text[start:end] for start, end in document.article))
    junk = _words("\n".join(document.text[start:end] for start, end in document.junk))
    right = sum((kept & article).values())
    have = _folded(said["keep"] + said["doubt"])
    return Score(
        right=right,
        kept=kept.total(),
        article=article.total(),
        junk_left=min(junk.total(), kept.total() - right),
        junk=junk.total(),
        doubted=sum((_words(said["doubt"]) & (article - kept)).values()),
        lost=tuple(
            sentence
            for start, end in document.article
            for line in document.text[start:end].split("\n")
            for sentence in _SENTENCE.split(line)
            if _folded(sentence).strip() and _folded(sentence) not in have
        ),
    )


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _folded(text: str) -> str:
    return " " + " ".join(re.findall(r"[^\W_]+", text.lower())) + " "
