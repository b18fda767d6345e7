"""The extractor that is spared work finds what readability's own finds, and leaves the page alone."""

from pathlib import Path

import pytest
from lxml import etree, html
from readability import Document

from reader.clean.page.readability import Extractor
from reader.clean.page.tree import parse

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe")


def text_of(found: str) -> list[str]:
    return " ".join(html.fromstring(found).itertext()).split()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_it_finds_what_readability_finds(path: Path) -> None:
    page = parse(path.read_text(encoding="utf-8"))
    before = etree.tostring(page)
    found = Extractor(page).summary(html_partial=True)
    assert etree.tostring(page) == before
    etree.strip_elements(page, *UNSEEN, with_tail=False)
    assert text_of(found) == text_of(Document(page).summary(html_partial=True))


@pytest.mark.parametrize(
    "hiding", ["hidden", 'style="color: red; display : none !important"', 'style="visibility:hidden"']
)
def test_what_is_hidden_is_no_part_of_it(hiding: str) -> None:
    said = "<p>The harbour road stays closed, the council said, until its wall has been mended.</p>" * 9
    unseen = f"<p {hiding}>Nobody sees this, though it is long enough to be a paragraph.</p>"
    found = Extractor(parse(f"<body><article>{said}{unseen}</article></body>"))
    text = " ".join(text_of(found.summary(html_partial=True)))
    assert "harbour road" in text
    assert "Nobody sees" not in text
