"""What the reading screen does with an article beside marking it."""

from pathlib import Path

from journeys import journey
from pilots import Person, at_article, at_reader, drawn
from shelf import FAILED, FERRY, GATE, LONG, OPENED, SCRIPTS, desk_of, fill

from reader.desk.adding import add
from reader.model import Added

DIRTY = """\
Bridge closed after the flood

The old bridge was closed on Tuesday after the water rose over its piers.
The council said that it would be examined before the end of the week.

Leave a Reply

Your email address will not be published. Required fields are marked *

Comment *

Name *

Email *

Save my name, email, and website in this browser for the next time I comment.
"""


@journey("reading", "next-article", "previous-article")
async def test_the_next_and_the_previous_article(library: Path) -> None:
    async with at_article(library, SCRIPTS) as person:
        await person.press("J")
        assert person.shown == FERRY
        await person.press("J")
        assert person.shown == GATE
        await person.press("J")
        assert (person.shown, person.told) == (GATE, "This is the last article")
        await person.press("K", "K", "K")
        assert person.shown == LONG
        await person.press("K")
        assert (person.shown, person.told) == (LONG, "This is the first article")
        await person.press("q")
        assert person.place == "library"


async def test_the_list_comes_along_with_the_article(library: Path) -> None:
    async with at_article(library, SCRIPTS) as person:
        await person.press("J", "q")
        assert person.number == FERRY


async def test_the_place_is_kept_per_article(library: Path) -> None:
    async with at_article(library, LONG) as person:
        person.put("day 40 ")
        await person.press("l")
        place = person.caret
        await person.press("J", "}", "K")
        assert (person.shown, person.caret) == (LONG, place)
        await person.press("J")
        assert person.ahead.startswith("潮門")
        await person.press("q")
        await person.open(GATE)
        assert person.caret == 0
        await person.press("q")
        await person.open(LONG)
        assert person.caret == place
        assert "day 40 " in drawn(person.strips())
        await person.press("q")
        await person.press_and_leave("q")
    async with at_article(library, LONG) as person:
        assert person.caret == place


@journey("reading", "toggle-read")
async def test_opening_reads_and_m_toggles(library: Path) -> None:
    async with at_article(library) as person:
        assert person.witness.store.articles.get(GATE).read
        await person.press("m")
        assert person.told == "Unread"
        assert not person.witness.store.articles.get(GATE).read
        await person.press("u")
        assert person.witness.store.articles.get(GATE).read
        await person.press("m", "m")
        assert person.told == "Read"
        assert person.witness.store.articles.get(GATE).read


