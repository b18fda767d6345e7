"""The report, read back as a browser would."""

import re

from lxml import html
from rows import RELATIONS, many, row, written

from reader.model import Metadata, Stance


def page(content: bytes) -> html.HtmlElement:
    return html.document_fromstring(content.decode())


def test_it_needs_nothing_and_runs_nothing() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\x1b]0;x\x07\u202e"
    metadata = Metadata(title=evil, source=evil, author=evil, url="javascript:alert(1)")
    rows = [row("holds", note=evil, holder=evil, tags=(evil,), target=evil, metadata=metadata)]
    content, _ = written("html", rows)
    tree = page(content)
    assert tree.xpath("//script | //img | //link | //iframe | //*[@src] | //*[@href] | //*[@onerror]") == []
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
    assert evil.replace("\x1b", "␛")[:40] in tree.text_content()
    assert not {"\x1b", "\x07", "\u202e"} & set(content.decode())


def test_the_matrix_says_who_says_what_without_colour() -> None:
    content, told = written("html", many(), RELATIONS)
    tree = page(content)
    stances, verdicts = [
        [" ".join(text.itertext()) for text in picture.xpath(".//text")] for picture in tree.xpath("//svg")
    ]
    assert stances == ["Gazette", "Herald", "the gate", "+1", "−1", "no target", "+1 −1 ·1"]
    assert verdicts[:2] == ["Gazette", "the gate"]
    assert told.amount == 6
    assert tree.xpath("//blockquote")[0].text == "=The gate holds"
    headings = [heading.text for heading in tree.xpath("//h2")]
    assert headings == ["Who says what: stance", "Who says what: verdict", "the gate", "no target"]


def test_every_source_and_target_is_in_some_picture() -> None:
    rows = [
        row("holds", number, target=f"target {number}", metadata=Metadata(source=f"source {number}"))
        for number in range(60)
    ]
    content, _ = written("html", rows)
    said = {" ".join(text.itertext()) for text in page(content).xpath("//svg//text")}
    assert {f"target {number}" for number in range(60)} <= said
    assert {f"source {number}" for number in range(60)} <= said


def test_a_long_name_is_cut_in_the_picture_and_whole_in_its_title() -> None:
    name = "word " * 30
    content, _ = written("html", [row("holds", target=name.strip())])
    (picture,) = page(content).xpath("//svg")
    titles = [title.text for title in picture.xpath(".//text/title")]
    assert titles == [name.strip()]


def test_counts_add_up() -> None:
    rows = [row("holds", number, stances=(Stance("t", "stance", "support"),)) for number in range(7)]
    content, _ = written("html", rows)
    assert re.search(r"\+7<", content.decode())
