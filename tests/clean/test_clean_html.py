"""The HTML cleaner: the article's blocks, why the rest is not it, and Markdown of what the page says."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import clean
from reader.clean.page.reasons import Reasons
from reader.clean.page.tree import parse
from reader.errors import InputError
from reader.model import Cleaned, Incoming, Metadata
from reader.text.canonical import canonicalise

LEAD = (
    "The council of Lindhaven voted on Tuesday to close the harbour road for the whole of the winter months."
)
SECOND = (
    "Shopkeepers said that they had not been asked, and that the vote would cost them a third of their trade."
)
THIRD = (
    "The vote was nine to four; it will not be taken again before the end of next year, the mayor has said."
)
FOURTH = (
    "A ferry will carry those who work at the harbour, free of charge, from the first Monday of November on."
)


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def article(*inside: str) -> str:
    blocks = "".join(inside)
    paragraphs = f"<p>{LEAD}</p>{blocks}<p>{SECOND}</p><p>{THIRD}</p>"
    return f"<article><h1>The harbour road closes</h1>{paragraphs}</article>"


def cleaned(html: str, url: str = "https://lindpost.example/road") -> Cleaned:
    return clean(Incoming(raw=html.encode(), media="html", origin="-", metadata=Metadata(url=url)))


def verdict_of(result: Cleaned, words: str) -> tuple[str, str]:
    at = result.page_text.index(words)
    return next((s.verdict, s.reason) for s in result.segments if s.start <= at < s.end)


@pytest.mark.parametrize(
    ("around", "words", "reason"),
    [
        ('<nav><a href="/">Start</a> <a href="/news">All news</a></nav>', "All news", "navigation"),
        ('<footer><p>© 2021 The Lind Post</p></footer>', "© 2021", "copyright notice"),
        ('<aside><h3>In other news</h3><p>The ferry is late</p></aside>', "The ferry", "sidebar"),
        ('<div class="related-posts"><p>The ferry is late</p></div>', "The fer", "links to other articles"),
        ('<div id="comments"><h3>3 comments</h3><p>I am for it.</p></div>', "I am for", "comments"),
        ('<div class="newsletter-box"><p>Letters every morning</p></div>', "Letters", "newsletter sign-up"),
        ('<div id="cookieBanner"><p>We set cookies here.</p></div>', "We set", "cookie notice"),
        ('<div class="x1"><p>Weather: rain</p></div>', "Weather", "outside the article"),
    ],
)  # fmt: skip
def test_what_is_not_the_article_is_dropped_with_its_reason(around: str, words: str, reason: str) -> None:
    for html in (page(around + article()), page(article() + around)):
        result = cleaned(html)
        assert verdict_of(result, words) == ("drop", reason)
        for paragraph in (LEAD, SECOND, THIRD):
            assert verdict_of(result, paragraph) == ("keep", "")
        assert words not in result.markdown


def test_the_name_of_what_holds_the_article_says_nothing() -> None:
    tree = parse(
        page('<div class="sidebar"><p>One.</p><ul class="tags"><li>Two</li></ul><p>Three.</p></div>')
    )
    first, tag, last = tree.find(".//p"), tree.find(".//li"), tree.findall(".//p")[1]
    outside = Reasons(())
    assert [rule.id for rule in map(outside.of, (first, tag, last)) if rule] == [
        "page.sidebar",
        "page.tags",
        "page.sidebar",
    ]
    around = Reasons([first])
    assert around.of(last) is None
    rule = around.of(tag)
    assert rule is not None
    assert rule.id == "page.tags"


def test_the_page_text_is_every_text_node_and_no_script() -> None:
    body = "<script>var x</script><style>p {}</style><p>a <b>b</b>\n c</p>tail"
    result = cleaned(page(body + article()))
    assert result.page_text.split("\n")[:2] == ["a b c", "tail"]
    assert "var x" not in result.page_text


def test_segments_cover_the_page_text_in_order() -> None:
    result = cleaned(page(f"<nav>Home</nav>{article()}<footer>Foot</footer>"))
    assert "".join(result.page_text[s.start : s.end] for s in result.segments) == result.page_text
    assert all(s.start < s.end for s in result.segments)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (f"<blockquote><p>{FOURTH}</p></blockquote>", f"> {FOURTH}"),
        (f"<p><strong>Never</strong> again. {FOURTH}</p>", f"**Never** again. {FOURTH}"),
        (f"<p><em>Never</em> again. {FOURTH}</p>", f"*Never* again. {FOURTH}"),
        (f"<p>{FOURTH} <code>x*y</code></p>", f"{FOURTH} `x*y`"),
        (
            f'<p>{FOURTH} <a href="/map?a=1&amp;b=2">The map</a></p>',
            f"{FOURTH} [The map](https://lindpost.example/map?a=1&amp;b=2)",
        ),
        (f'<p>{FOURTH} <a href="javascript:x()">The map</a></p>', f"{FOURTH} The map"),
        (f"<h2>What comes next</h2><p>{FOURTH}</p>", f"## What comes next\n\n{FOURTH}"),
        (f"<ul><li>{FOURTH}</li><li>{FOURTH[::-1]}</li></ul>", f"- {FOURTH}\n\n- {FOURTH[::-1]}"),
        (f'<ol start="3"><li>{FOURTH}</li><li>{FOURTH[::-1]}</li></ol>', f"3. {FOURTH}\n\n4. {FOURTH[::-1]}"),
        (f"<pre>if x:\n    {FOURTH}</pre>", f"```\nif x:\n    {FOURTH}\n```"),
        (f"<p>{FOURTH} 2 * 3 * 4 [1] a_b # &lt;b&gt;</p>", f"{FOURTH} 2 \\* 3 \\* 4 \\[1] a_b # \\<b>"),
        (f"<p>1. {FOURTH}</p>", f"1\\. {FOURTH}"),
    ],
)  # fmt: skip
def test_the_markdown_says_what_the_page_says(html: str, markdown: str) -> None:
    assert f"\n\n{markdown}\n\n" in cleaned(page(article(html))).markdown


def test_a_table_of_data_is_a_table() -> None:
    rows = "<tr><th>Year</th><th>Ships</th></tr><tr><td>2019</td><td>a | b</td></tr>"
    markdown = cleaned(page(article(f"<p>{FOURTH}</p><table>{rows}</table>"))).markdown
    assert "\n| Year | Ships |\n| --- | --- |\n| 2019 | a \\| b |\n" in markdown


@pytest.mark.parametrize("between", ["", "\n  "])
def test_an_empty_first_cell_is_a_cell_of_its_row(between: str) -> None:
    rows = [("", "2024", "2025"), ("Ferries", "12", "14"), ("Buses", "", "9")]
    cells = ((f"<td>{cell}</td>" for cell in row) for row in rows)
    table = between.join(f"<tr>{between}{between.join(row)}{between}</tr>" for row in cells)
    markdown = cleaned(page(article(f"<p>{FOURTH}</p><table>{between}{table}</table>"))).markdown
    assert "|  | 2024 | 2025 |\n| --- | --- | --- |\n| Ferries | 12 | 14 |\n| Buses |  | 9 |" in markdown


def test_headline_and_metadata_come_from_where_the_page_says_them() -> None:
    head = (
        "<title>The harbour road closes | Lind Post</title>"
        '<meta property="og:site_name" content="Lind Post">'
        '<link rel="canonical" href="/2021/road">'
        '<script type="application/ld+json">{"@type": "NewsArticle",'
        '"headline": "Road", "datePublished": "2021-05-04T09:30:00+02:00",'
        '"author": [{"name": "Ana Holm"}]}</script>'
    )
    result = cleaned(page(article(), head))
    assert result.metadata == Metadata(
        title="The harbour road closes",
        url="https://lindpost.example/road",
        source="Lind Post",
        author="Ana Holm",
        published="2021-05-04T07:30:00Z",
        language="en",
    )
    assert cleaned(page(article(), head), url="").metadata.url == ""
    assert result.markdown.startswith("# The harbour road closes\n\n")


def test_what_the_container_says_wins() -> None:
    given_ = Metadata(title="Another title", published="3 May 2021")
    raw = page(article(), '<meta name="date" content="2021-05-04">').encode()
    metadata = clean(Incoming(raw=raw, media="html", origin="-", metadata=given_)).metadata
    assert (metadata.title, metadata.published) == ("Another title", "2021-05-03")


def test_a_page_without_an_article_is_kept_in_doubt() -> None:
    result = cleaned(page("<p>Only this.</p>"))
    assert {s.verdict for s in result.segments} <= {"doubt", "keep"}
    assert "Only this." in result.markdown


def test_a_label_inside_the_article_is_dropped() -> None:
    result = cleaned(page(article("<p>Story continues below advertisement</p>")))
    assert "continues below" not in result.markdown
    assert "continues below" in result.page_text


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "<div>" * 20_000 + "Deep text is in here." + "</div>" * 20_000,
        "<b>" * 100_000 + "Deep text is in here.",
        "<p>Deep text is in here.</p>" + "<span>a</span> " * 50_000,
        "<table>" + "<tr><td>a</td><td>b</td></tr>" * 20_000 + "</table>Deep text is in here.",
        "<p " + 'a="b" ' * 50_000 + ">Deep text is in here.</p>",
        "<ul><li>" * 200 + "Deep text is in here.",
    ],
    ids=["divs", "bolds", "spans", "rows", "attributes", "lists"],
)  # fmt: skip
def test_hostile_markup_ends_in_a_result(html: str) -> None:
    started = time.process_time()
    assert "Deep text is in here." in cleaned(html).markdown
    assert time.process_time() - started < 10


def test_a_page_that_is_too_large_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="too large") as caught:
        cleaned("<p>" + "word " * 500_000)
    assert "\n" not in str(caught.value)


def test_a_page_with_no_text_is_refused() -> None:
    with pytest.raises(InputError, match="no text"):
        cleaned(page("<script>render()</script>"))


def test_a_page_of_frames_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="frames"):
        cleaned('<html><frameset cols="*,*"><frame src="a.html"><frame src="b.html"></frameset></html>')


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<h1>Log in to continue</h1><form><label>Name</label><button>Log in</button></form>", "log in"),
        ("<h1>Old town</h1><p>Subscribe to continue reading.</p><p>Two months cost one.</p>", "subscription"),
        ("<h2>We value your privacy</h2><p>Choose what we may keep of your visit.</p>", "accept cookies"),
        ("<div id='app'>You need to enable JavaScript to run this app.</div>", "script"),
        ("<h1>404 Not Found</h1><p>nginx</p>", "error page"),
        ("<h1>Just a moment...</h1><p>We look at your connection first.</p>", "robots"),
    ],
)
def test_a_page_that_is_no_article_says_what_it_is(html: str, reason: str) -> None:
    result = cleaned(page(html))
    assert {segment.verdict for segment in result.segments} <= {"doubt", "drop"}
    assert any(reason in segment.reason for segment in result.segments if segment.verdict == "doubt")


def test_an_article_about_such_a_notice_is_an_article() -> None:
    about = article(
        "<h2>404 Not Found</h2>", f"<p>{FOURTH} {SECOND} {LEAD}</p>", f"<p>{THIRD} {LEAD}</p>" * 3
    )
    assert verdict_of(cleaned(page(about)), LEAD) == ("keep", "")


def test_an_extractor_that_fails_leaves_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    import readability
    import trafilatura

    def fails(*_: object, **__: object) -> None:
        raise RecursionError("deep")

    monkeypatch.setattr(trafilatura, "bare_extraction", fails)
    monkeypatch.setattr(readability.Document, "summary", fails)
    assert LEAD in cleaned(page(article())).markdown


@pytest.mark.parametrize(
    ("head", "body", "field", "value", "source"),
    [
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "BlogPosting", "datePublished":'
            '"2021-05-04", "author": {"@id": "#ana"}},'
            '{"@type": "Person", "@id": "#ana", "name": "Ana Holm"}]}</script>',
            "",
            "author",
            "Ana Holm",
            "json-ld",
        ),
        ('<meta name="author" content="Ana Holm">', "", "author", "Ana Holm", "meta"),
        ("", '<a rel="author" href="/ana">Ana Holm</a>', "author", "Ana Holm", "author element"),
        ("", "<p>By Ana Holm and Per Lind</p>", "author", "Ana Holm and Per Lind", "byline"),
        ("", "<p>4 May 2021</p>", "published", "2021-05-04", "byline"),
        ("", '<time datetime="2021-05-04">Tuesday</time>', "published", "2021-05-04", "time element"),
        ('<meta property="og:site_name" content="Lind Post">', "", "source", "Lind Post", "meta"),
        ("", "", "language", "en", "html lang"),
        ("", "", "source", "lindpost.example", "address"),
    ],
)
def test_each_field_tells_where_it_was_found(
    head: str, body: str, field: str, value: str, source: str
) -> None:
    result = cleaned(page(article(body), head))
    assert getattr(result.metadata, field) == value
    assert dict(result.sources)[field] == source


def test_a_date_in_the_address_serves_where_the_page_says_none() -> None:
    result = cleaned(page(article()), url="https://lindpost.example/2021/05/04/road")
    assert (result.metadata.published, dict(result.sources)["published"]) == ("2021-05-04", "address")


def test_a_site_name_set_as_a_heading_is_no_headline() -> None:
    head = (
        '<title>The harbour road closes - Lind Post</title><meta property="og:site_name" content="Lind Post">'
    )
    result = cleaned(
        page(f"<h1>Lind Post</h1><h2>The harbour road closes</h2><p>{LEAD}</p><p>{SECOND}</p>", head)
    )
    assert result.metadata.title == "The harbour road closes"


def test_cleaning_the_markdown_page_again_changes_nothing() -> None:
    once = cleaned(page(f"<nav>Home</nav>{article(f'<p>{FOURTH}</p>')}<footer>Foot</footer>"))
    again = cleaned(page("".join(f"<p>{line}</p>" for line in once.markdown.split("\n") if line)))
    assert canonicalise(again.markdown).text.replace("# ", "") == canonicalise(once.markdown).text


def test_no_entity_of_the_page_reads_a_file() -> None:
    html = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + page(
        article("<p>&e; and nothing else</p>")
    )
    assert "&e;" in cleaned(html).page_text


PIECES = ["road", "*", "a_b", "[x]", "1.", "#", "<b>", "`c`", "|", "~~", "_e_", "&amp;", "\\", "“so”", "-"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join)
STYLES = st.sampled_from(["", "b", "em", "code", "s", "a"])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(STYLES, WORDS, st.sampled_from(["", " "])), min_size=1, max_size=5))
def test_no_character_of_a_paragraph_is_lost_in_markdown(parts: list[tuple[str, str, str]]) -> None:
    inside = "".join(
        (f'<{tag} href="https://lindpost.example/x">' if tag else "")
        + escaped(words)
        + (f"</{tag}>" if tag else "")
        + gap
        for tag, words, gap in parts
    )
    result = cleaned(page(f"<article><p>{LEAD}</p><p>{FOURTH} {inside} {SECOND}</p><p>{THIRD}</p></article>"))
    shown = "".join(words + gap for _, words, gap in parts)
    assert "".join(shown.split()) in "".join(canonicalise(result.markdown).text.split())


@pytest.mark.parametrize(
    "attribute", ["a{}", "a{}=''", "a{}='>'", 'a{}="<p>"', "<a{}", "a{} = x", "a{}=\n'\"'"]
)
def test_an_element_of_thousands_of_attributes_is_refused(attribute: str) -> None:
    crowd = " ".join(attribute.format(n) for n in range(2_000))
    with pytest.raises(InputError, match="attributes"):
        parse(f"<p>The gate is shut.</p><p {crowd}>words</p>")


def test_many_elements_of_few_attributes_are_a_page() -> None:
    assert len(parse('<p class="a" id=b c>The gate is shut.</p>' * 3_000).findall(".//p")) == 3_000
