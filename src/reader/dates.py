"""Dates as people and pages write them, to ISO 8601 at the precision that is known."""

import re
from datetime import UTC, date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?P<year>[12]\d{3})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = (
    r"(?:[T\s]\s*(?:"
    r"(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})"
    r"|\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?(?:\s*[a-z]{2,5})?"
    r"))?"
)

_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_YEAR}(?:(?P<mark>[-/.])(?P<month>\d{{1,2}})(?:(?P=mark){_DAY}{_TIME})?)?",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d){_TIME}",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR},?{_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR},?{_TIME}",
        rf"{_MONTH},?\s+{_YEAR}",
        rf"(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<other>\d{{1,2}})(?P=mark){_YEAR}",
    )
)


def iso_date(written: str) -> str:
    """What a written date says beyond doubt, or the empty string.

    Known are ISO 8601 and its common looser forms, the dates of mail and HTTP, English month names, and
    day and month in numbers. Nothing is guessed: ``03/04/2023`` says ``2023``, because which number is
    the month is not said, while ``23/04/2023`` says ``2023-04-23``. A time whose zone is not said as an
    offset is left out, since it cannot be told in UTC.

    Returns:
        ``2023``, ``2023-03``, ``2023-03-02`` or, in UTC, ``2023-03-02T09:14:05Z``.
    """
    written = written.strip()
    for pattern in _WRITTEN:
        if match := pattern.fullmatch(written):
            return _iso({name: value for name, value in match.groupdict().items() if value})
    return ""


def _iso(parts: dict[str, str]) -> str:
    year, month, day = int(parts["year"]), _month(parts), int(parts.get("day", 0))
    if "one" in parts:
        one, other = int(parts["one"]), int(parts["other"])
        if one != other and max(one, other) <= 12:
            return parts["year"]
        day, month = max(one, other), min(one, other)
    try:
        known = date(year, month or 1, day or 1).isoformat()
        if "clock" in parts:
            return _in_utc(known, parts["clock"], parts["zone"])
    except (ValueError, OverflowError):  # such as 2023-02-30: nothing of it can be relied on
        return ""
    return known if day else known[:7] if month else known[:4]


def _month(parts: dict[str, str]) -> int:
    if "name" in parts:
        return _MONTHS.index(parts["name"][:3].lower()) + 1
    return int(parts.get("month", 0))


def _in_utc(day: str, clock: str, zone: str) -> str:
    offset = zone if zone[0] in "+-" else "+00:00"
    hours, rest = clock.split(":", 1)
    moment = datetime.fromisoformat(f"{day}T{hours:0>2}:{rest}{offset}")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
