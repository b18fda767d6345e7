"""Dates as people and pages write them, to ISO 8601 at the precision that is known."""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jän jänner janvier janv enero ene gennaio gen janeiro januari",
            "february feb februar février févr fevrier febrero febbraio fevereiro fev februari",
            "march mar märz maerz mrz mars marzo março maart mrt",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug août aout agosto ago augustus",
            "september sept sep septembre septiembre setiembre settembre sett setembro set",
            "october oct okt oktober octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dez dezember décembre déc diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = (
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|mo|di|mi|do|fr|sa|so"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:lune|marte|mercole|giove|vener)dì|sabato"
    r"|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\.?,?\s+)?"
    r"(?:(?:on|the|am|den|vom|der|le|du|el|il|em|op)\s+)?"
)
_YEAR = r"(?P<year>[12][0-9]{3})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|[.ºª°])?"
_OF = r"(?:(?:of|de|del)\s+)?"
_TIME = (
    r"(?:(?:T|(?:\s*[,|·•–—-])?\s*(?:\b(?:at|um|à|a las?|às|alle|om)\s)?\s*)(?:"
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?\s*"
    r"(?P<zone>Z|(?:UTC|GMT)(?:[+-][0-9]{2}:?[0-9]{2})?|[+-][0-9]{2}(?::?[0-9]{2})?)(?:\s\([\w ]{2,40}\))?"
    r"|[0-9]{1,2}(?:[:.h][0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s*[ap]\.?m\.?)?|\s*[ap]\.?m\.?|\s?h)"
    r"(?:\s*[a-z]{1,5})?"
    r"))?"
)

_WRITTEN = (
    rf"{_YEAR}(?:(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?:(?P=mark){_DAY}{_TIME})?)?",
    rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_TIME}",
    rf"{_WEEKDAY}{_DAY}[\s-]*\b{_OF}{_MONTH},?[\s-]+{_OF}{_YEAR},?{_TIME}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR},?{_TIME}",
    rf"{_MONTH},?\s+{_OF}{_YEAR}",
    rf"{_WEEKDAY}(?P<one>[0-9]{{1,2}})(?P<mark>[-/.])(?P<other>[0-9]{{1,2}})(?P=mark){_YEAR},?{_TIME}",
    rf"{_YEAR}\s?年\s?(?P<month>[0-9]{{1,2}})\s?月(?:\s?(?P<day>[0-9]{{1,2}})\s?日[^0-9\n]{{0,8}}"
    r"(?:[0-9]{1,2}(?::[0-9]{2}|\s?[時时点]\s?(?:[0-9]{1,2}\s?分)?))?)?",
)
_SOME_YEAR = re.compile(r"[12][0-9]{3}")
_LONGEST = 80

_LABEL = re.compile(
    r"(?:first |originally |last )?"
    r"(?:published|posted|updated|date|created|issued|veröffentlicht|publié|publicado)"
    r"(?: (?:on|at))?\s*:?\s+",
    re.IGNORECASE,
)


def iso_date(written: str) -> str:
    """What a written date says beyond doubt, or the empty string.

    Known are ISO 8601 and its common looser forms, the dates of mail and HTTP, the month names of English,
    German, French, Spanish, Italian, Portuguese and Dutch, East Asian dates, and day and month in numbers.
    Nothing is guessed: ``03/04/2023`` says ``2023``, because which number is the month is not said, while
    ``23/04/2023`` says ``2023-04-23``. A time whose zone is not said as an offset is left out, since it
    cannot be told in UTC.

    Returns:
        ``2023``, ``2023-03``, ``2023-03-02`` or, in UTC, ``2023-03-02T09:14:05Z``.
    """
    if len(written) > _LONGEST or not _SOME_YEAR.search(written):
        return ""
    written = unicodedata.normalize("NFC", written.strip())
    for pattern in _WRITTEN:
        if match := _compiled(pattern).fullmatch(written):
            return _iso({name: value for name, value in match.groupdict().items() if value})
    return ""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when it is first needed: the program starts without reading a date."""
    return re.compile(pattern, re.IGNORECASE)


def date_of_line(line: str) -> str:
    """The date, if a line says a full date and but a label, a weekday or a time beside it; else empty."""
    if not _SOME_YEAR.search(line):
        return ""
    line = line.strip()
    value = line[label.end() :] if (label := _LABEL.match(line)) else line
    found = "" if value.isdigit() else iso_date(value)
    return found if len(found) >= len("2023-03-02") else ""


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
        return _MONTHS[parts["name"].lower()]
    return int(parts.get("month", 0))


def _in_utc(day: str, clock: str, zone: str) -> str:
    offset = zone.upper().removeprefix("UTC").removeprefix("GMT").removeprefix("Z") or "+00:00"
    hours, rest = clock.split(":", 1)
    moment = datetime.fromisoformat(f"{day}T{hours:0>2}:{rest}{offset}")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
