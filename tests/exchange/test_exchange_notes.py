"""Markdown notes, read back with a CommonMark parser."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from rows import many, row, written

from reader.model import Metadata

TEXT = st.text(
    st.one_of(
        st.sampled_from("*_`[]<>#&\\!|~-+=1.) \n"),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"]),
    ),
    min_size=1,
)


def shown(content: bytes) -> html.HtmlElement:
    return html.document_fromstring(MarkdownIt().render(content.decode()))


def words(text: str) -> str:
    return " ".join(text.split())


def test_articles_are_headings_and_quotes_are_quotes() -> None:
    content, told = written("markdown", many())
    tree = shown(content)
    assert [words(head.text_content()) for head in tree.xpath("//h1")] == [
        "The <gate> & the “tide”",
        "Without a title",
    ]
    quotes = [words(quote.text_content()) for quote in tree.xpath("//blockquote")]
    assert quotes[:2] == ["=The gate holds", "gate holds, said “Ada” 🌊. Nobody <b>believes</b>"]
    said = words(tree.text_content())
    for part in (
        "support → the gate",
        "#sea, #x y",
        "a b, “c” <i>",
        "Ada, quoted",
        "refuted (verdict) → the gate",
    ):
        assert part in said
    assert tree.xpath("//a/@href") == ["https://example.org/a?b=c"]
    assert told.amount == 6


@given(text=TEXT, note=TEXT)
def test_no_word_is_taken_for_markup(text: str, note: str) -> None:
    rows = [row(text, text=text, note=note, target=words(note), metadata=Metadata(title=words(text)))]
    content, _ = written("markdown", rows)
    tree = shown(content)
    assert words(" ".join(tree.xpath("//blockquote")[0].itertext())).replace(" ", "") == words(text).replace(
        " ", ""
    )
    assert words(note).replace(" ", "") in words(tree.text_content()).replace(" ", "")
    assert not tree.xpath("//em | //code | //a | //img | //ul | //ol | //h2 | //hr")
