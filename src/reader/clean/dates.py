"""Dates as news writes them, to ISO 8601 at the precision that is known and not one digit more."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari",
            "february feb februar février fevrier febrero febbraio fevereiro februari",
            "march mar märz maerz mars marzo março maart",
            "april apr avril abril aprile",
            "may mai mayo maggio maio mei",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août aout agosto augustus",
            "september sept sep septembre septiembre settembre setembro",
            "october oct okt oktober octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dez dezember décembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(
    r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)?)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?({_MONTH})\b\.?,?\s+(?:de\s+)?(\d{{4}})\b",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(rf"\b({_MONTH})\b\.?,?\s+(\d{{4}})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\b")
_EAST_ASIAN = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")

_LABEL = re.compile(
    r"^(?:(?:first |originally |last )?"
    r"(?:published|posted|updated|date|created|issued|veröffentlicht|publié|publicado)"
    r"(?: (?:on|at|am|le|el))?\s*:?\s+"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)+",
    re.IGNORECASE,
)
_TIME = (
    r"(?:[,|·•–—-]|\bat\b|\s)*"
    r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)?"
    r"\s*(?:[A-Z]{2,5}|[+-]\d{4})?"
)
_AFTER = re.compile(_TIME + r"\s*$", re.IGNORECASE)


def parse_date(text: str) -> str:
    """The date that `text` is, or empty.

    Args:
        text: what should be a date: ``2 March 2023``, ``2023-03-02T09:14:05+05:30``, one of RFC 2822.

    Returns:
        ``2023``, ``2023-03``, ``2023-03-02``, or with a time of day and zone that are both known
        ``2023-03-02T03:44:05Z``. Of ``03/02/2023``, which means two days, only the year is known.
    """
    text = text.strip()
    if not text or len(text) > 80:
        return ""
    if match := _ISO.fullmatch(text):
        return _from_iso(match)
    if re.match(r"[A-Za-z]{3}, \d", text) and (found := _from_mail(text)):
        return found
    for pattern, order in ((_MONTH_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1)), (_EAST_ASIAN, (1, 2, 3))):
        if match := pattern.search(text):
            year, month, day = (match[group] for group in order)
            return _valid(int(year), _month(month), int(day) if day else 0)
    if match := _NUMBERS.search(text):
        return _from_numbers(int(match[1]), int(match[3]), match[4], len(match[1]))
    if match := _MONTH_ONLY.fullmatch(text):
        return _valid(int(match[2]), _month(match[1]), 0)
    if match := re.match(r"\d{4}-\d{2}-\d{2}\b", text):
        return parse_date(match[0])
    return ""


def date_of_line(line: str) -> str:
    """The date, if the line says a full date and but a label, a weekday or a time beside it; else empty."""
    line = line.strip()
    if not 8 <= len(line) <= 60:
        return ""
    value = _LABEL.sub("", line)
    if _ISO.fullmatch(value):
        return parse_date(value) if len(value) >= 10 else ""
    for pattern in (_MONTH_FIRST, _DAY_FIRST, _EAST_ASIAN):
        match = pattern.match(value)
        if match and _AFTER.fullmatch(value, match.end()):
            return parse_date(match[0])
    return ""


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS[name.lower()]


def _valid(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day or 1)
    except ValueError:
        return ""
    if not 1600 <= year <= 2200:
        return ""
    return found.isoformat() if day else f"{year:04}-{month:02}"


def _from_iso(match: re.Match[str]) -> str:
    year, month, day, hour, minute, second, zone = match.groups()
    if not month:
        return year if 1600 <= int(year) <= 2200 else ""
    known = _valid(int(year), int(month), int(day) if day else 0)
    if not known or not hour or not zone:
        # Without its zone a time of day is not a moment.
        return known
    offset = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone
    try:
        moment = datetime.fromisoformat(f"{known}T{int(hour):02}:{minute}:{second or '00'}{offset}")
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return known


def _from_mail(text: str) -> str:
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            return moment.date().isoformat()
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _from_numbers(first: int, second: int, last: str, digits: int) -> str:
    if digits == 4:
        return _valid(first, second, int(last)) if len(last) <= 2 else ""
    if len(last) != 4 or digits > 2:
        return ""
    year = int(last)
    if first > 12:
        return _valid(year, second, first)
    if second > 12 or first == second:
        return _valid(year, first, second)
    return str(year) if 1600 <= year <= 2200 else ""
