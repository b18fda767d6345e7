"""Libraries for the tests of the screens, and an environment that nobody else's settings reach."""

import shutil
import webbrowser
from pathlib import Path

import pytest
from shelf import MANY, SMALL, fill, mark


@pytest.fixture(autouse=True)
def settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the user's settings."""
    folder = tmp_path / "settings"
    folder.mkdir()
    monkeypatch.setenv("READER_CONFIG_DIR", str(folder))
    for name in ("NO_COLOR", "READER_LIBRARY", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session")
def _shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelves")
    fill(folder / "small.db", SMALL)
    fill(folder / "many.db", MANY)
    return folder


@pytest.fixture
def library(tmp_path: Path, _shelves: Path) -> Path:
    """A library of four articles."""
    return Path(shutil.copy(_shelves / "small.db", tmp_path / "library.db"))


@pytest.fixture
def marked(library: Path) -> Path:
    """The same with marks in three of them, toward two targets."""
    mark(library)
    return library


@pytest.fixture
def many(tmp_path: Path, _shelves: Path) -> Path:
    """A library of seventy articles."""
    return Path(shutil.copy(_shelves / "many.db", tmp_path / "many.db"))


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are opened in the browser, which is none."""
    opened: list[str] = []

    class Recorder(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            del new, autoraise
            opened.append(url)
            return True

    monkeypatch.setattr("webbrowser.get", Recorder)
    return opened
