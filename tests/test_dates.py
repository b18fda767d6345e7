from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.dates import date_of_line, iso_date


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2023", "2023"),
        ("2023-03", "2023-03"),
        ("2023-03-02", "2023-03-02"),
        ("2023/3/2", "2023-03-02"),
        ("2023.03.02", "2023-03-02"),
        ("20230302", "2023-03-02"),
        (" 2023-03-02T09:14:05Z ", "2023-03-02T09:14:05Z"),
        ("2023-03-02T09:14Z", "2023-03-02T09:14:00Z"),
        ("2023-03-02T23:30:00.250-05:00", "2023-03-03T04:30:00Z"),
        ("2023-03-02 09:14:05 +0530", "2023-03-02T03:44:05Z"),
        ("20230302T09:14:05Z", "2023-03-02T09:14:05Z"),
        ("Thu, 02 Mar 2023 09:14:05 GMT", "2023-03-02T09:14:05Z"),
        ("Thu, 2 Mar 2023 09:14:05 -0800", "2023-03-02T17:14:05Z"),
        ("2 March 2023", "2023-03-02"),
        ("2nd of March, 2023", "2023-03-02"),
        ("02-Mar-2023", "2023-03-02"),
        ("March 2, 2023", "2023-03-02"),
        ("Thursday, Sept. 7 2023", "2023-09-07"),
        ("May 2023", "2023-05"),
        ("23/04/2023", "2023-04-23"),
        ("04/23/2023", "2023-04-23"),
        ("05.05.2023", "2023-05-05"),
        ("2.2.2023", "2023-02-02"),
        ("25/12/2023 14:30", "2023-12-25"),
        ("2023-03-02T09:14:05.123+05:30", "2023-03-02T03:44:05Z"),
        ("2023-03-02 09:14 UTC", "2023-03-02T09:14:00Z"),
        ("2023-03-02 09:14:05+01", "2023-03-02T08:14:05Z"),
        ("Thu Mar 02 2023 09:14:05 GMT+0100 (Central European Standard Time)", "2023-03-02T08:14:05Z"),
        ("Sept. 4th, 2023", "2023-09-04"),
        ("March 2, 2023 at 9 p.m.", "2023-03-02"),
        ("2. März 2023", "2023-03-02"),
        ("Donnerstag, 2. MÄRZ 2023, 14:30 Uhr", "2023-03-02"),
        ("le 2 février 2023", "2023-02-02"),
        ("le 2 fe\u0301vrier 2023", "2023-02-02"),
        ("jeudi 1er juin 2023 à 14h30", "2023-06-01"),
        ("2 de marzo de 2023", "2023-03-02"),
        ("jueves, 2 de marzo del 2023", "2023-03-02"),
        ("quinta-feira, 2 de março de 2023", "2023-03-02"),
        ("giovedì 2 marzo 2023", "2023-03-02"),
        ("donderdag 2 maart 2023", "2023-03-02"),
        ("marzo de 2023", "2023-03"),
        ("2023年3月2日", "2023-03-02"),
        ("2023年3月2日 10時30分", "2023-03-02"),
        ("2023年3月", "2023-03"),
    ],
)
def test_what_is_said_beyond_doubt_is_kept(written: str, known: str) -> None:
    assert iso_date(written) == known


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("03/04/2023", "2023"),  # the third of April or the fourth of March
        ("2023-03-02T09:14:05", "2023-03-02"),  # nine o'clock somewhere
        ("2 March 2023, 21:04", "2023-03-02"),
        ("March 2, 2023 9:14 p.m. ET", "2023-03-02"),
        ("2023-03-02 09:14:05 EST", "2023-03-02"),
        ("2023-03-02 9:14 PM GMT", "2023-03-02"),
        ("02/03/23", ""),
        ("2023-02-30", ""),
        ("31/31/2023", ""),
        ("2023-13", ""),
        ("0000-01-01", ""),
        ("2023-03-02T25:00Z", ""),
        ("9999-12-31T23:59:59-12:00", ""),
        ("yesterday", ""),
        ("Updated 2 hours ago", ""),
        ("1677748445", ""),
        ("", ""),
        ("٢٠٢٣", ""),
        ("2023-03-02 or so", ""),
        ("the 40th day of 2023", ""),
        ("2023年13月2日", ""),
        ("March 2, 2023 was a cold day", ""),
        (f"2023-03-02{' ' * 80}.", ""),
    ],
)
def test_what_is_in_doubt_is_left_out(written: str, known: str) -> None:
    assert iso_date(written) == known


_ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


_FROM, _TO = datetime(1001, 1, 1), datetime(2999, 12, 30)  # noqa: DTZ001 - hypothesis wants bounds without a zone


@given(st.datetimes(_FROM, _TO, timezones=_ZONES))
def test_an_iso_time_is_the_same_moment_in_utc(moment: datetime) -> None:
    utc = moment.astimezone(UTC).replace(microsecond=0)
    assert iso_date(moment.isoformat()) == utc.isoformat().replace("+00:00", "Z")


@given(st.one_of(st.text(max_size=30), st.from_regex(r"[0-9/.:TZ+ -]{0,30}", fullmatch=True)))
def test_any_text_gives_a_date_that_reads_back_as_itself_or_nothing(written: str) -> None:
    known = iso_date(written)
    assert known == "" or iso_date(known) == known


@given(st.text(max_size=90))
def test_a_line_that_is_a_date_reads_back_as_one(line: str) -> None:
    known = date_of_line(line)
    assert known == "" or date_of_line(known) == known


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("March 2, 2023", "2023-03-02"),
        ("Published: Thursday, 2 March 2023, 9:14 a.m. EST", "2023-03-02"),
        ("Updated on March 2, 2023", "2023-03-02"),
        ("Veröffentlicht am 2. März 2023", "2023-03-02"),
        ("Publié le 2 mars 2023", "2023-03-02"),
        ("2023-03-02", "2023-03-02"),
        ("On March 2, 2023 the road was closed.", ""),
        ("March 2, 2023 was a cold day", ""),
        ("2023", ""),
        ("March 2023", ""),
        ("20230302", ""),
        ("03/04/2023", ""),
    ],
)
def test_a_date_line_is_a_full_date_and_nothing_else(line: str, known: str) -> None:
    assert date_of_line(line) == known
