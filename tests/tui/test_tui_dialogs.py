"""Help, the palette, the themes, the export dialog, suspending."""

import csv
from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, at_reader, drawn
from shelf import FERRY, GATE, OPENED
from textual.containers import VerticalScroll
from textual.widgets import Static

from reader.settings import remembered
from reader.tui.commands import COMMANDS, SCREENS, Screen
from reader.tui.themes import THEMES


def help_text(person: Person) -> str:
    return str(person.app.screen.query_one(VerticalScroll).query_one(Static).render())


@journey("library", "help")
async def test_help_lists_every_command_and_stance_in_the_library(library: Path) -> None:
    async with at_reader(library) as person:
        for key, leave in (("?", "q"), ("f1", "escape")):
            await person.press(key)
            assert person.dialog == "Help"
            text = help_text(person)
            for command in COMMANDS:
                assert command.title in text
                assert command.id in text
                assert person.app.session.keys.shown(command.id) in text
            for label in person.app.session.desk.scheme.labels:
                assert label.definition in text
            await person.press(leave)
            assert person.dialog == ""


@journey("reading", "help")
async def test_help_scrolls_and_leaves_the_article_as_it_was(library: Path) -> None:
    async with at_article(library, size=(80, 24)) as person:
        await person.press("1", "v", "w")
        selected = person.selected
        await person.press("?")
        first = drawn(person.strips()[-24:])
        await person.press("j", "j", "j", "down")
        await person.until(lambda: drawn(person.strips()[-24:]) != first, "the help to scroll")
        await person.press("1", "x", "q")
        assert person.dialog == ""
        assert person.selected == selected
        assert person.stances() == [(OPENED, {"": "support"})]
        await person.press("f1", "ctrl+c")
        assert person.dialog == ""
        assert person.selected == selected


@pytest.mark.parametrize("scope", ["library", "reading"])
async def test_the_palette_carries_commands_out(library: Path, scope: Screen) -> None:
    async with at_reader(library) as person:
        if scope == "reading":
            await person.open(GATE)
        for key in (":", "ctrl+p"):
            await person.press(key)
            await person.until(lambda: person.dialog == "CommandPalette")
            listed = {
                command.title for command in person.app.get_system_commands(person.app.screen_stack[-2])
            }
            expected = {
                command.title
                for command in COMMANDS
                if scope in SCREENS[command.scope]
                and command.id != "palette"
                and not command.id.startswith("stance-")
            }
            assert expected <= listed
            await person.press("escape")
            await person.until(lambda: person.dialog == "")
        await person.press(":")
        await person.type("Stance: Oppose" if scope == "reading" else "Star or unstar")
        palette = person.app.screen
        await person.until(lambda: palette.query("CommandList").first().has_class("--populating") is False)
        await person.until(lambda: drawn(person.strips()).count("\n") > 3)
        await person.press("enter")
        await person.until(lambda: person.dialog == "", "the palette to close")
        if scope == "reading":
            await person.until(lambda: person.stances() == [(OPENED, {"": "oppose"})])
        else:
            await person.until(lambda: person.witness.store.articles.get(4).starred)


@journey("reading", "palette")
async def test_the_palette_opens_in_an_article(library: Path) -> None:
    async with at_article(library) as person:
        for key in (":", "ctrl+p"):
            await person.press(key)
            await person.until(lambda: person.dialog == "CommandPalette")
            await person.press("escape")
            await person.until(lambda: person.dialog == "")


@journey("library", "palette")
async def test_the_palette_opens_in_the_library(library: Path) -> None:
    async with at_reader(library) as person:
        for key in (":", "ctrl+p"):
            await person.press(key)
            await person.until(lambda: person.dialog == "CommandPalette")
            await person.press("escape")
            await person.until(lambda: person.dialog == "")


def colours(person: Person) -> set[str]:
    """The background colours that are drawn."""
    return {
        segment.style.bgcolor.name
        for strip in person.strips()
        for segment in strip
        if segment.style is not None and segment.style.bgcolor is not None
    }


