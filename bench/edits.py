"""Edits of articles that know where every word went, from a seed: what re-anchoring is measured on."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from bench.articles import SEED, piece
from reader.desk.cleaning import prepare
from reader.desk.starter import starter_files
from reader.importers import load
from reader.model import Incoming, Span

DOCUMENTS = 240
"""How many articles are edited: those that ship with the program, each several times, and generated ones."""
_LENGTHS = (2, 12, 45)
"""Words of the spans that are marked in each of them, about."""

Places = dict[int, Span]
"""Where each word stands, by its number."""


@dataclass(slots=True)
class Word:
    """A word of an article, with the signs that stand at it."""

    number: int
    text: str


Sentence = list[Word]
Paragraph = list[Sentence]


@dataclass(frozen=True, slots=True)
class Case:
    """A marked text and what became of it."""

    old: str
    new: str
    span: Span
    truth: Span | None
    """Where the mark belongs in the new text; None where what was marked is not there any more."""


SCENARIOS = ("update", "word edits", "typography", "deletion", "look-alike")
"""An update: 3 % of the words edited, two paragraphs out, three in, two exchanged. 20 % of the words edited.
Other typography alone. An update that takes the marked words out. The same with a copy of their sentences,
three words of ten exchanged, put elsewhere."""


def cases(scenario: str) -> list[Case]:
    """The cases of one of `SCENARIOS`."""
    made = []
    for number in range(DOCUMENTS):
        for length in _LENGTHS:
            chance = random.Random(f"{SEED} {scenario} {number} {length}")
            made.append(_case(chance, number, length, scenario))
    return made


def edited(text: str, share: float) -> str:
    """A text with so many of its words exchanged for others."""
    chance = random.Random(SEED)
    words = [word if chance.random() >= share else _other_word(chance, word) for word in text.split(" ")]
    return " ".join(words)


def _case(chance: random.Random, number: int, length: int, scenario: str) -> Case:
    names = count()
    paragraphs = [
        [[Word(next(names), word) for word in sentence.split()] for sentence in sentences]
        for sentences in _article(number)
    ]
    old, places = _written(paragraphs)
    marked = _marked(chance, paragraphs, length)
    span = Span(places[marked[0]].start, places[marked[-1]].end)
    if scenario == "typography":
        paragraphs = _set_otherwise(chance, paragraphs)
    elif scenario == "word edits":
        _edit_words(chance, paragraphs, 0.2, names)
    else:
        spared = set(marked)
        if scenario == "look-alike":
            _put_look_alike(chance, paragraphs, spared, names)
        if scenario in ("deletion", "look-alike"):
            paragraphs = _without_sentences(paragraphs, spared)
        _edit_words(chance, paragraphs, 0.03, names)
        paragraphs = _move_paragraphs(chance, paragraphs, spared, names)
    new, places = _written(paragraphs)
    left = [places[word] for word in marked if word in places]
    truth = Span(min(left).start, max(left).end) if left else None
    return Case(old, new, span, truth)


def _written(paragraphs: Sequence[Paragraph]) -> tuple[str, Places]:
    parts: list[str] = []
    places: Places = {}
    length = 0
    for paragraph in paragraphs:
        words = [word for sentence in paragraph for word in sentence]
        if not words:
            continue
        for word in words:
            places[word.number] = Span(length, length + len(word.text))
            length += len(word.text) + 1
        parts.append(" ".join(word.text for word in words))
        length += 1
    return "\n\n".join(parts), places


def _marked(chance: random.Random, paragraphs: Sequence[Paragraph], length: int) -> list[int]:
    """The numbers of the words of a mark: a few words, a sentence, or sentences of one paragraph."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph if len(sentence) >= 4]
    sentence = chance.choice(sentences)
    if length <= 3:
        size = chance.randint(1, 3)
        start = chance.randrange(len(sentence) - size + 1)
        chosen = sentence[start : start + size]
    elif length <= 20:
        chosen = sentence
    else:
        paragraph = next(paragraph for paragraph in paragraphs if sentence in paragraph)
        chosen = [word for each in paragraph for word in each][: 2 * length]
    return [word.number for word in chosen]


