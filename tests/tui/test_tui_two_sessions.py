"""Another session on the same library, and libraries that refuse: the program tells it and lives."""

from pathlib import Path

import pytest
from pilots import Person, at_article, at_reader, drawn
from shelf import FERRY, GATE, GATE_TEXT, LONG, OPENED, SAFE, SCRIPTS, Story, desk_of, fill

from reader.desk import marking, reading
from reader.model import Annotation, Span
from reader.store import opening

OTHERWISE = "another session changed what this key was about"


def other_marks(person: Person, quote: str, code: str) -> Annotation:
    """Another annotator marks a quote of the first article."""
    revision = reading.opened(person.witness, GATE).revision
    start = revision.canonical.text.index(quote)
    return marking.annotate(person.witness, revision, Span(start, start + len(quote)), code)


async def test_marks_of_another_session_are_seen_at_the_next_key_that_acts(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1")
        theirs = other_marks(person, SAFE, "oppose")
        await person.press("]", "]")
        assert person.picked == SAFE
        assert "2 marks" in person.bar("status")
        marking.change(person.witness, theirs, note="theirs")
        await person.press("enter")
        assert "theirs" in drawn(person.strips())
        await person.press("escape")
        marking.delete(person.witness, theirs)
        await person.press("[")
        assert person.picked == OPENED
        assert "1 mark " in person.bar("status")


async def test_what_another_session_changed_is_kept_by_an_own_change(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1")
        (mine,) = person.marks()
        marking.restance(person.witness, mine, "oppose", "the gate")
        await person.press("3")
        assert person.stances() == [(OPENED, {"": "question", "the gate": "oppose"})]
        marking.change(person.witness, mine, note="their note")
        await person.press("enter")
        await person.go_to_field("holder")
        await person.type("me")
        await person.press("ctrl+s")
        (mine,) = person.marks()
        assert (mine.note, mine.holder) == ("their note", "me")


@pytest.mark.parametrize("keys", ["2", "x", "s", "T", "c"])
async def test_a_mark_that_another_session_deleted_is_told(library: Path, keys: str) -> None:
    async with at_article(library) as person:
        await person.press("1", "]")
        (mine,) = person.marks()
        marking.delete(person.witness, mine)
        await person.press(keys)
        if person.dialog:
            await person.press(*"abc", "enter")
        assert person.told
        assert person.app.is_running
        await person.press("escape", "escape")
        await person.until(lambda: person.dialog == "")


async def test_a_conflict_on_undo_is_told_in_one_line(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "2")
        (mine,) = person.marks()
        marking.restance(person.witness, mine, "mixed")
        await person.press("u")
        assert person.told.startswith("Not undone: ")
        assert "has been changed since" in person.told
        assert "\n" not in person.told
        assert person.stances() == [(OPENED, {"": "mixed"})]
        await person.press("ctrl+r")
        assert person.told == "Nothing to redo in this article"


async def test_undo_never_takes_back_what_another_did(library: Path) -> None:
    async with at_article(library) as person:
        other_marks(person, SAFE, "oppose")
        await person.press("u")
        assert person.told == "Nothing to undo in this article"
        assert person.stances() == [(SAFE, {"": "oppose"})]


NEWER = Story(
    "A new beginning of the story. The tide gate was shut again on Tuesday.\n\nNobody said why.\n",
    "The tide gate opens",
    url="https://news.example/tide-gate",
)


@pytest.mark.parametrize("key", ["1", "v", "V", "x", "s", "t", "T", "c", "J", "*", "m", "enter", "r"])
async def test_an_article_with_another_text_is_opened_anew(library: Path, key: str) -> None:
    """And the key, which was about the old one, does nothing else."""
    async with at_article(library) as person:
        person.put("read in May")
        await person.press("v", "w")
        fill(library, [NEWER])
        await person.press(key)
        if key in "vV":  # they change nothing in the library
            await person.press("1")
        assert person.told.startswith(OTHERWISE)
        assert person.place == "reading"
        assert person.shown == GATE
        assert person.text.startswith("A new beginning")
        assert OPENED not in drawn(person.page_strips())
        assert (person.selected, person.picked) == ("", "")
        assert person.marks() == ()
        # What is marked from now on is what is shown.
        await person.press("g", ")", "1")
        assert person.stances() == [("The tide gate was shut again on Tuesday.", {"": "support"})]


@pytest.mark.parametrize("key", ["]", "[", "tab", "shift+tab"])
async def test_a_key_that_picks_opens_the_other_text_too(library: Path, key: str) -> None:
    async with at_article(library) as person:
        await person.press("}")
        fill(library, [NEWER])
        await person.press(key)
        assert person.text.startswith("A new beginning")
        assert (person.caret, person.selected, person.picked) == (0, "", "")
        assert person.marks() == ()


@pytest.mark.parametrize("keys", [("c", "w", "h", "y"), ("v", "l", "c", "w", "h", "y")])
async def test_a_comment_asked_for_on_the_old_text_marks_nothing(
    library: Path, keys: tuple[str, ...]
) -> None:
    async with at_article(library) as person:
        await person.press(*keys)
        fill(library, [NEWER])
        # What was typed is still there, and stays without a text that it could be marked in.
        for why in (OTHERWISE, "the article has another text now"):
            await person.press("enter")
            assert person.complaint.startswith(why)
            assert "why" in drawn(person.strips())
        await person.press("escape")
        assert person.text.startswith("A new beginning")
        # Neither here nor on the text that is not shown any more.
        await person.press("u")
        assert person.told == "Nothing to undo in this article"


async def test_a_text_that_changes_while_its_marks_are_looked_at_takes_them_along(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1")
        (before,) = person.marks()
        fill(library, [Story(f"It was wet.\n\n{GATE_TEXT}", NEWER.title, url=NEWER.url)])
        await person.press("]")
        assert person.text.startswith("It was wet.")
        assert person.told == "The article has another text now"
        await person.press("]")
        assert person.picked == OPENED
        (after,) = person.marks()
        assert (after.id, after.span.start) == (before.id, before.span.start + len("It was wet.\n\n"))


async def test_the_list_moves_on_from_the_same_article(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("G", "k")
        assert person.number == FERRY
        fill(library, [Story(f"The boat {n} came in.", f"Boat {n}") for n in range(30)])
        await person.press("j")
        assert person.number == GATE
        fill(library, [Story(f"The ship {n} came in.", f"Ship {n}") for n in range(30)])
        await person.press("k")
        assert person.number == FERRY
        assert "64 articles" in person.bar("head")
        fill(library, [Story(f"The raft {n} came in.", f"Raft {n}") for n in range(30)])
        await person.press("G")
        assert person.number == GATE


async def test_an_article_that_another_session_removed_is_told(library: Path) -> None:
    async with at_reader(library) as person:
        for key in ("enter", "m", "*", "E", "x", "o", "e"):
            removed = person.number
            reading.remove(person.witness, person.witness.store.articles.get(removed).id)
            await person.press(key)
            assert person.app.is_running
            assert removed not in person.numbers or person.told
            await person.press("escape", "escape")
            if person.place == "reading":
                await person.press("q")
            person.witness.store.history.undo()
            await person.press("g")


async def test_one_article_gone_and_another_back_between_two_keys(library: Path) -> None:
    async with at_reader(library) as person:
        articles, history = person.witness.store.articles, person.witness.store.history
        reading.remove(person.witness, articles.get(FERRY).id)
        await person.press("*")
        assert person.numbers == [LONG, SCRIPTS, GATE]
        history.undo()
        reading.remove(person.witness, articles.get(SCRIPTS).id)
        await person.press("*")
        assert person.numbers == [LONG, FERRY, GATE]


async def test_marks_and_articles_of_two_programs_come_together(library: Path) -> None:
    async with at_reader(library) as one:
        fill(library, [Story("A boat came in.", "Boat")])
        await one.press("G", "enter")
        await one.until(lambda: one.place == "reading")
        await one.press("1")
        other_marks(one, OPENED, "oppose")
        await one.press(")", "2")
        assert [stances[""] for _, stances in one.stances()] == ["support", "oppose", "oppose"]
        assert "3 marks" in one.bar("status")


async def test_a_library_that_cannot_be_written_can_be_read_and_exported(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk_of(library) as desk:
        marking.annotate(desk, reading.opened(desk, GATE).revision, Span(0, 31), "support")
    monkeypatch.setattr(opening, "writable", lambda path: path != library)
    async with at_reader(library) as person:
        await person.press("j")
        assert person.told.startswith("Read only: ")
        await person.press("x")
        assert person.numbers == [LONG, SCRIPTS, FERRY, GATE]
        assert person.told.startswith(str(library))
        for key in ("m", "*"):
            await person.press("k", "j", key)
            assert "cannot be changed" in person.told
        await person.open(GATE)
        assert "Mayor Ada Quill" in person.text
        (before,) = person.marks()
        for keys in ("2", "x", "u", "*", "m"):
            await person.press("]", *keys)
            assert "cannot be changed" in person.told or "Not undone" in person.told, keys
            assert person.marks() == (before,)
        # Dialogs say it themselves, and keep what was typed.
        for dialog, keys_ in (("Prompt", ("c", "a", "enter")), ("Form", ("enter", "a", "ctrl+s"))):
            await person.press("]", *keys_)
            assert person.dialog == dialog
            assert "cannot be changed" in drawn(person.strips())
            assert person.marks() == (before,)
            await person.press("escape")
            assert person.dialog == ""
        await person.press("e")
        await person.write(str(tmp_path / "out.csv"))
        await person.press("enter")
        await person.until(lambda: "Exported 1 row" in person.told)
        assert "The tide gate opened" in (tmp_path / "out.csv").read_text(encoding="utf-8")
