"""Two people's marks side by side, settled by one key each."""

from pathlib import Path

from journeys import journey
from pilots import Person, at_article, drawn
from shelf import MAY, OPENED, SAFE, UNSURE, desk_of

from reader.desk.marking import annotate
from reader.desk.reading import opened
from reader.model import Span


def mark_as(library: Path, name: str, *marks: tuple[str, str]) -> None:
    """Somebody's marks of the first article: quotes and codes."""
    with desk_of(library, name) as desk:
        article = opened(desk, 1)
        text = article.revision.canonical.text
        for quote, code in marks:
            start = text.index(quote)
            annotate(desk, article.revision, Span(start, start + len(quote)), code, "[b]gate")


def own(person: Person) -> list[tuple[str, str]]:
    """What the person marked or was given by settling, on disk."""
    return [
        (mark.anchor.exact, mark.stances[0].code)
        for mark in person.marks()
        if mark.annotator == person.app.session.desk.store.annotator
    ]


@journey("reading", "adjudicate")
async def test_two_peoples_marks_are_settled_by_a_key_each(library: Path) -> None:
    mark_as(library, "Ada", (OPENED, "support"), (SAFE, "support"))
    async with at_article(library) as person:
        await person.press("C")
        assert "Only one person marked this article" in person.told
        mark_as(library, "Ben", (OPENED, "support"), (SAFE, "oppose"), (UNSURE, "question"))
        person.put(MAY)
        await person.press("C")
        assert person.dialog == "Adjudication"
        shown = drawn(person.strips())
        assert "Ada  |  Ben" in shown
        for fact in ("the two agree", "not marked", "+ support → [b]gate", "− oppose → [b]gate"):
            assert fact in shown
        # The first that they disagree on is under the cursor.
        await person.press("2", "3")
        assert person.complaint == "only one of the two marked this: take that mark, or neither"
        await person.press("4")
        assert own(person) == [(SAFE, "oppose")]
        assert "settled: right" in drawn(person.strips())
        await person.press("k", "1")
        assert own(person) == [(SAFE, "support")]
        await person.press("u")
        assert person.complaint == "Undone: settled: Ada"
        assert own(person) == [(SAFE, "oppose")]
        await person.press("ctrl+r")
        assert own(person) == [(SAFE, "support")]
        await person.press("j", "enter", "q")
        assert person.dialog == ""
        assert "support → [b]gate" in person.page.marks.beside(2)


async def test_of_more_than_two_people_the_two_are_chosen(library: Path) -> None:
    mark_as(library, "Ada", (OPENED, "support"))
    mark_as(library, "Ben", (OPENED, "oppose"))
    async with at_article(library) as person:
        await person.press("1", "C")
        assert person.dialog == "Choice"
        await person.press("3")
        assert "Ada  |  Ben" in drawn(person.strips())
        await person.press("3", "escape")
        assert [mark.annotator.name for mark in person.marks()].count("Ada") == 1
        assert len(own(person)) == 3
        assert "by Ada" in person.page.marks.about(0)


async def test_it_is_usable_in_a_small_window(library: Path) -> None:
    mark_as(library, "Ada", (OPENED, "support"))
    mark_as(library, "Ben", (OPENED, "oppose"))
    async with at_article(library, size=(40, 12)) as person:
        await person.press("C", "1", "escape")
        assert own(person) == [(OPENED, "support")]