def _edit_words(
    chance: random.Random, paragraphs: Sequence[Paragraph], share: float, names: "count[int]"
) -> None:
    """Exchange, put in and take out words; one word of a mark always stays."""
    for paragraph in paragraphs:
        for sentence in paragraph:
            for word in list(sentence):
                if chance.random() >= share:
                    continue
                kind = chance.random()
                if kind < 0.5:
                    word.text = _other_word(chance, word.text)
                elif kind < 0.75:
                    sentence.insert(sentence.index(word), Word(next(names), _other_word(chance, "")))
                elif len(sentence) > 3:
                    sentence.remove(word)


def _other_word(chance: random.Random, word: str) -> str:
    end = re.search(r"[^\w]*$", word)
    return chance.choice(_vocabulary()) + (end.group() if end else "")


def _move_paragraphs(
    chance: random.Random, paragraphs: Sequence[Paragraph], spared: set[int], names: "count[int]"
) -> list[Paragraph]:
    """Take two paragraphs out, though never the marked one, put three in and let two change places."""
    moved = [paragraph for paragraph in paragraphs if paragraph]
    for _ in range(2):
        free = [index for index, paragraph in enumerate(moved) if not spared & _numbers(paragraph)]
        if len(moved) > 4 and free:
            del moved[chance.choice(free)]
    for _ in range(3):
        sentences = chance.choice(_article(10_001 + 4 * chance.randrange(10_000)))
        new = [[Word(next(names), word) for word in sentence.split()] for sentence in sentences]
        moved.insert(chance.randint(0, len(moved)), new)
    one, other = chance.sample(range(len(moved)), 2)
    moved[one], moved[other] = moved[other], moved[one]
    return moved


def _without_sentences(paragraphs: Sequence[Paragraph], marked: set[int]) -> list[Paragraph]:
    kept = [
        [sentence for sentence in paragraph if not marked & {word.number for word in sentence}]
        for paragraph in paragraphs
    ]
    return [paragraph for paragraph in kept if paragraph]


def _put_look_alike(
    chance: random.Random, paragraphs: list[Paragraph], marked: set[int], names: "count[int]"
) -> None:
    """Put a copy of the marked sentences, three words of ten exchanged, in another paragraph."""
    copied = [
        [
            Word(next(names), word.text if chance.random() > 0.3 else _other_word(chance, word.text))
            for word in sentence
        ]
        for paragraph in paragraphs
        for sentence in paragraph
        if marked & {word.number for word in sentence}
    ]
    others = [paragraph for paragraph in paragraphs if not marked & _numbers(paragraph)]
    place = chance.choice(others) if others else paragraphs[0]
    at = chance.randint(0, len(place))
    place[at:at] = copied


def _numbers(paragraph: Paragraph) -> set[int]:
    return {word.number for sentence in paragraph for word in sentence}


_OTHER_SIGNS = {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "—", '"': "”", "'": "’", "-": "‐", "...": "…"}


def _set_otherwise(chance: random.Random, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Other quotation marks and dashes, spaces that do not break, paragraphs cut in two."""
    new: list[Paragraph] = []
    for paragraph in paragraphs:
        for sentence in paragraph:
            for word in sentence:
                for sign, other in _OTHER_SIGNS.items():
                    word.text = word.text.replace(sign, other) if sign in word.text else word.text
        cut = chance.randint(0, len(paragraph))
        new += [part for part in (paragraph[:cut], paragraph[cut:]) if part]
    return new


@cache
def _vocabulary() -> tuple[str, ...]:
    words = {
        word
        for number in range(40)
        for sentences in _article(number)
        for sentence in sentences
        for word in re.findall(r"\w+", sentence)
    }
    return tuple(sorted(words))


@cache
def _article(number: int) -> list[list[str]]:
    """The paragraphs of an article as sentences: of every four one that ships with the program."""
    shipped = _shipped()
    text = shipped[number // 4 % len(shipped)] if number % 4 == 0 else piece(number, 4_000).text
    return [re.split(r"(?<=[.!?”\"]) +(?=[“\"A-Z])", paragraph) for paragraph in text.split("\n\n")]


@cache
def _shipped() -> tuple[str, ...]:
    texts: list[str] = []
    for path in starter_files():
        texts += [prepare(item).canonical.text for item in load(path) if isinstance(item, Incoming)]
    return tuple(texts)
