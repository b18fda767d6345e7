"""The clock and the id source that `desk` is given in the real program."""

import os
import time
from datetime import UTC, datetime


def utc_now() -> str:
    """The time as ISO 8601 in UTC, to the millisecond: ``2026-03-02T09:14:05.123Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


_last = 0


def new_id() -> str:
    """A UUID version 7 (RFC 9562, 5.7), strictly increasing within this process.

    The 12 bits after the milliseconds hold a sub-millisecond fraction (method 3 of section 6.2), so
    that ids made in one transaction sort in the order they were made.
    """
    global _last  # noqa: PLW0603 - monotonicity is a property of the process
    ticks = time.time_ns() * 4096 // 1_000_000
    _last = ticks = max(ticks, _last + 1)
    milliseconds, fraction = divmod(ticks, 4096)
    value = milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
