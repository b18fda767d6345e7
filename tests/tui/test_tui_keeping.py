"""What the program does for the library's safety while somebody reads."""

from pathlib import Path

import pytest
from pilots import at_reader

from reader.store import backups, connection


async def test_the_days_backup_is_taken_beside_the_reading(library: Path) -> None:
    async with at_reader(library) as person:
        await person.library.back_up().wait()
        (taken,) = backups.listed(library)
        assert backups.checked(taken.path)[0] == len(person.library.session.listing)
        await person.library.back_up().wait()
        assert backups.listed(library) == [taken]
        assert person.told == ""


async def test_a_backup_that_fails_is_told_and_reading_goes_on(library: Path) -> None:
    backups.folder(library).write_text("a file where the folder should be")
    async with at_reader(library) as person:
        await person.library.back_up().wait()
        await person.until(lambda: person.told.startswith("Today's backup could not be taken"), "the failure")
        before = person.number
        await person.press("j")
        assert person.number != before


async def test_a_library_on_a_network_file_system_is_told(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "network_file_system", lambda path: "nfs4")
    async with at_reader(library) as person:
        await person.until(lambda: "network file system (nfs4)" in person.told, "the warning")
