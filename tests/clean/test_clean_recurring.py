"""Lines that recur across a source: dropped at the edges, doubted elsewhere, never an article's own."""

from collections import Counter

import pytest

from reader.clean import clean, read_lines
from reader.clean.recurring import among, line_key, page_lines, recurs
from reader.clean.sources import site_of, source_of
from reader.model import Cleaned, Incoming, Media, Metadata, Recurring

PARAGRAPHS = (
    "The council of Marl voted on Tuesday to move the ferry landing to the north bank of the river.",
    "Two of the nine members were against it, because the north bank is under water every second spring.",
    "The landing is to open before the summer, said the harbour master, who had asked for it since 2009.",
)
OTHERS = (
    "A school in Vell has found a way to heat its rooms with what the bakery next door throws away.",
    "Nobody has seen the grey heron of the mill pond since the sluice was opened in the first week of May.",
    "The choir of the tanners sang for four hours, and then the lights of the old theatre went out at once.",
    "An auction of the last trams brought less than the city had spent on painting them the year before.",
    "The price of salt has doubled, and the three remaining smokehouses say that they will not follow it.",
)
HEAD = ("Marl Courier", "Politics", "The river page")
TAIL = ("The desk by the water", "Letters to the desk go to the usual place", "Marl Courier, since 1880")


def page(*body: str, head: tuple[str, ...] = HEAD, tail: tuple[str, ...] = TAIL) -> str:
    return "\n".join([*head, "", "\n\n".join(body), "", *tail]) + "\n"


def learned(*texts: str, counted: bool = False) -> Recurring:
    """What recurs across these texts, counted by hand: in the program the store does."""
    counts = Counter(key for text in texts for key in page_lines(text).lines)
    return Recurring({key: times for key, times in counts.items() if times > 1}, counted)


SEEN = learned(*(page("A title of its own", text) for text in OTHERS))


def cleaned(text: str, recurring: Recurring | None = SEEN, media: Media = "text") -> Cleaned:
    return clean(Incoming(raw=text.encode(), media=media, origin="-"), recurring=recurring)


def verdict(result: Cleaned, words: str) -> tuple[str, str]:
    """The verdict and the rule on the segment that holds these words."""
    at = result.page_text.index(words)
    return next((s.verdict, s.rule) for s in result.segments if s.start <= at < s.end)


def test_without_the_source_s_other_articles_nothing_is_known_of_its_head_and_tail() -> None:
    result = cleaned(page("The ferry moves north", *PARAGRAPHS), recurring=None)
    assert verdict(result, "since 1880") == ("keep", "")


def test_head_and_tail_that_recur_are_dropped_and_the_article_is_whole() -> None:
    result = cleaned(page("The ferry moves north", *PARAGRAPHS))
    for line in HEAD:
        assert verdict(result, line) == ("drop", "recurring.head")
    for line in TAIL:
        assert verdict(result, line) == ("drop", "recurring.tail")
    assert result.metadata.title == "The ferry moves north"
    assert "".join(result.markdown.split()) == "".join(
        "\n".join(["# The ferry moves north", *PARAGRAPHS]).split()
    )


def test_cleaning_what_was_kept_again_drops_nothing_more() -> None:
    once = cleaned(page("The ferry moves north", *PARAGRAPHS))
    kept = "".join(once.page_text[s.start : s.end] for s in once.segments if s.verdict != "drop")
    assert all(segment.verdict == "keep" for segment in cleaned(kept).segments)


def test_one_other_article_is_reason_to_doubt_and_none_to_drop() -> None:
    result = cleaned(
        page("The ferry moves north", *PARAGRAPHS), learned(page(OTHERS[0]), page(OTHERS[1]), counted=True)
    )
    assert verdict(result, "Marl Courier") == ("doubt", "recurring.head")
    assert verdict(result, "since 1880") == ("doubt", "recurring.tail")


def test_a_sentence_at_the_edge_needs_more_articles_than_a_label() -> None:
    advice = "Write to us if you have seen the river rise where you live, and we will print it."
    texts = [page(text, tail=(advice,)) for text in OTHERS]
    few, many = learned(*texts[:3]), learned(*texts)
    assert verdict(cleaned(page(*PARAGRAPHS, tail=(advice,)), few), advice) == ("doubt", "recurring.tail")
    assert verdict(cleaned(page(*PARAGRAPHS, tail=(advice,)), many), advice) == ("drop", "recurring.tail")


@pytest.mark.parametrize(
    "own",
    ["By Ada Quill", "March 3, 2024", "Ada Quill contributed reporting from Vell.", "QUILL: Thanks."],
    ids=["byline", "date", "credit", "speaker's turn"],
)
def test_what_is_typed_as_an_article_s_own_stays_however_often_it_recurs(own: str) -> None:
    seen = learned(*(page(text, own, head=(*HEAD, own)) for text in OTHERS))
    result = cleaned(page("The ferry moves north", own, *PARAGRAPHS), seen)
    assert verdict(result, own) == ("keep", "")


