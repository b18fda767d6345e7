"""What a line to type in holds."""

from pathlib import Path

import pytest
from pilots import Person, at_article, at_reader, drawn
from shelf import FAMILY, GATE, OPENED, Story, fill
from textual import events
from textual.widgets import Input

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
"""A word with a non-joiner between its halves."""
HINDI = "\u0915\u094d\u200d\u0937"
"""Two consonants that a joiner keeps apart."""
JOINED = (PERSIAN, HINDI, FAMILY)


async def enter_text(person: Person, text: str, *, pasted: bool) -> None:
    """Type it, or paste it."""
    if pasted:
        person.app.post_message(events.Paste(text))
        await person.settle()
    else:
        await person.type(text)


@pytest.mark.parametrize("pasted", [False, True], ids=["typed", "pasted"])
@pytest.mark.parametrize("text", JOINED, ids=["Persian", "Hindi", "emoji"])
async def test_joiners_are_kept_in_a_comment(library: Path, text: str, *, pasted: bool) -> None:
    async with at_article(library) as person:
        await person.press("1", "c")
        await enter_text(person, text, pasted=pasted)
        await person.press("enter")
        assert [mark.note for mark in person.marks()] == [text]
        # The form shows the same, and gives it back with what is typed behind it.
        await person.press("enter", "end")
        await enter_text(person, text, pasted=pasted)
        await person.press("ctrl+s")
        assert [mark.note for mark in person.marks()] == [text * 2]


async def test_a_joiner_goes_in_where_the_cursor_stands(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "c")
        await person.type(PERSIAN.replace("\u200c", ""))
        await person.press("home", "right", "right", "\u200c")
        assert person.app.screen.query_one("#line", Input).value == PERSIAN
        await person.press("enter")
        assert [mark.note for mark in person.marks()] == [PERSIAN]
        assert person.stances() == [(OPENED, {"": "support"})]


async def test_joiners_are_kept_in_searches(library: Path) -> None:
    text = f"Nobody said {PERSIAN} aloud."
    fill(library, [Story(text, "A Persian word")])
    async with at_reader(library) as person:
        await person.press("/")
        await person.type(PERSIAN)
        await person.until(lambda: person.numbers == [GATE + 4], "it to be found")
        await person.press("enter", "enter")
        await person.until(lambda: person.place == "reading")
        await person.press("/")
        await person.type(PERSIAN)
        assert person.ahead.startswith(PERSIAN)
        await person.press("enter")


async def test_what_acts_on_a_terminal_is_not_kept_beside_a_joiner(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "c")
        await enter_text(person, f"\x1b[31m{FAMILY}\u202e\u200b", pasted=True)
        shown = drawn(person.strips())
        assert not set("\x1b\u202e\u200b") & set(shown)
        await person.press("enter")
        (note,) = (mark.note for mark in person.marks())
        assert FAMILY in note
        assert not set("\x1b\u202e\u200b") & set(note)
