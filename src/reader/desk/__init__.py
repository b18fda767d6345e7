"""The use-cases, one module a family; each function takes the `Desk` first."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from reader.errors import SchemeError
from reader.model import Annotator, Scheme
from reader.schemes import DEFAULT, load_scheme, scheme_names
from reader.store import PATIENCE, Store, open_store

SCHEME = "scheme"
"""The name under which a library keeps the scheme that an annotator chose."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every use-case works with: an open library and the scheme that marks are made in.

    A context manager that closes the library. Like the store's connection it belongs to the thread
    that opened it.
    """

    store: Store
    scheme: Scheme
    """The scheme that new stances are of."""
    own_schemes: Path | None = None
    """The user's folder of schemes."""
    notice: str = ""
    """What is to be told about how the desk was opened; empty where all is as it was left."""

    def close(self) -> None:
        """Close the library."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_desk(
    library: Path,
    *,
    annotator: Annotator,
    clock: Callable[[], str],
    new_id: Callable[[], str],
    create: bool = True,
    patience: float = PATIENCE,
    scheme: str = "",
    own_schemes: Path | None = None,
) -> Desk:
    """Open a library to work on it.

    Args:
        library: the library file; made, with its folder, where it is missing.
        annotator: who marks.
        clock: gives the time as ISO 8601 in UTC.
        new_id: gives a fresh id.
        create: whether a missing library is made.
        patience: the seconds a change waits where another program is writing; then it fails.
        scheme: the scheme where none was chosen in this library; empty for the default.
        own_schemes: the user's folder of schemes.

    Raises:
        StoreError: the file cannot be used; the subclass says why.
        NotFoundError: it is missing and `create` is False.
        SchemeError: `scheme` is none that can be used.
    """
    store = open_store(
        library, annotator=annotator, clock=clock, new_id=new_id, create=create, patience=patience
    )
    try:
        return _with_scheme(store, scheme, own_schemes)
    except BaseException:
        store.close()
        raise


def _with_scheme(store: Store, default: str, own: Path | None) -> Desk:
    """A desk with the scheme chosen last; where that cannot be used any more, the default and a notice."""
    chosen, notice = store.choices.get(SCHEME), ""
    if chosen:
        try:
            return Desk(store, find_scheme(store, chosen, own), own)
        except SchemeError as error:
            notice = str(error)
    return Desk(store, load_scheme(default or DEFAULT, own), own, notice)


def find_scheme(store: Store, name: str, own: Path | None) -> Scheme:
    """A scheme by its name: from its file, else as the library's marks were last made with it.

    Raises:
        SchemeError: neither is there, or the file is malformed.
    """
    if name not in scheme_names(own):
        recorded = next((scheme for scheme in store.schemes.all() if scheme.name == name), None)
        if recorded is not None and recorded.offered:
            return recorded
    return load_scheme(name, own)
