"""Choosing the scheme: the bar, the keys, the help and the marks follow, and no stored mark changes."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import at_article, at_reader, drawn
from shelf import OPENED, SAFE, UNSURE
from textual.widgets import Static

from reader.schemes import COLOURS
from reader.tui.themes import STANCE_DEFAULTS, THEMES

OWN = """name = "mine"
version = 1

[[label]]
key = "1"
code = "fine"
name = "fine [b]"
symbol = "f"
colour = "mixed"
definition = "calls it [red]fine"
"""


@journey("reading", "scheme")
async def test_the_bar_the_keys_and_the_help_follow_the_scheme(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "S")
        assert person.dialog == "SchemeChooser"
        labels = person.app.screen.query_one("#labels", Static)
        assert "denies it, rejects it" in str(labels.render())
        await person.press("down", "down")
        assert "4 ~ unrelated  the text is about another matter" in str(labels.render())
        await person.press("down", "enter")
        assert "New stances are of the scheme rumour" in person.told
        assert "2− deny" in person.bar("stances")
        await person.press(")", "2", ")", "5")
        assert person.told == "The scheme has no stance 5"
        assert person.stances() == [(OPENED, {"": "support"}), (SAFE, {"": "deny"})]
        assert [mark.stances[0].scheme for mark in person.marks()] == ["stance", "rumour"]
        await person.press("?")
        shown = drawn(person.strips())
        assert "Stances of the scheme rumour" in shown
        assert "says or implies that the rumour is false" in shown


@journey("library", "scheme")
async def test_the_choice_is_there_again_in_the_next_session(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("S", "end", "enter")
        assert "New stances are of the scheme verdict" in person.told
    async with at_article(library) as person:
        assert "3? not enough evidence" in person.bar("stances")
        await person.press("S", "escape")
        assert "3? not enough evidence" in person.bar("stances")


async def test_marks_of_other_schemes_keep_their_own_labels(library: Path, settings_folder: Path) -> None:
    """Also after their scheme's file is gone: the library says what they mean."""
    own = settings_folder / "schemes"
    own.mkdir()
    (own / "mine.toml").write_text(OWN)
    async with at_article(library) as person:
        await person.press("S", "down", "down", "down", "enter", "1", "S", "home", "enter", ")", "2")
    (own / "mine.toml").unlink()
    async with at_article(library) as person:
        marks = person.page.marks
        assert [marks.symbol(index) for index in (0, 1)] == ["f", "−"]
        person.put(OPENED)
        assert person.told.startswith("f fine [b]")
        colours = person.app.session.codebook.colours
        assert [colours[marks.labels[index]] for index in (0, 1)] == ["mixed", "oppose"]
        # In its details it stands beside the labels of the present scheme, and is left alone.
        before = person.marks()
        await person.press("enter")
        assert "f fine [b] (mine)" in drawn(person.strips())
        await person.press("ctrl+s")
        assert person.marks() == before
        # It can be chosen again, as the library knows it.
        await person.press("S")
        await person.press("end", "enter", ")", ")", "1")
        assert (UNSURE, {"": "fine"}) in person.stances()


async def test_a_mark_of_a_scheme_that_nothing_is_known_of_shows_its_code(library: Path) -> None:
    from dataclasses import replace

    from reader.desk import marking
    from reader.model import Stance

    async with at_article(library) as person:
        await person.press("1")
        (mark,) = person.marks()
        person.witness.store.annotations.save(
            replace(marking.change(person.witness, mark, note="n"), stances=(Stance("", "lost", "code-x"),)),
            "changed",
        )
        await person.press("j", "k", "]")
        assert person.told.startswith("▪ code-x")


async def test_a_scheme_file_that_cannot_be_used_is_named_in_the_dialog(
    library: Path, settings_folder: Path
) -> None:
    own = settings_folder / "schemes"
    own.mkdir()
    (own / "mine.toml").write_text(OWN)
    async with at_reader(library) as person:
        await person.press("S", "down", "down", "down", "enter")
        (own / "mine.toml").write_text(OWN.replace('"fine"', '"none"'))
        await person.press("S")
        assert "mine.toml:6: the code 'none'" in person.complaint
        await person.press("escape")
    async with at_reader(library) as person:
        assert "mine.toml:6: the code 'none'" in person.told
        assert "new stances are of the default scheme" in person.told


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
def test_every_theme_defines_the_colours_that_a_label_may_have(theme: str) -> None:
    variables = next(known.variables for known in THEMES if known.name == theme)
    assert set(variables) >= {f"stance-{colour}" for colour in COLOURS}
    assert set(STANCE_DEFAULTS) == {f"stance-{colour}" for colour in COLOURS}
