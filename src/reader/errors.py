"""What can go wrong, each with one message a person can act on.

A message says what failed, why, and what to do, in one line without a trailing full stop being
required. Only these errors are shown as they are; anything else is a defect and is logged.
"""


class ReaderError(Exception):
    """The root of everything that is told to the user as one line."""


class InputError(ReaderError):
    """A file, a stream or a row could not be taken in."""


class QueryError(ReaderError):
    """A query means nothing.

    Attributes:
        what: what is wrong, without the place.
        query: the whole query as it was typed.
        at: the code point of `query` at which it is wrong, from 0.
    """

    def __init__(self, what: str, query: str, at: int) -> None:
        super().__init__(f"the query cannot be followed at column {at + 1}: {what}")
        self.what = what
        self.query = query
        self.at = at


class SchemeError(ReaderError):
    """A stance scheme is malformed, or a stance code is unknown."""


class SettingsError(ReaderError):
    """The settings file says something that cannot be followed."""


class StoreError(ReaderError):
    """The library file cannot be used as asked."""


class CorruptLibraryError(StoreError):
    """The library file is damaged."""


class ForeignLibraryError(StoreError):
    """The file is not a library of this program."""


class NewerLibraryError(StoreError):
    """The library was written by a newer version of this program than this one can follow."""


class ReadOnlyLibraryError(StoreError):
    """The library can be read but not changed."""


class NotFoundError(ReaderError):
    """An article, an annotation or a quote that was asked for is not there."""


class ConflictError(ReaderError):
    """What was to be changed has been changed by someone else since."""


class ExportError(ReaderError):
    """An export could not be written."""
