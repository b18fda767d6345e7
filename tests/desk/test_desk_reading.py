from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desks import PROSE, add_text, desk_at

from reader.clean.plain.cleaner import CLEANER
from reader.desk import Desk, finding, marking, originals, reading
from reader.errors import InputError, NotFoundError
from reader.model import Article, Metadata, Revision, Span, Style
from reader.text.canonical import CANON_VERSION


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        yield desk


def test_an_article_opens_by_number_and_by_id(desk: Desk, tmp_path: Path) -> None:
    story = add_text(desk, tmp_path)
    assert story.revision.cleaner == f"{CLEANER}+canon/{CANON_VERSION}"
    assert reading.opened(desk, story.article.id) == reading.opened(desk, story.article.number) == story
    with pytest.raises(NotFoundError):
        reading.opened(desk, story.article.number + 1)


def test_an_article_that_is_renewed_while_it_opens_is_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = add_text(desk, tmp_path)
    revision = desk.store.articles.revision

    def renewed_meanwhile(article: Article) -> Revision:
        with desk_at(tmp_path / "library.db", "Ben") as other:
            newer = add_text(other, tmp_path, "Quite another text.\n")
            marking.annotate(other, newer.revision, Span(0, 5), "support")
        return revision(article)

    monkeypatch.setattr(desk.store.articles, "revision", renewed_meanwhile)
    assert reading.opened(desk, story.article.number) == story
    monkeypatch.undo()
    now = reading.opened(desk, story.article.number)
    assert [mark.anchor.exact for mark in now.annotations] == ["Quite"]


def test_the_place_last_read_and_the_marks_of_a_reader_are_kept(desk: Desk, tmp_path: Path) -> None:
    story = add_text(desk, tmp_path)
    reading.remember_position(desk, story.article.id, 17)
    reading.set_read(desk, story.article.id, True, asked=False)
    reading.set_starred(desk, story.article.id, True)
    article = reading.article(desk, story.article.number)
    assert (article.position, article.read, article.starred) == (17, True, True)
    marking.undo(desk)
    article = reading.article(desk, story.article.number)
    assert (article.position, article.read, article.starred) == (17, True, False)


def test_what_is_known_tells_what_said_so(desk: Desk, tmp_path: Path) -> None:
    page = (
        '<html lang="en"><head><title>The gate | Tide</title><meta name="author" content="Ben Marsh"></head>'
        f"<body><article><h1>The gate</h1>{''.join(f'<p>{line}</p>' for line in PROSE.split(chr(10) * 2))}"
        "</article></body></html>"
    )
    story = add_text(desk, tmp_path, page, "gate.html")
    said = {fact.name: (fact.value, fact.source) for fact in reading.facts(desk, story.article)}
    assert said == {
        "title": ("The gate", "heading"),
        "author": ("Ben Marsh", "meta"),
        "language": ("en", "html lang"),
    }
    known = reading.correct(desk, story.article.id, replace(story.article.metadata, author="Ada Quill"))
    by_hand = [fact for fact in reading.facts(desk, known) if fact.source == "by hand"]
    assert [(fact.name, fact.value) for fact in by_hand] == [("author", "Ada Quill")]


def test_corrections_are_tidied_stored_and_undone(desk: Desk, tmp_path: Path) -> None:
    story = add_text(desk, tmp_path)
    before = story.article.metadata
    known = replace(
        before,
        title="  Gate\topens ",
        source="The Harbour Post",
        author="",
        published="2 March 2023",
        url="https://news.example/gate",
    )
    after = reading.correct(desk, story.article.id, known).metadata
    assert (after.title, after.published, after.url) == (
        "Gate opens",
        "2023-03-02",
        "https://news.example/gate",
    )
    assert list(finding.search(desk, "harbour opens")) == [story.article.number]
    marking.undo(desk)
    assert reading.article(desk, story.article.id).metadata == before


@pytest.mark.parametrize("date", ["soon", "2023-02-30", "2023-13", "20230"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    with pytest.raises(InputError, match="is not a date"):
        reading.checked_metadata(Metadata(published=date))


@pytest.mark.parametrize("date", ["", "2023", "2023-03", "2023-03-02", "2023-03-02T09:14:05Z"])
def test_a_date_keeps_the_precision_that_is_known(date: str) -> None:
    assert reading.checked_metadata(Metadata(published=date)).published == date


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "news.example", "https://", "http://a b"]
)
def test_a_url_that_leads_elsewhere_than_the_web_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="is not a web address"):
        reading.checked_metadata(Metadata(url=url))


def test_a_removed_article_is_gone_from_the_list_until_undone(desk: Desk, tmp_path: Path) -> None:
    story = add_text(desk, tmp_path)
    reading.remove(desk, story.article.id)
    assert finding.first_rows(desk, 10) == []
    assert finding.count(desk) == 0
    marking.undo(desk)
    assert [row.number for row in finding.first_rows(desk, 10)] == [story.article.number]


def test_the_original_shows_what_cleaning_dropped_and_where_the_text_came_from(
    desk: Desk, tmp_path: Path
) -> None:
    story = add_text(
        desk,
        tmp_path,
        "Mayor Ada Quill opened the tide gate on Monday.\n\nEngineers were less sure.\n\n"
        "Leave a Reply Cancel reply\n\nYour email address will not be published.\n",
    )
    original = originals.original(desk, story.article)
    shown = original.canonical.text
    dropped = [shown[run.start : run.end] for run in original.canonical.runs if run.style & Style.DROPPED]
    assert any("Leave a Reply" in run for run in dropped)
    assert "1 run hidden" in reading.hidden(reading.segments(desk, story.article))
    offset = story.revision.canonical.text.index("Engineers")
    assert shown[original.to_view(offset) :].startswith("Engineers were")
    assert original.to_text(shown.index("Engineers")) == offset


def test_the_forms_of_an_article_agree(desk: Desk, tmp_path: Path) -> None:
    story = add_text(desk, tmp_path, "Tide *gate* opens.\n\nIt cost nine million.\n")
    raw, page = reading.raw(desk, story.article), reading.page_text(desk, story.article)
    assert raw == (tmp_path / "story.txt").read_bytes()
    assert raw.decode() == page
    assert "".join(page[s.start : s.end] for s in reading.segments(desk, story.article)) == page
    assert "Tide *gate* opens." in story.revision.canonical.text
    assert "nine million" in reading.markdown(desk, story.article)
