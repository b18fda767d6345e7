"""Pages of many shapes, written for this test: what of them is kept, doubted and dropped.

Each element of a page says in ``data-is`` whether it is the article's or junk; the cleaner never sees that.
The floors may only rise.
"""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html

from reader.clean import clean
from reader.model import Incoming, Metadata

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
LABEL = re.compile(r' data-is="\w+"')

MEAN_F1 = 0.985
ARTICLE_IN_DOUBT = 0.01
JUNK_KEPT = 0.06


class Scored(NamedTuple):
    """A page's words by label and verdict."""

    article: Counter[str]
    junk: Counter[str]
    kept: Counter[str]
    doubted: Counter[str]
    dropped: str
    labelled: tuple[str, ...]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def scored(path: Path) -> Scored:
    source = path.read_text(encoding="utf-8")
    labelled: dict[str, list[str]] = {"article": [], "junk": []}
    for element in html.document_fromstring(source).xpath("//*[@data-is]"):
        labelled[element.get("data-is")].append(" ".join(" ".join(element.itertext()).split()))
    result = clean(
        Incoming(
            raw=LABEL.sub("", source).encode(),
            media="html",
            origin="-",
            metadata=Metadata(url=f"https://lindpost.example/{path.stem}"),
        )
    )
    said = dict.fromkeys(("keep", "doubt", "drop"), "")
    for segment in result.segments:
        said[segment.verdict] += result.page_text[segment.start : segment.end] + "\n"
    # The headline is kept, and is neither the article's text nor junk.
    kept = words(said["keep"]) - words(result.metadata.title)
    article, junk = (words("\n".join(labelled[label])) for label in ("article", "junk"))
    return Scored(article, junk, kept, words(said["doubt"]), said["drop"], tuple(labelled["article"]))


def test_there_are_pages_of_many_shapes() -> None:
    assert len(PAGES) >= 25


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_sentence_of_the_article_is_dropped(path: Path) -> None:
    page = scored(path)
    dropped = " ".join(page.dropped.split())
    assert not [text for text in page.labelled if text in dropped]
    assert not page.article - page.kept - page.doubted - words(page.dropped) - page.junk


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_headline_is_the_title_and_kept(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    result = clean(Incoming(raw=source.encode(), media="html", origin="-"))
    if "<h1>" in source:
        assert result.metadata.title
        assert dict(result.sources)["title"] == "heading"
        assert f"<h1>{result.metadata.title}</h1>" in source
        assert re.search(r"^# ", result.markdown, re.MULTILINE)


def test_the_pages_together_reach_their_floors() -> None:
    pages = [scored(path) for path in PAGES]
    f1 = [
        2 * (page.kept & page.article).total() / (page.kept.total() + page.article.total()) for page in pages
    ]
    doubted = sum((page.doubted & (page.article - page.kept)).total() for page in pages)
    junk = sum(((page.kept - page.article) & page.junk).total() for page in pages)
    assert sum(f1) / len(f1) >= MEAN_F1
    assert doubted <= ARTICLE_IN_DOUBT * sum(page.article.total() for page in pages)
    assert junk <= JUNK_KEPT * sum(page.junk.total() for page in pages)
