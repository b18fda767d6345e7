"""Choosing the scheme, and what the labels of every mark mean, whatever scheme they are of."""

from dataclasses import replace

from reader.desk import SCHEME, Desk, find_scheme
from reader.model import Scheme
from reader.schemes import installed


def available(desk: Desk) -> tuple[tuple[Scheme, ...], tuple[str, ...]]:
    """The schemes that can be chosen, and a line for each file that cannot be used.

    Those that are installed, the default first; then those that are not, as the library's marks were last
    made with them.
    """
    schemes, problems = installed(desk.own_schemes)
    names = {scheme.name for scheme in schemes}
    recorded: dict[str, Scheme] = {}
    for scheme in desk.store.schemes.all():
        if scheme.name not in names and scheme.offered:
            recorded.setdefault(scheme.name, scheme)
    return (*schemes, *recorded.values()), problems


def known(desk: Desk) -> tuple[Scheme, ...]:
    """Every scheme in which a label's meaning can be looked up, the best first.

    The desk's own, then those that are installed, then every version that the library's marks were made
    with, by name and the newest first.
    """
    schemes, _ = installed(desk.own_schemes)
    return tuple(dict.fromkeys((desk.scheme, *schemes, *desk.store.schemes.all())))


def choose(desk: Desk, name: str) -> Desk:
    """The same desk with another scheme, which this annotator's next session on this library begins with.

    No mark is changed.

    Raises:
        SchemeError: there is no such scheme, or its file is malformed.
        StoreError: the choice cannot be kept.
    """
    chosen = with_scheme(desk, name)
    if not desk.store.read_only:
        desk.store.choices.set(SCHEME, name)
    return chosen


def with_scheme(desk: Desk, name: str) -> Desk:
    """The same desk with another scheme, for now only.

    Raises:
        SchemeError: there is no such scheme, or its file is malformed.
    """
    return replace(desk, scheme=find_scheme(desk.store, name, desk.own_schemes), notice="")
