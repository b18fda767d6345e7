"""The starter library: articles that ship with the program."""

from importlib.resources import files
from pathlib import Path

import reader


def starter_files() -> list[Path]:
    """The starter articles' files, sorted by name.

    In an installed wheel they lie in the package; in an editable checkout they lie at the top of it.
    """
    shipped = Path(str(files(reader) / "seeds"))
    checkout = Path(str(files(reader))).parents[1] / "seeds"
    folder = shipped if shipped.is_dir() else checkout
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
