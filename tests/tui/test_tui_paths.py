"""Paths as people type them in the dialogs."""

from pathlib import Path

import pytest
from pilots import at_reader
from shelf import GATE, LONG

from reader.tui.line import Line

NO_PATHS = ("~nosuchuser/story.txt", "/" + "a" * 300, "/nowhere/" + "b/" * 3000 + "c.txt")


@pytest.mark.parametrize("path", NO_PATHS, ids=["no such user", "long name", "long path"])
async def test_adding_what_cannot_be_a_path_is_told_in_one_line(library: Path, path: str) -> None:
    async with at_reader(library) as person:
        await person.press("a")
        await person.write(path[:4100])
        await person.press("enter")
        await person.until(lambda: person.complaint, "it to be told")
        assert "cannot be a path" in person.complaint
        assert path[:20] in person.complaint
        assert "\n" not in person.complaint
        assert person.library.importing == ""
        # It is there to be mended.
        assert person.app.screen.query_one("#line", Line).value == path[:4100]
        await person.press("escape")
        # And the program goes on.
        await person.press("G")
        assert (person.number, person.told) == (GATE, "")


@pytest.mark.parametrize("path", NO_PATHS, ids=["no such user", "long name", "long path"])
@pytest.mark.parametrize("scope", ["library", "reading"])
async def test_exporting_to_what_cannot_be_a_path_keeps_the_form(
    library: Path, tmp_path: Path, scope: str, path: str
) -> None:
    async with at_reader(library) as person:
        if scope == "reading":
            await person.open(LONG)
        await person.press("e")
        await person.write(path)
        await person.press("enter")
        assert person.dialog == "Form"
        assert "cannot be a path" in person.complaint
        assert person.app.screen.query_one("#error").size.height <= 3
        # The form is still there to be filled in.
        await person.write(str(tmp_path / "out.csv"))
        await person.press("enter")
        await person.until(lambda: "Exported 0 rows" in person.told)
        assert (tmp_path / "out.csv").exists()


async def test_the_tilde_is_the_home_of_who_types_it(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "story.txt").write_text("The boat is late\n\nIt came after noon.\n", encoding="utf-8")
    async with at_reader(library) as person:
        await person.press("a")
        await person.type(" ~/story.txt ")
        await person.press("enter")
        await person.until_told("1 added")
        await person.press("e")
        await person.write("~/out.csv")
        await person.press("enter")
        await person.until(lambda: "Exported 0 rows" in person.told)
        assert (tmp_path / "out.csv").exists()