@journey("library", "theme")
async def test_the_themes_in_the_library(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("ctrl+t")
        assert person.dialog
        await person.press("escape")
        await person.until(lambda: person.dialog == "")
        assert len(THEMES) >= 4
        assert any(not theme.dark for theme in THEMES)
        for theme in THEMES:
            person.app.theme = theme.name
            await person.settle()
            assert colours(person) & {other.background for other in THEMES} == {theme.background}
        assert remembered()["theme"] == THEMES[-1].name
    async with at_reader(library) as person:
        assert person.app.theme == THEMES[-1].name


@journey("reading", "theme")
async def test_another_theme_repaints_the_article_and_its_marks(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "ctrl+t")
        assert person.dialog
        await person.type("reader-light")
        await person.press("enter")
        await person.until(lambda: person.app.theme == "reader-light", "the theme to be chosen")
        await person.until(lambda: person.dialog == "")
        light = next(theme for theme in THEMES if theme.name == "reader-light")
        dark = next(theme for theme in THEMES if theme.name == "reader-dark")
        await person.until(lambda: light.background in colours(person))
        assert dark.background not in colours(person)
        await person.press("q")
        await person.until(lambda: light.background in colours(person))
        assert dark.background not in colours(person)


async def mark_both(person: Person) -> None:
    for number in (GATE, FERRY):
        await person.open(number)
        await person.press("1", "q")


@journey("library", "export")
async def test_exporting_all_or_one(library: Path, tmp_path: Path) -> None:
    async with at_reader(library) as person:
        await mark_both(person)
        out = tmp_path / "out.csv"
        await person.press("e")
        await person.write(str(out))
        await person.press("enter")
        await person.until(lambda: person.told == f"Exported 2 rows to {out}")
        content = out.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
        assert {row["quote"] for row in rows} == {OPENED, "The ferry makes its last crossing in March."}
        assert {row["stance"] for row in rows} == {"support"}
        # The same file again: it asks; no leaves it, yes replaces it. The folder is remembered.
        out.write_text("kept")
        for answer, told in (("n", "Not exported"), ("y", f"Exported 1 row to {out}")):
            await person.press("e")
            await person.write(str(out))
            await person.choose("what", "end")
            await person.go_to_field("path")
            await person.press("enter")
            assert person.dialog == "Confirm"
            assert out.read_text() == "kept"
            await person.press(answer)
            await person.until_told(told)
        (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
        assert row["article_title"] == "The ferry stops"


@journey("reading", "export")
async def test_exporting_for_excel_is_remembered(library: Path, tmp_path: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "e")
        await person.write(str(tmp_path / "one.csv"))
        await person.choose("excel", "down")
        await person.press("ctrl+s")
        await person.until(lambda: "Exported 1 row" in person.told)
        assert (tmp_path / "one.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        await person.press("e")
        await person.write(str(tmp_path / "two.csv"))
        await person.press("enter")
        await person.until(lambda: "two.csv" in person.told and "Exported" in person.told)
        assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()
        await person.press("e", "escape")
        assert person.dialog == ""


async def test_an_export_that_cannot_be_written_is_told(library: Path, tmp_path: Path) -> None:
    async with at_article(library) as person:
        for path in (tmp_path / "nowhere" / "out.csv", library / "out.csv"):
            await person.press("e")
            await person.write(str(path))
            await person.press("enter")
            if person.dialog == "Confirm":
                await person.press("y")
            await person.until(lambda: person.dialog == "" and person.told and "…" not in person.told)
            assert "Exported " not in person.told
            await person.press("j", "k")


async def test_the_format_is_chosen_and_the_name_follows(library: Path, tmp_path: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "e")
        await person.write(str(tmp_path / "out.csv"))
        await person.choose("format", "down")
        await person.go_to_field("path")
        await person.press("enter")
        await person.until(lambda: "Exported 1 mark to" in person.told)
        lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
        assert '"record":"library"' in lines[0]
        # It is offered the next time; what a format cannot hold is told before what was done.
        await person.press("e")
        await person.write(str(tmp_path / "brat"))
        await person.choose("format", "down", "down")
        await person.press("ctrl+s")
        await person.until(lambda: "Exported 1 mark to" in person.told)
        assert person.told.startswith("brat has no place for ")
        assert (tmp_path / "brat" / "annotation.conf").exists()


async def test_a_folder_that_a_format_cannot_fill_keeps_the_form(library: Path, tmp_path: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "e")
        await person.write(str(tmp_path))
        await person.choose("format", "down")
        await person.go_to_field("path")
        await person.press("enter")
        assert person.dialog == "Form"
        assert "is one file: name a file in it" in person.complaint


@pytest.mark.parametrize("scope", ["library", "reading"])
async def test_what_is_found_can_be_exported_alone(library: Path, tmp_path: Path, scope: str) -> None:
    out = tmp_path / "found.csv"
    async with at_reader(library) as person:
        await mark_both(person)
        if scope == "library":
            await person.press("/")
            await person.type("petition")
            await person.until(lambda: person.numbers == [FERRY])
            await person.press("enter", "e")
        else:
            await person.open(FERRY)
            await person.press("e")
        await person.write(str(out))
        if scope == "reading":
            await person.choose("what", "end")
        await person.go_to_field("path")
        await person.press("enter")
        await person.until(lambda: "Exported 1 row" in person.told)
        (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
        assert row["article_title"] == "The ferry stops"


async def test_a_query_about_marks_chooses_the_marks_and_the_next_choice_all_of_the_articles(
    library: Path, tmp_path: Path
) -> None:
    out = tmp_path / "found.csv"
    async with at_article(library) as person:
        await person.press("1", ")", "2", "q", "/")
        await person.type("stance:opp")
        await person.until(lambda: person.numbers == [])
        await person.type("ose")
        await person.until(lambda: len(person.numbers) == 1)
        await person.press("enter")
        for further, stances in ((0, ["oppose"]), (1, ["support", "oppose"]), (2, ["support", "oppose"])):
            out.unlink(missing_ok=True)
            await person.press("e")
            await person.write(str(out))
            await person.choose("what", *["down"] * further)
            await person.go_to_field("path")
            await person.press("enter")
            await person.until(lambda stances=stances: f"Exported {len(stances)} row" in person.told)  # type: ignore[misc]
            rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
            assert [row["stance"] for row in rows] == stances


@journey("library", "suspend")
async def test_suspending_from_the_library(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_reader(library) as person:
        suspended: list[bool] = []
        monkeypatch.setattr(person.app, "action_suspend_process", lambda: suspended.append(True))
        await person.press("ctrl+z")
        assert suspended == [True]


@journey("reading", "suspend")
async def test_suspending_from_an_article(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_article(library) as person:
        suspended: list[bool] = []
        monkeypatch.setattr(person.app, "action_suspend_process", lambda: suspended.append(True))
        await person.press("ctrl+z")
        assert suspended == [True]
