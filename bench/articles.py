"""Makes news that nobody wrote: the same for the same seed, in every size that is measured.

The sentences are built from word lists of our own. They read like news to a tokeniser, a sentence splitter
and a line breaker, which is all they are for.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

SEED = 20260302

COMMON_WORD = "minister"
"""Stands in more than half of all articles."""
RARE_WORD = "bathyscaphe"
"""Stands in one article of a thousand."""

_SOURCES = ("The Harbour Post", "Northern Wire", "Channel Nine", "Valley Courier", "Metro Dispatch")
_AUTHORS = ("Ines Okafor", "Tom Lindqvist", "Rae Delgado", "Yusuf Brandt", "")
_WHO = (
    "the minister", "the city council", "a spokeswoman for the port", "Dr. Halloran", "the rail union",
    "an independent auditor", "the opposition", "the health agency", "a former judge", "the grid operator",
    "Mr. Vance", "the housing board", "three residents", "the regional court", "the fisheries office",
)  # fmt: skip
_SAID = (
    "said", "denied", "insisted", "told reporters", "warned", "conceded", "wrote", "maintained", "confirmed",
    "testified", "questioned whether it was true", "repeated",
)  # fmt: skip
_SUBJECTS = (
    "the new bridge", "last year’s budget", "the desalination plant", "a tax on empty flats",
    "the storm barrier", "the vaccine programme", "the night train", "the border treaty", "the water tariff",
    "the school merger", "an inquiry into the fire", "the harbour expansion", "the census",
    "a ban on deep trawling",
)  # fmt: skip
_CLAIMS = (
    "would cost 4.2 million more than planned", "had been finished in time", "was never put to a vote",
    "saved at least 300 jobs", "broke the law of 1998", "cut emissions by a third", "is safe for children",
    "had failed two inspections", "doubled the waiting times", "was paid for by the U.S. embassy",
    "will open on Jan. 6", "has no backing in the villages", "made rents rise by 11 percent",
    "came too late for the harvest", "rests on a single measurement",
)  # fmt: skip
_TAILS = (
    "", "", "", " at a hearing on Tuesday", " in a letter seen by this newspaper",
    ", according to the minutes", ", and no one in the room objected", " – a point the report does not make",
    ", after weeks of silence", " before the vote", " for the second time this month",
)  # fmt: skip
_QUOTES = (
    "“We have nothing to hide”", "“That is simply not so”", "“Ask them for the figures”",
    "“It was a mistake”", "“Nobody told us anything”", "“I stand by every word”",
)  # fmt: skip

_WIDE_WORDS = (
    "政府", "部长", "港口", "预算", "大桥", "居民", "法院", "铁路", "工会", "审计", "报告", "否认",
    "证实", "表示", "成本", "投票", "学校", "合并", "疫苗", "安全", "市長", "会議", "発表した", "という",
    "調査", "漁業", "電力会社", "水道料金", "の", "は", "が", "을", "정부는", "밝혔다", "주민들",
)  # fmt: skip
_PICTURES = ("🌊", "🚆", "👩‍👩‍👧‍👦", "👍🏽", "🇳🇴", "⚠️", "🗳️", "👩🏾‍⚕️", "🔥")

_FIRST_DAY = datetime(2015, 1, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """One invented article."""

    title: str
    url: str
    source: str
    author: str
    published: str
    """ISO 8601, UTC."""
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs with an empty line between them."""
        return "\n\n".join(self.paragraphs)


def piece(number: int, size: int = 1300) -> Piece:
    """The invented article with this number, of at least `size` characters, the same at every call."""
    chance = random.Random(SEED * 1_000_003 + number)
    subject, claim = chance.choice(_SUBJECTS), chance.choice(_CLAIMS)
    paragraphs = _paragraphs(chance, size)
    if number % 1000 == 777:
        paragraphs[-1] += f" The {RARE_WORD} was seen once, far from the shore."
    day = _FIRST_DAY + timedelta(minutes=number * 50 + chance.randrange(50_000))
    return Piece(
        title=f"{subject[0].upper()}{subject[1:]} {claim} (No. {number})",
        url=f"https://news.example/{number}",
        source=chance.choice(_SOURCES),
        author=chance.choice(_AUTHORS),
        published=day.strftime("%Y-%m-%dT%H:%M:%SZ"),
        paragraphs=tuple(paragraphs),
    )


def latin(size: int) -> str:
    """Paragraphs of news prose, of at least `size` bytes in UTF-8 and at most one paragraph more."""
    chance = random.Random(SEED)
    return _of_size(size, lambda: " ".join(chance.choices(_sentences(), k=chance.randint(2, 6))))


def wide(size: int) -> str:
    """As `latin`, in Chinese, Japanese and Korean words with an emoji in two sentences of five."""
    chance = random.Random(SEED)

    def sentence() -> str:
        words = "".join(chance.choices(_WIDE_WORDS, k=chance.randint(6, 14)))
        return words + (chance.choice(_PICTURES) if chance.random() < 0.4 else "") + "。"

    return _of_size(size, lambda: "".join(sentence() for _ in range(chance.randint(2, 6))))


def _of_size(size: int, paragraph: Callable[[], str]) -> str:
    paragraphs: list[str] = []
    while size > 0:
        paragraphs.append(paragraph())
        size -= len(paragraphs[-1].encode()) + 2
    return "\n\n".join(paragraphs)


def _paragraphs(chance: random.Random, size: int) -> list[str]:
    paragraphs: list[str] = []
    while size > 0:
        paragraphs.append(" ".join(chance.choices(_sentences(), k=chance.randint(2, 6))))
        size -= len(paragraphs[-1]) + 2
    return paragraphs


@cache
def _sentences() -> tuple[str, ...]:
    """Sentences to draw from: making each of millions anew would take longer than what is measured."""
    chance = random.Random(SEED)
    return tuple(_sentence(chance) for _ in range(5000))


def _sentence(chance: random.Random) -> str:
    who, said, subject = chance.choice(_WHO), chance.choice(_SAID), chance.choice(_SUBJECTS)
    claim, tail = chance.choice(_CLAIMS), chance.choice(_TAILS)
    if chance.random() < 0.2:
        return f"{chance.choice(_QUOTES)}, {who} {said}, when asked whether {subject} {claim}{tail}."
    return f"{who[0].upper()}{who[1:]} {said} that {subject} {claim}{tail}."
