"""Tags, on marks and on articles alike."""

from collections.abc import Iterable

from reader.errors import InputError
from reader.text.tidy import one_line


def checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The same, each in one line, in NFC and once.

    Raises:
        InputError: one of them holds a character that parts tags in lists and in exports.
    """
    tidy = tuple(dict.fromkeys(tag for tag in map(one_line, tags) if tag))
    if any("|" in tag or "," in tag for tag in tidy):
        raise InputError("a tag cannot hold the character | or a comma, which part tags: make two of it")
    return tidy