def test_a_series_title_without_a_title_of_its_own_is_doubted_at_most() -> None:
    seen = learned(*(page("The week in short", text) for text in OTHERS))
    result = cleaned(page("The week in short", *PARAGRAPHS), seen)
    assert verdict(result, "The week in short")[0] == "doubt"


def test_a_line_amid_the_article_is_doubted_at_most() -> None:
    label = "The map shows it"
    seen = learned(*(page(text, label, OTHERS[0][::-1]) for text in OTHERS))
    result = cleaned(page(PARAGRAPHS[0], label, *PARAGRAPHS[1:]), seen)
    assert verdict(result, label) == ("doubt", "recurring.inside")


def test_before_a_line_of_its_own_the_tail_is_doubted_at_most() -> None:
    own = "Ferry, by the clock: 7, 9, 11"
    result = cleaned(page("The ferry moves north", *PARAGRAPHS, tail=(TAIL[0], own, *TAIL[1:])))
    assert verdict(result, TAIL[0]) == ("doubt", "recurring.tail")
    assert verdict(result, own)[0] != "drop"


def test_numbers_make_no_difference_in_short_labels_alone() -> None:
    assert line_key("7 min read") == line_key(" 5  MIN read")
    assert line_key("It rose by 7 percent.") != line_key("It rose by 5 percent.")
    assert line_key("What day 7 of the flood brought") != line_key("What day 8 of the flood brought")


def test_of_a_page_of_html_the_blocks_that_recur_go_but_headings_stay() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    extra = "<h2>What we know</h2><p>Marl Courier readers pay less.</p>"
    html = f"<html><body><article><h1>The ferry moves north</h1>{body}{extra}{body}</article></body></html>"
    lines = read_lines(Incoming(raw=html.encode(), media="html", origin="-")).lines
    assert line_key("What we know") in lines
    recurring = Recurring({line_key("What we know"): 9, line_key("Marl Courier readers pay less."): 9}, False)
    result = clean(Incoming(raw=html.encode(), media="html", origin="-"), recurring=recurring)
    assert verdict(result, "readers pay less") == ("doubt", "recurring.inside")
    assert verdict(result, "What we know")[0] == "keep"


def test_what_is_doubted_anyway_recurs_often_enough_to_go() -> None:
    sentence, byline = "Readers can write to the desk by the water at any time.", "By Ada Quill"
    recurring = Recurring({line_key(sentence): 4, line_key(TAIL[0]): 3, line_key(byline): 9}, False)
    assert recurs(sentence, recurring)
    assert not recurs(TAIL[0], recurring)
    assert not recurs(byline, recurring)
    assert not recurs(sentence, recurring._replace(counted=True))
    assert not recurs("", recurring)


def incoming(raw: str, media: Media = "text", origin: str = "-", **known: str) -> Incoming:
    return Incoming(raw=raw.encode(), media=media, origin=origin, metadata=Metadata(**known))


def test_the_source_is_the_site_else_its_name_else_the_place() -> None:
    assert (
        source_of(incoming("x", url="https://www.marl.example/a", source="M"), place=True)
        == "site marl.example"
    )
    assert source_of(incoming("x", source=" Marl  Courier"), place=True) == "source marl courier"
    canonical = '<link rel="canonical" href="https://marl.example/ferry">'
    assert source_of(incoming(canonical, "html"), place=False) == "site marl.example"
    assert source_of(incoming("URL: https://marl.example/a\n\nText"), place=False) == "site marl.example"
    assert source_of(incoming("x", origin="/news/marl/a.txt"), place=True) == "place /news/marl"
    assert source_of(incoming("x", origin="/news/all.csv#12"), place=True) == "place /news/all.csv"
    assert source_of(incoming("x", origin="/news/marl/a.txt"), place=False) == ""
    assert source_of(incoming("x", origin="-"), place=True) == ""


def test_what_is_no_web_address_is_no_site() -> None:
    assert site_of("https://WWW.Marl.example:80/x") == "marl.example"
    assert [site_of(url) for url in ("", "marl.example", "file:///a", "http://[")] == ["", "", "", ""]


def test_articles_that_come_in_together_teach_each_other_and_the_same_one_counts_once() -> None:
    pages = [page_lines(page("A title of its own", text)) for text in OTHERS[:3]]
    found = among([*pages, pages[0]], None)
    assert found.others(line_key(TAIL[-1])) == 2
    assert found.others(line_key(OTHERS[0])) == 0
    more = among(pages[:1], Recurring({line_key(TAIL[-1]): 4}, counted=False))
    assert more.others(line_key(TAIL[-1])) == 4
    assert more.others(line_key(OTHERS[0])) == 0
