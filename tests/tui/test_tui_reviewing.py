"""The review of marks that lost their place when a text changed."""

from pathlib import Path

from journeys import journey
from pilots import Person, at_article, at_reader, drawn
from shelf import FERRY, GATE, GATE_TEXT, OPENED, REPORT, SAFE, Story, fill
from textual.widgets import Static

from reader.desk import marking, reading
from reader.model import Span

BOATS = "A petition against it has two thousand names."
ELSEWHERE = "In the evening Mayor Ada Quill called it very safe again."
NEWER = GATE_TEXT.replace(f" {SAFE}", "").replace(REPORT, "The rest is not known.") + f"\n{ELSEWHERE}\n"
WAITS = 3


def prepare(library: Path, person: Person) -> None:
    """Marks on two articles whose words are then gone: one that can be proposed, two that cannot."""
    for number, quotes in ((GATE, (OPENED, SAFE, REPORT)), (FERRY, (BOATS,))):
        revision = reading.opened(person.witness, number).revision
        for quote in quotes:
            start = revision.canonical.text.index(quote)
            marking.annotate(person.witness, revision, Span(start, start + len(quote)), "support")
    fill(library, [Story(NEWER, "The tide gate opens", url="https://news.example/tide-gate")])
    ferry = "The ferry goes on after all, and a lighter boat was bought for the winter.\n"
    fill(library, [Story(ferry, "The ferry stops")])


def statuses(person: Person, number: int = GATE) -> list[tuple[str, str]]:
    return [(mark.anchor.exact, mark.anchor.status) for mark in person.marks(number)]


def panel(person: Person) -> str:
    """What the panel above the text says, or nothing while it is not there."""
    shown = person.reading.query_one("#review", Static)
    return str(shown.render()) if shown.display else ""


@journey("library", "review")
async def test_the_library_says_how_many_wait_and_leads_to_them(library: Path) -> None:
    async with at_reader(library) as person:
        assert "to review" not in person.bar("head")
        await person.press("A")
        assert person.told == "No mark waits for a place"
        prepare(library, person)
        await person.press("A")
        await person.until(lambda: person.place == "reading" and panel(person))
        assert person.shown == FERRY
        assert f"Review 1 of {WAITS}" in panel(person)
        assert BOATS in panel(person)
        assert "The operator blames the tide gate." in panel(person)
        assert "no place found" in panel(person)
        await person.press("q")
        assert (person.place, panel(person)) == ("reading", "")
        await person.press("q")
        assert "3 marks to review: A" in person.bar("head")


@journey("reading", "review")
@journey("review", "next-waiting", "previous-waiting")
async def test_walking_through_them_across_articles(library: Path) -> None:
    async with at_reader(library) as person:
        prepare(library, person)
        await person.press("j")
        await person.open(GATE)
        assert "2 to review: A" in person.bar("status")
        await person.press("A")
        seen = []
        for key in ("]", "tab", "[", "shift+tab"):
            seen.append((person.shown, panel(person).split(" ")[1]))
            await person.press(key)
        seen.append((person.shown, panel(person).split(" ")[1]))
        assert seen == [(GATE, "2"), (GATE, "3"), (FERRY, "1"), (GATE, "3"), (GATE, "2")]
        await person.press("A")
        assert panel(person) == ""
        # Out of the review the keys are what they were.
        await person.press("g", "]")
        assert person.picked == OPENED


@journey("review", "accept-place", "undo-review")
async def test_a_proposed_place_is_picked_and_confirmed(library: Path) -> None:
    async with at_reader(library) as person:
        prepare(library, person)
        await person.open(GATE)
        await person.press("A")
        while person.picked == "":
            await person.press("]")
        proposed = "Mayor Ada Quill called it very safe"
        assert person.picked.startswith(proposed)
        assert SAFE in panel(person)
        assert "% of the words are here: y is the place, n is not" in panel(person)
        before = statuses(person)
        assert [status for _, status in before].count("review") == 1
        row = next(row for row in drawn(person.page_strips()).splitlines() if proposed in row)
        assert row.split("In the evening")[0].strip() == "!+"
        await person.press("y")
        assert person.told == "Confirmed (u takes it back)"
        assert [status for _, status in statuses(person)].count("review") == 0
        assert (person.picked, person.app.session.article) != (proposed, 0)
        await person.press("u")
        assert person.told == "Undone: confirmed a mark's place"
        assert statuses(person) == before
        assert person.picked.startswith(proposed)


@journey("review", "refuse-place")
async def test_a_refused_place_leaves_the_mark_without_one(library: Path) -> None:
    async with at_reader(library) as person:
        prepare(library, person)
        await person.open(GATE)
        await person.press("A")
        while person.picked == "":
            await person.press("]")
        await person.press("n")
        assert person.told == "Kept without a place (u takes it back)"
        assert (SAFE, "orphan") in statuses(person)
        while SAFE not in panel(person):
            await person.press("]")
        await person.press("n")
        assert "no place already" in person.told
        await person.press("y")
        assert "no place is proposed" in person.told


@journey("review", "attach")
async def test_a_mark_is_put_on_what_is_selected(library: Path) -> None:
    async with at_reader(library) as person:
        prepare(library, person)
        await person.open(GATE)
        await person.press("A")
        while REPORT not in panel(person):
            await person.press("]")
        person.put("The rest is not known.")
        await person.press("V", "enter")
        assert person.told == "Put there (u takes it back)"
        assert ("The rest is not known.", "ok") in statuses(person)
        assert "of 2" in panel(person)
        # Without a selection the review ends where it is.
        await person.press("enter")
        assert (panel(person), person.place, person.dialog) == ("", "reading", "")


async def test_the_last_one_ends_the_review(library: Path) -> None:
    async with at_reader(library) as person:
        prepare(library, person)
        await person.press("A")
        await person.until(lambda: person.place == "reading" and panel(person))
        for _ in range(WAITS):
            await person.press("g", "V", "enter")
        assert panel(person) == ""
        assert "(u takes it back)" in person.told or person.told == "No mark waits any more"
        assert "to review" not in person.bar("status")
        await person.press("A")
        assert person.told == "No mark waits for a place"
        await person.press("q")
        assert "to review" not in person.bar("head")


async def test_a_mark_that_another_session_placed_meanwhile(library: Path) -> None:
    async with at_article(library) as person:
        prepare(library, person)
        await person.press("l", "A", "A")
        while not person.picked:
            await person.press("]" if panel(person) else "A")
        theirs = next(mark for mark in person.marks(GATE) if mark.anchor.status == "review")
        marking.delete(person.witness, theirs)
        await person.press("y")
        assert person.app.is_running
        assert person.told
