"""Labelled documents, and how well what was kept of one agrees with its labels.

The forms that are read are described in ``bench/README.md``.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

OWN = Path(__file__).parent.parent / "tests" / "clean" / "documents"
"""The repository's own."""

_MARKS = re.compile("([⟦⟧])")
_SENTENCE_END = re.compile(r"(?<=[.!?。？！])[\"”’)\]»]*\s+")


class Document(NamedTuple):
    """A text or a page of which it is known what the article is."""

    id: str
    kind: str
    """The kind of damage; empty for pages."""
    media: Literal["text", "html"]
    content: str
    url: str
    article: str
    """Its article's words, in any order."""
    junk: str
    """The words that are not its article's; empty where they are not labelled."""
    sentences: tuple[str, ...]


class Score(NamedTuple):
    """Counts of one document, or summed over several."""

    right: int = 0
    """Words of the article that were kept."""
    kept: int = 0
    article: int = 0
    junk_left: int = 0
    junk: int = 0
    doubted: int = 0
    """Words of the article that are in doubt alone."""
    lost: int = 0
    """Sentences of the article that are neither kept nor in doubt."""
    sentences: int = 0

    @property
    def precision(self) -> float:
        """The share of what was kept that is the article."""
        return self.right / self.kept if self.kept else 1.0

    @property
    def recall(self) -> float:
        """The share of the article that was kept."""
        return self.right / self.article if self.article else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.kept + self.article
        return 2 * self.right / both if both else 1.0

    @property
    def junk_kept(self) -> float:
        """The share of the junk that was kept."""
        return self.junk_left / self.junk if self.junk else 0.0


def added(scores: list[Score]) -> Score:
    """The sum of counts."""
    return Score(*(sum(column) for column in zip(*scores, strict=True))) if scores else Score()


def scored(document: Document, kept: str, doubted: str = "", text: str | None = None) -> Score:
    """How well what was kept agrees with a document's labels, in words (letters and digits, case aside).

    Args:
        document: the document.
        kept: what was kept of it.
        doubted: what was kept in doubt.
        text: the text that sentences are looked for in; None for what was kept.
    """
    out, article, junk = _words(kept), _words(document.article), _words(document.junk)
    right = sum((out & article).values())
    have = _folded(kept if text is None else text)
    return Score(
        right=right,
        kept=out.total(),
        article=article.total(),
        junk_left=min(junk.total(), max(0, out.total() - right)),
        junk=junk.total(),
        doubted=sum((_words(doubted) & (article - out)).values()),
        lost=sum(_folded(sentence) not in have for sentence in document.sentences),
        sentences=len(document.sentences),
    )


def read_labelled(path: Path) -> list[Document]:
    """The documents of a file of JSON lines, packed or not, or of a folder such as `OWN`."""
    if path.is_dir():
        return [_marked(file) for file in sorted(path.glob("*.txt"))]
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        return [_document(json.loads(line)) for line in lines if line.strip()]


def _document(record: dict[str, Any]) -> Document:
    if "html" in record:
        text = str(record["text"])
        sentences = tuple(_sentences(text))
        return Document(record["id"], "", "html", record["html"], record.get("url", ""), text, "", sentences)
    text = record["text"]
    said: dict[str, list[str]] = {"article": [], "junk": []}
    for start, end, label, *_ in record["spans"]:
        said[label].append(text[start:end])
    article = "\n".join(said["article"])
    sentences = tuple(record["sentences"]) if "sentences" in record else tuple(_sentences(article))
    return Document(
        record["id"],
        record.get("kind", ""),
        "text",
        text,
        record.get("url", ""),
        article,
        "\n".join(said["junk"]),
        tuple(sentence for sentence in sentences if _folded(sentence).strip()),
    )


def _marked(path: Path) -> Document:
    """A text whose first line tells its kind, and in which ``⟦`` and ``⟧`` enclose what is junk."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    pieces = _MARKS.split(body.removesuffix("\n"))
    article, junk = pieces[0::4], pieces[2::4]
    if set(pieces[1::4]) - {"⟦"} or set(pieces[3::4]) - {"⟧"} or len(pieces) % 4 != 1:
        raise ValueError(f"{path}: ⟦ and ⟧ do not take turns")
    content = "".join(piece for piece in pieces if piece not in ("⟦", "⟧"))
    words = "\n".join(article)
    kind = head.partition(": ")[2]
    return Document(path.stem, kind, "text", content, "", words, "\n".join(junk), tuple(_sentences(words)))


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from (each.strip() for each in _SENTENCE_END.split(line.strip()) if _folded(each).strip())


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _folded(text: str) -> str:
    return " " + re.sub(r"\W+", " ", text.lower()).strip() + " "
