"""From what was named on the command line to the files it means."""

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from reader.importers.base import origin_of, reason
from reader.model import Problem

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)

_KINDS_TOLD = 5
_AS_TEXT = "save it as text or HTML, then add that"
_ADVICE = {
    ".pdf": f"PDF cannot be read: {_AS_TEXT}",
    ".doc": f"Word documents cannot be read: {_AS_TEXT}",
    ".docx": f"Word documents cannot be read: {_AS_TEXT}",
    ".odt": f"OpenDocument cannot be read: {_AS_TEXT}",
    ".rtf": f"RTF cannot be read: {_AS_TEXT}",
    ".epub": f"EPUB cannot be read: {_AS_TEXT}",
    ".mhtml": "web archives cannot be read: save the page as “HTML only”, then add that",
    ".webarchive": "web archives cannot be read: save the page as “page source”, then add that",
    ".xlsx": "workbooks cannot be read: save the sheet as CSV, then add that",
    ".ods": "workbooks cannot be read: save the sheet as CSV, then add that",
    ".json": "JSON is read one object a line: save it as .jsonl, then add that",
}
_PACKED = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".zst")
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".heic")
_ADVICE |= dict.fromkeys(_PACKED, "a packed file: unpack it, then add what was in it")
_ADVICE |= dict.fromkeys(
    _IMAGES, "an image has no text to mark: save the article's words as text, then add that"
)


def advice(suffix: str, known: Collection[str]) -> str:
    """Why a file with this suffix is not taken in, and what to do."""
    return (
        _ADVICE.get(suffix.lower())
        or f"not a kind of file that is read: known are {', '.join(sorted(known))}"
    )


def is_url(name: str) -> bool:
    """Whether what was named is an address rather than a path; of whatever scheme, which is told later."""
    return _URL.match(name) is not None


def find_files(named: Iterable[str | Path], known: Collection[str]) -> Iterator[Path | Problem]:
    """The files that were named, and those in the folders that were named, folders within them too.

    Of a folder come first its files, then its folders, each in the order of their names' code points. Hidden
    ones are passed over without a word. No symbolic link in it is followed: what one points to inside the
    folder is found anyway, and what lies outside was not named. Links and files of other kinds are told in
    one line for the whole folder.

    Args:
        named: Paths as they were given; a URL among them is a problem of its own.
        known: The suffixes of files that can be taken in, in small letters.

    Yields:
        Absolute paths, or what could not be looked into.
    """
    for name in named:
        path = Path(os.path.abspath(name))  # noqa: PTH100 - without following links, unlike resolve()
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            yield Problem(origin=origin_of(path), message=reason(error))
            continue
        if is_folder:
            yield from _in_folder(path, known)
        elif path.suffix.lower() in known:
            yield path
        else:
            yield Problem(origin=origin_of(path), message=advice(path.suffix, known))


def _in_folder(top: Path, known: Collection[str]) -> Iterator[Path | Problem]:
    found = links = 0
    others: Counter[str] = Counter()
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            entries = _visible_entries(folder)
        except OSError as error:
            yield Problem(origin=origin_of(folder), message=reason(error))
            continue
        inner: list[Path] = []
        for entry in entries:
            path = Path(entry.path)
            if entry.is_symlink():
                links += 1
            elif entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif path.suffix.lower() in known and entry.is_file(follow_symlinks=False):
                found += 1
                yield path
            else:
                others[path.suffix.lower() or "no suffix"] += 1
        folders += reversed(inner)
    if message := _passed_over(others, links):
        yield Problem(origin=origin_of(top), message=message, failed=False)
    elif not found:
        yield Problem(
            origin=origin_of(top), message=f"no file to add in it: known are {', '.join(sorted(known))}"
        )


def _visible_entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(
            (entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name
        )


def _passed_over(others: Counter[str], links: int) -> str:
    told = []
    if count := others.total():
        kinds = ", ".join(f"{kind} {times}" for kind, times in others.most_common(_KINDS_TOLD))
        more = ", …" if len(others) > _KINDS_TOLD else ""
        told.append(f"{count} {'file' if count == 1 else 'files'} of other kinds passed over ({kinds}{more})")
    if links:
        told.append(
            f"{links} symbolic {'link' if links == 1 else 'links'} not followed: name what is to be added"
        )
    return "; ".join(told)
