"""The use-cases, one module a family; each function takes the `Desk` first."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from reader.model import Annotator, Scheme
from reader.schemes import load_scheme
from reader.store import PATIENCE, Store, open_store


@dataclass(frozen=True, slots=True)
class Desk:
    """What every use-case works with: an open library and the scheme that marks are made in.

    A context manager that closes the library. Like the store's connection it belongs to the thread
    that opened it.
    """

    store: Store
    scheme: Scheme

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
) -> Desk:
    """Open a library to work on it.

    Args:
        library: the library file; made, with its folder, where it is missing.
        annotator: who marks.
        clock: gives the time as ISO 8601 in UTC.
        new_id: gives a fresh id.
        create: whether a missing library is made.
        patience: the seconds a change waits where another program is writing; then it fails.

    Raises:
        StoreError: the file cannot be used; the subclass says why.
        NotFoundError: it is missing and `create` is False.
    """
    store = open_store(
        library, annotator=annotator, clock=clock, new_id=new_id, create=create, patience=patience
    )
    return Desk(store, load_scheme())
