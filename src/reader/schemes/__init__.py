"""Stance schemes: each is one TOML file named after the scheme, in this folder or in the user's own.

Of two files with one name the user's counts. What a file holds is described in `reading`.
"""

from pathlib import Path

from reader.errors import SchemeError
from reader.model import Scheme
from reader.schemes.reading import COLOURS, parse_scheme

__all__ = ["COLOURS", "DEFAULT", "installed", "load_scheme", "parse_scheme", "scheme_names"]

DEFAULT = "stance"
"""The scheme of those who have chosen none."""

_FOLDER = Path(__file__).parent


def scheme_names(own: Path | None = None) -> tuple[str, ...]:
    """The names that `load_scheme` knows, the default first, then sorted.

    Args:
        own: the user's folder of schemes, which need not be there.
    """
    names = {path.stem for folder in (_FOLDER, own) if folder for path in folder.glob("*.toml")}
    return tuple(sorted(names, key=lambda name: (name != DEFAULT, name)))


def load_scheme(name: str = DEFAULT, own: Path | None = None) -> Scheme:
    """Read one of the schemes that come with the program, or one of the user's own.

    Raises:
        SchemeError: there is no such scheme, or its file is malformed.
    """
    names = scheme_names(own)
    if name not in names:
        raise SchemeError(f"there is no scheme {name!r}: known are {', '.join(names)}")
    file = f"{name}.toml"
    path = own / file if own and (own / file).exists() else _FOLDER / file
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemeError(f"{path}: cannot be read ({error}): mend or remove it") from error
    scheme = parse_scheme(content, str(path))
    if scheme.name != name:
        raise SchemeError(f"{path}: names itself {scheme.name!r}: the file must be named {scheme.name}.toml")
    return scheme


def installed(own: Path | None = None) -> tuple[tuple[Scheme, ...], tuple[str, ...]]:
    """Every scheme that can be used, and a line for each file that cannot."""
    schemes, problems = [], []
    for name in scheme_names(own):
        try:
            schemes.append(load_scheme(name, own))
        except SchemeError as error:
            problems.append(str(error))
    return tuple(schemes), tuple(problems)
