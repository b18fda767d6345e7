"""What an import could not take in can be read."""

from pathlib import Path

from journeys import journey
from pilots import at_reader, drawn


@journey("library", "problems")
async def test_what_an_import_could_not_take_in_is_listed(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text("The ferry is late\n\nIt came an hour after noon.\n", encoding="utf-8")
    (folder / "empty\x1b[31m.txt").write_text("")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7")
    (folder / "bad.jsonl").write_text('{"text": \n', encoding="utf-8")
    async with at_reader(library) as person:
        await person.press("!")
        assert person.told == "Nothing was left out"
        await person.press("a")
        await person.type(str(folder))
        await person.press("enter")
        await person.until(lambda: person.told.startswith("1 added, 2 failed"), "the import to be told")
        assert person.told.endswith("! tells why")
        await person.press("!")
        assert person.dialog == "Report"
        shown = drawn(person.strips())
        # Single words: a line may be wrapped between any two, as the folder's name is longer or shorter.
        for word in ("empty␛[31m.txt", "bad.jsonl", "kinds"):
            assert word in shown
        await person.press("q")
        assert person.dialog == ""