@journey("reading", "toggle-star")
async def test_the_star(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("*")
        assert person.told == "Starred"
        assert person.witness.store.articles.get(GATE).starred
        assert person.bar("head").strip().startswith("* ")
        await person.press("*")
        assert not person.witness.store.articles.get(GATE).starred
        assert "*" not in person.bar("head")
        await person.press("u")
        assert person.witness.store.articles.get(GATE).starred


@journey("reading", "correct")
async def test_correcting_the_article(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("E")
        assert "given" in drawn(person.strips())
        await person.write("The gate did not open")
        await person.go_to_field("published")
        await person.write("3 March 2026 or so")
        await person.press("enter")
        assert person.dialog == "Form"
        assert "is not a date" in drawn(person.strips())
        assert person.witness.store.articles.get(GATE).metadata.title == "The tide gate opens"
        await person.write("2026-03-03")
        await person.press("enter")
        assert person.dialog == ""
        known = person.witness.store.articles.get(GATE).metadata
        assert (known.title, known.published) == ("The gate did not open", "2026-03-03")
        assert known.author == "Ben Marsh"
        assert "The gate did not open" in person.bar("head")
        assert "2026-03-03" in person.bar("head")
        await person.press("u")
        assert person.witness.store.articles.get(GATE).metadata.title == "The tide gate opens"
        assert "The tide gate opens" in person.bar("head")


def dirty(tmp_path: Path) -> Path:
    """A library with an article whose original bears a comment form."""
    (tmp_path / "bridge.txt").write_text(DIRTY, encoding="utf-8")
    with desk_of(tmp_path / "dirty.db") as desk:
        (outcome,) = add(desk, [str(tmp_path / "bridge.txt")])
        assert isinstance(outcome, Added)
    return tmp_path / "dirty.db"


@journey("reading", "original")
async def test_the_original_shows_what_was_dropped_and_why_and_keeps_the_place(tmp_path: Path) -> None:
    async with at_article(dirty(tmp_path)) as person:
        assert "Leave a Reply" not in person.text
        assert "comment form" in person.told
        place = person.put("examined")
        await person.press("r")
        assert "Leave a Reply" in person.text
        assert person.ahead.startswith("examined")
        shown = drawn(person.strips())
        assert "Leave a Reply" in shown
        assert "hidden · comment form" in shown
        assert person.bar("head").strip().startswith("Original")
        await person.press("r")
        assert (person.caret, person.ahead[:8]) == (place, "examined")
        assert "Leave a Reply" not in person.text
        # From the dropped text the nearest place in the article is gone back to; q and Esc go back too.
        await person.press("r", "G", "q")
        assert person.caret > place
        assert person.place == "reading"
        await person.press("r", "escape")
        assert "Leave a Reply" not in person.text
        await person.press("q")
        assert person.place == "library"


async def test_leaving_from_the_original_keeps_the_place(tmp_path: Path) -> None:
    library = dirty(tmp_path)
    async with at_article(library) as person:
        place = person.put("examined")
        await person.press("r")
        await person.press_and_leave("ctrl+q")
    async with at_article(library) as person:
        assert person.caret == place


async def test_an_article_without_anything_dropped_says_so(library: Path) -> None:
    async with at_article(library) as person:
        place = person.put(FAILED)
        await person.press("r")
        assert person.told == "Nothing was dropped"
        assert person.ahead.startswith(FAILED)
        await person.press("r")
        assert person.caret == place


async def test_an_article_of_a_hundred_marks(tmp_path: Path) -> None:
    from shelf import SMALL

    library = tmp_path / "marked.db"
    fill(library, SMALL[3:])

    def count(person: Person) -> int:
        return len(person.marks())

    async with at_article(library) as person:
        for _ in range(30):
            await person.press("1", ")")
        assert count(person) == 30
        assert "30 marks" in person.bar("status")


@journey("reading", "quit-at-once")
async def test_quitting_from_an_article(library: Path) -> None:
    async with at_reader(library) as person:
        await person.open(GATE)
        await person.press("1")
        assert person.stances() == [(OPENED, {"": "support"})]
        await person.press_and_leave("ctrl+q")


SPUN = (
    "A new ferry\n\nThe Overseas Minister told the council on Monday, as the State Division has it, that the "
    "ferry had run greater than a yr in the past.\n\nLeave a Reply\n\nComment *\n\nName *\n\nEmail *\n"
)


async def test_a_machine_spun_text_says_so_with_the_evidence_and_others_do_not(tmp_path: Path) -> None:
    for name, text in (("spun.txt", SPUN), ("bridge.txt", DIRTY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with desk_of(tmp_path / "l.db") as desk:
        list(add(desk, [str(tmp_path / "spun.txt"), str(tmp_path / "bridge.txt")]))
    async with at_article(tmp_path / "l.db") as person:
        await person.until(lambda: "not verbatim" in person.bar("head"))
        assert person.told.startswith("Looks machine-spun, so quotes are not verbatim: “")
        assert "hidden: comment form" in person.bar("status")
        await person.press("j")
        assert person.told == ""
        assert "not verbatim" in person.bar("head")
        await person.press("K")
        assert "not verbatim" not in person.bar("head")
        assert person.told.startswith("1 run hidden")
