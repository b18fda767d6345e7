"""Targets: the current one, renaming and merging them with everything toward them."""

from reader.desk import Desk
from reader.errors import ConflictError, InputError, NotFoundError
from reader.model import TARGET_KINDS, Target, TargetKind, TargetUse
from reader.text.tidy import one_line

_CURRENT = "target"
"""The name under which a library keeps the id of an annotator's current target."""


def in_use(desk: Desk) -> list[str]:
    """The texts of the targets in use, the one used last first."""
    return [target.text for target in desk.store.targets.in_use()]


def uses(desk: Desk) -> list[TargetUse]:
    """The targets in use with how much is toward each, the one used last first."""
    return desk.store.targets.uses()


def current(desk: Desk) -> Target | None:
    """This annotator's current target in this library; None for the claim as a whole."""
    chosen = desk.store.choices.get(_CURRENT)
    return desk.store.targets.get(chosen) if chosen else None


def choose(desk: Desk, text: str) -> Target | None:
    """Make a target the current one, over a restart too; an empty text is the claim as a whole.

    In a library that is only read nothing is kept, and None is given back.
    """
    if desk.store.read_only:
        return None
    text = one_line(text)
    with desk.store.transaction():
        target = desk.store.targets.made(text) if text else None
        desk.store.choices.set(_CURRENT, target.id if target else "")
    return target


def get(desk: Desk, text: str) -> Target:
    """The target in use with this text.

    Raises:
        NotFoundError: there is none.
    """
    found = next((target for target in desk.store.targets.in_use() if target.text == one_line(text)), None)
    if found is None:
        raise NotFoundError(f"there is no target {text!r}: `reader targets` lists them")
    return found


def rename(desk: Desk, target: Target, text: str, at: str | None = None) -> Target:
    """Give a target another text; every mark's stance toward it follows.

    Args:
        desk: the desk.
        target: the target.
        text: its new text.
        at: the id of the article in which the change is undone; None for none.

    Raises:
        InputError: the text is empty.
        ConflictError: another target has that text; the two can be merged.
    """
    text = one_line(text)
    if not text:
        raise InputError("a target needs a name")
    other = desk.store.targets.find(text)
    if other is not None and other.id != target.id:
        raise ConflictError(f"there is a target {text!r} already: merge the two")
    return desk.store.targets.change(
        target.id, f"renamed the target: {target.text} → {text}", text=text, at=at
    )


def set_kind(desk: Desk, target: Target, kind: TargetKind, at: str | None = None) -> Target:
    """Say what kind of thing a target is; `at` is as for `rename`.

    Raises:
        InputError: there is no such kind.
    """
    if kind not in TARGET_KINDS:
        raise InputError(f"unknown kind {kind!r}: it is one of {', '.join(filter(None, TARGET_KINDS))}")
    what = f"the kind of {target.text}: {target.kind or 'none'} → {kind or 'none'}"
    return desk.store.targets.change(target.id, what, kind=kind, at=at)


def clashes(desk: Desk, target: Target, into: Target) -> int:
    """How many marks have a stance toward each of two targets, and not the same one."""
    return desk.store.targets.clashes(target.id, into.id)


def merge(desk: Desk, target: Target, into: Target, keep: Target | None = None, at: str | None = None) -> int:
    """Turn every stance toward one target toward another, as one change.

    Args:
        desk: the desk.
        target: the target that nothing is toward afterwards.
        into: the target that takes it all.
        keep: which of the two keeps its stance where a mark has different ones toward them; None where
            there is no such mark. Undoing brings back both.
        at: as for `rename`.

    Returns:
        How many marks it changed.

    Raises:
        InputError: the two are one target.
        ConflictError: some mark has different stances toward them, and `keep` does not say which stays.
    """
    if target.id == into.id:
        raise InputError("a target cannot be merged with itself")
    with desk.store.transaction():
        clashing = clashes(desk, target, into)
        if clashing and keep is None:
            marks = "1 mark has" if clashing == 1 else f"{clashing} marks have"
            raise ConflictError(f"{marks} different stances toward the two: say which of them to keep")
        what = f"merged the target {target.text} with {into.text}"
        changed = desk.store.targets.merge(target.id, into.id, what, keep=(keep or into).id, at=at)
        if desk.store.choices.get(_CURRENT) == target.id:
            desk.store.choices.set(_CURRENT, into.id)
        return changed
