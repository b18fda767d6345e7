"""Exporting annotations."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from reader.desk import Desk
from reader.errors import ExportError
from reader.exchange import BY_NAME, Export, Format, Written, proved
from reader.exchange.atomic import atomic_bytes
from reader.exchange.csv import TABLES
from reader.model import ExportRow, Scheme
from reader.schemes import installed

_BOM = b"\xef\xbb\xbf"


def export_rows(
    desk: Desk, numbers: Sequence[int] | None = None, marks: Sequence[int] | None = None
) -> Iterator[ExportRow]:
    """All annotations, or some, each proved to sit where it says.

    Ordered by article id, start, end and annotation id.

    Args:
        desk: the desk.
        numbers: only those of these articles; None for all.
        marks: only those with these keys, as `finding.search_marks` finds them; None for all.

    Raises:
        ExportError: what stands at an annotation's offsets is not its quote.
    """
    return proved(desk.store.annotations.export_rows(numbers, marks))


def export(
    desk: Desk,
    target: BinaryIO | Path,
    form: str = "csv",
    *,
    numbers: Sequence[int] | None = None,
    marks: Sequence[int] | None = None,
    excel: bool = False,
    raw: bool = False,
) -> Written:
    """Write annotations in one of the formats.

    A file is written whole or not at all. The same library gives the same bytes.

    Args:
        desk: the desk.
        target: a path, or a stream for what is one file.
        form: the format's name.
        numbers: the articles whose annotations are wanted; None for all.
        marks: the keys of the annotations that are wanted; None for all.
        excel: CSV only: begin with a byte order mark, without which Excel misreads the encoding.
        raw: CSV only: without the guard against formulas.

    Returns:
        What was written, and what the format has no place for.

    Raises:
        ExportError: the place cannot be written or is the library itself, or an annotation does not sit on
            its quote.
    """
    chosen = BY_NAME[form]
    folder = isinstance(target, Path) and writes_folder(chosen, target)
    replaced = [] if not isinstance(target, Path) else [target, *(target / name for name in TABLES if folder)]
    if any(map(desk.store.owns, replaced)):
        raise ExportError(f"{target}: belongs to the library itself: name another file")
    if not folder and not chosen.suffix:
        raise ExportError(f"{form} is a folder of files: name the folder")
    with desk.store.annotations.snapshot(numbers, marks) as snapshot:
        what = Export(
            rows=proved(snapshot.rows()),
            relations=snapshot.relations(),
            targets=snapshot.targets(),
            schemes=_schemes(desk, snapshot.schemes()),
            whole=snapshot.whole,
            raw=raw,
        )
        if not isinstance(target, Path):
            return _write(chosen, what, target, excel=excel)
        if folder:
            return chosen.write_folder(what, target)
        with atomic_bytes(target) as stream:
            return _write(chosen, what, stream, excel=excel)


def _schemes(desk: Desk, recorded: Sequence[Scheme]) -> list[Scheme]:
    """The schemes that marks were made with, and those that they could be, by name and version."""
    schemes, _ = installed(desk.own_schemes)
    known = {(scheme.name, scheme.version): scheme for scheme in schemes}
    known |= {(scheme.name, scheme.version): scheme for scheme in recorded}
    return [known[key] for key in sorted(known)]


def writes_folder(form: Format, path: Path) -> bool:
    """Whether a path means a folder to this format: it always is one, or one is there and can be filled.

    Raises:
        ExportError: a folder is there, and the format is one file.
    """
    if form.folder and (not form.suffix or path.is_dir()):
        return True
    if path.is_dir():
        raise ExportError(f"{path}: is a folder, and {form.name} is one file: name a file in it")
    return False


def _write(form: Format, what: Export, stream: BinaryIO, *, excel: bool) -> Written:
    if excel:
        stream.write(_BOM)
    return form.write(what, stream)
