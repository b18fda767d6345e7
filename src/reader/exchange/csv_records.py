"""The records of a table in CSV, each with the line it begins on."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from reader.errors import InputError

_FIELD_LIMIT = 64 * 1024 * 1024


def records_of(stream: BinaryIO, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The records of a table in UTF-8, its header too; blank lines and a byte order mark are passed over.

    Raises:
        InputError: the file breaks off or is no CSV, and the line is named; or it is no UTF-8.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    records = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        begins = 1
        for record in records:
            if record:
                yield begins, record
            begins = records.line_num + 1
    except csv.Error as error:
        raise InputError(f"line {records.line_num}: not a row of CSV ({error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason}): save the table as UTF-8") from error
    finally:
        text.detach()
