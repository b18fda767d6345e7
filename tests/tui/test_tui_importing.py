"""Importing marks in the library screen."""

from pathlib import Path

from journeys import journey
from pilots import at_reader
from shelf import GATE, OPENED, desk_of

from reader.desk import marking, reading
from reader.desk.exporting import export
from reader.desk.importing import import_marks
from reader.model import Span


def exported(library: Path, target: Path) -> None:
    """A mark that was exported and then deleted."""
    with desk_of(library) as desk:
        opened = reading.opened(desk, GATE)
        start = opened.revision.canonical.text.index(OPENED)
        mark = marking.annotate(desk, opened.revision, Span(start, start + len(OPENED)), "support")
        export(desk, target)
        marking.delete(desk, mark)


@journey("library", "import-marks")
async def test_marks_are_imported_and_undone_as_one(library: Path, tmp_path: Path) -> None:
    exported(library, tmp_path / "marks.csv")
    async with at_reader(library) as person:
        await person.press("I")
        await person.type(str(tmp_path / "marks.csv"))
        await person.press("enter")
        await person.until_told("CSV of this program: 1 added")
        await person.open(GATE)
        assert [quote for quote, _ in person.stances()] == [OPENED]
        await person.press("q", "u")
        assert person.told == "Undone: unread"  # opening the article was the newest change
        await person.press("u")
        assert person.told == "Undone: imported marks.csv"
        await person.press("I", "escape")
        assert person.dialog == ""


async def test_what_fails_is_listed_and_nothing_is_taken_in(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    exported(library, path)
    path.write_bytes(path.read_bytes().replace(b",support,", b",No Code,"))
    async with at_reader(library) as person:
        await person.press("I")
        await person.type(str(path))
        await person.press("enter")
        await person.until(lambda: "nothing was taken in (1 failed)" in person.told)
        await person.press("!")
        assert person.dialog == "Report"


async def test_a_file_that_is_nothing_known_is_told(library: Path, tmp_path: Path) -> None:
    (tmp_path / "prose.txt").write_text("Some prose.", encoding="utf-8")
    async with at_reader(library) as person:
        for path, told in (
            (tmp_path / "prose.txt", "no format of"),
            (tmp_path, "cannot be read"),
        ):
            await person.press("I")
            await person.type(str(path))
            await person.press("enter")
            await person.until(lambda told=told: told in person.told)  # type: ignore[misc]
            await person.press("j", "k")


async def test_a_mark_without_a_place_can_be_walked_over(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    exported(library, path)
    path.write_bytes(path.read_bytes().replace(f",{OPENED},".encode(), b",Nobody ever said this.,"))
    with desk_of(library) as desk:
        import_marks(desk, path)
    async with at_reader(library) as person:
        await person.open(GATE)
        for key in ("]", "tab", "[", "j", "G", "1", "u"):
            await person.press(key)
        assert "Mayor Ada Quill" in person.text
