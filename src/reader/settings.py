"""The settings file, the folders, and who the annotator is: the only readers of the environment but `cli`."""

import getpass
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path, user_log_path, user_state_path

from reader.errors import SettingsError
from reader.model import Annotator

APP = "stance-reader"
"""The folder name under the platform's own folders; the distribution's name, since ``reader`` is others'."""

MEASURES = range(20, 201)
_SECTIONS = {
    "annotator": {"name"},
    "look": {"theme", "measure"},
    "scheme": {"name"},
    "fetch": {"allow_private"},
    "keys": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the settings file says; every field has the value it has without one."""

    path: Path
    """Where the settings file is, or would be."""
    annotator: str = ""
    """``[annotator] name``: who marks; empty for the account's name."""
    theme: str = ""
    """``[look] theme``; empty for the one chosen last, else the default."""
    measure: int = 72
    """``[look] measure``: the widest line of an article, in cells."""
    scheme: str = ""
    """``[scheme] name``: the stance scheme of libraries in which none was chosen; empty for the default."""
    allow_private: bool = False
    """``[fetch] allow_private``: whether addresses that are none of the public internet may be fetched."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """``[keys]``: command id to the keys that replace its own. Ids and keys are checked by the TUI."""


def config_dir() -> Path:
    """The folder of the settings file and of the annotator's id (``READER_CONFIG_DIR`` overrides it)."""
    return Path(os.environ.get("READER_CONFIG_DIR") or user_config_path(APP, appauthor=False))


def schemes_dir() -> Path:
    """The folder of the user's own stance schemes, beside the settings file; it need not be there."""
    return config_dir() / "schemes"


def state_dir() -> Path:
    """The folder of what is remembered between sessions (``READER_CONFIG_DIR`` overrides it too)."""
    return Path(os.environ.get("READER_CONFIG_DIR") or user_state_path(APP, appauthor=False))


def log_path() -> Path:
    """The log file (in the folder that ``READER_CONFIG_DIR`` names, where it is set)."""
    folder = os.environ.get("READER_CONFIG_DIR") or user_log_path(APP, appauthor=False)
    return Path(folder) / "reader.log"


def library_path(option: str | None = None) -> Path:
    """The library file: the command line's, else ``READER_LIBRARY``, else the user's data folder's."""
    named = option or os.environ.get("READER_LIBRARY")
    return Path(named).expanduser() if named else user_data_path(APP, appauthor=False) / "library.db"


def no_color() -> bool:
    """Whether the person wants no colour at all (``NO_COLOR`` set and not empty, see no-color.org)."""
    return bool(os.environ.get("NO_COLOR"))


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings file; a missing one means the defaults.

    Raises:
        SettingsError: the file is not TOML, or has a section, a name or a value that means nothing.
    """
    path = path or config_dir() / "settings.toml"
    try:
        written = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(path=path)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read ({error}): mend or remove it") from error
    # Most people have no settings file; the first paint does not wait for a parser that it needs not.
    import tomllib

    try:
        content = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: cannot be read as TOML ({error}): mend or remove it") from error
    _refuse_unknown(path, content)
    look = content.get("look", {})
    return Settings(
        path=path,
        annotator=_text(path, content.get("annotator", {}).get("name", ""), "annotator.name"),
        theme=_text(path, look.get("theme", ""), "look.theme"),
        measure=_measure(path, look.get("measure", 72)),
        scheme=_text(path, content.get("scheme", {}).get("name", ""), "scheme.name"),
        allow_private=_flag(
            path, content.get("fetch", {}).get("allow_private", False), "fetch.allow_private"
        ),
        keys={name: _keys(path, name, keys) for name, keys in content.get("keys", {}).items()},
    )


def _refuse_unknown(path: Path, content: Mapping[str, Any]) -> None:
    for section, names in content.items():
        if section not in _SECTIONS:
            known = ", ".join(f"[{known}]" for known in _SECTIONS)
            raise SettingsError(f"{path}: unknown section [{section}]: the sections are {known}")
        if not isinstance(names, dict):
            raise SettingsError(f"{path}: {section} must be a section, as in [{section}]")
        allowed = _SECTIONS[section]
        for name in names if allowed is not None else ():
            if allowed is not None and name not in allowed:
                raise SettingsError(
                    f"{path}: unknown setting {section}.{name}: known are {', '.join(sorted(allowed))}"
                )


def _text(path: Path, value: object, name: str) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{path}: {name} must be text in quotes, not {value!r}")
    return value.strip()


def _flag(path: Path, value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"{path}: {name} must be true or false, not {value!r}")
    return value


def _measure(path: Path, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in MEASURES:
        raise SettingsError(
            f"{path}: look.measure must be a whole number from {MEASURES[0]} to {MEASURES[-1]}, not {value!r}"
        )
    return value


def _keys(path: Path, name: str, value: object) -> tuple[str, ...]:
    keys = [value] if isinstance(value, str) else value
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
        raise SettingsError(f"{path}: keys.{name} must be a key or a list of keys, not {value!r}")
    return tuple(keys)


def annotator(settings: Settings, new_id: Callable[[], str]) -> Annotator:
    """Who marks: the name from the settings or the account, with an id made once per user.

    An id that can be neither read nor kept is derived from the name, so that marks made in two sessions are
    still one person's.
    """
    try:
        name = settings.annotator or getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = settings.annotator or "annotator"
    try:
        own = _own_id(config_dir() / "annotator-id", new_id)
    except (OSError, UnicodeDecodeError):
        own = f"name:{name}"
    return Annotator(id=own, name=name)


def _own_id(path: Path, new_id: Callable[[], str]) -> str:
    known = _kept_id(path)
    if known:
        return known
    with _whole_file(path.parent, new_id() + "\n") as part:
        try:
            # Unlike a rename, a link never takes the place of the id that another first start has just kept.
            path.hardlink_to(part)
        except OSError:
            # That, or an empty file, as a full disk leaves it, or a file system without links.
            if not _kept_id(path):
                part.replace(path)
    return _kept_id(path)


def _kept_id(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


@contextmanager
def _whole_file(folder: Path, content: str) -> Iterator[Path]:
    """A file with this content that is whole on the disk; it goes unless it is given another name."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def remembered() -> dict[str, str]:
    """The small choices kept between sessions (theme, CSV for Excel); empty where nothing is kept."""
    try:
        content = json.loads((state_dir() / "state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in content.items()} if isinstance(content, dict) else {}


def remember(name: str, value: str) -> None:
    """Keep one small choice for later sessions.

    Nothing is kept in a folder that cannot be written to, nor of a name that is not UTF-8.
    """
    folder = state_dir()
    content = json.dumps(remembered() | {name: value}, ensure_ascii=False, indent=1)
    with suppress(OSError, UnicodeEncodeError), _whole_file(folder, content) as part:
        part.replace(folder / "state.json")
