"""slate's files read: ``story.txt.annotations`` beside ``story.txt``.

A line is one item: one or several places, a hyphen, labels parted by spaces. A place is a line, a token of it
and a character of that, each counted from 0, the last ones included: ``((3, 5), (3, 8)) - label:a``
(https://github.com/jkkummerfeld/slate). slate itself runs these lines as Python; here they are only read.
"""

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from reader.errors import InputError
from reader.exchange.items import Item, Items, Mark, Reference, foreign_id, lines_of, quoted
from reader.model import Annotation, Annotator, Span, Stance
from reader.text.spans import quote_of

SUFFIX = ".annotations"

_LINK = "it links two places, and a mark is of one: slate's links are not taken in"
_LONGEST = 1000
"""Characters of the places of an item; two of them take a tenth of it."""
_PLACES = re.compile(r"[\d\s,()\[\]]*")


def read(stream: BinaryIO, path: Path) -> Items:
    """Read every item, in the text file that the annotations are of.

    Raises:
        InputError: that file is not there or no text.
    """
    if path.suffix != SUFFIX:
        raise InputError(f"slate's annotations are named after their text: story.txt{SUFFIX}")
    source = path.with_suffix("")
    try:
        raw = source.read_bytes()
        text = raw.decode().replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise InputError(f"{source}: the text beside it cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{source}: the text beside it is not UTF-8") from error
    article = Reference(title=source.name, raw=raw)
    digest, tokens = sha256(raw).hexdigest(), _tokens(text)
    for number, line in lines_of(stream):
        where = f"line {number}"
        try:
            yield Item(where, _mark(article, digest, text, tokens, line.strip()))
        except InputError as error:
            yield Item(where, str(error))


def _tokens(text: str) -> list[list[Span]]:
    """Where the tokens of each line stand in the text."""
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append([Span(at + token.start(), at + token.end()) for token in re.finditer(r"\S+", line)])
        at += len(line) + 1
    return lines


def _mark(article: Reference, digest: str, text: str, tokens: Sequence[Sequence[Span]], line: str) -> Mark:
    places, hyphen, labels = line.partition("-")
    if not hyphen:
        raise InputError(f"not an item of slate's: {line[:80]!r}")
    first, last = _ends(places.strip())
    start, end = _range(tokens, first).start, _range(tokens, last).end
    if end <= start:
        raise InputError("it ends before it starts")
    names = [label.removeprefix("label:") for label in labels.split()]
    annotation = Annotation(
        id=foreign_id("slate", digest, start, end, *names),
        article_id="",
        annotator=Annotator(id="", name=""),
        anchor=quoted(*quote_of(text, Span(start, end))),
        # The first that is a stance is one; the library makes tags of the others.
        stances=tuple(Stance(target="", scheme="", code=name) for name in names),
    )
    return Mark(article, annotation)


def _ends(places: str) -> tuple[list[int], list[int]]:
    """The first and the last place of an item: a line, a token, a character, as far as they are said."""
    wrong = InputError(f"not an item of slate's: {places[:80]!r}")
    if len(places) > _LONGEST or not _PLACES.fullmatch(places):
        raise wrong
    if places.startswith(("(", "[")):
        # A tuple of one has a comma after it.
        written = re.sub(r",\s*\)", "]", places).replace("(", "[").replace(")", "]")
    else:
        written = f"[{places}]" if places else ""
        if " " in places:
            raise InputError(_LINK)
    try:
        found = json.loads(written)
    except ValueError as error:
        raise wrong from error
    if places.startswith("["):
        if len(found) > 1:
            raise InputError(_LINK)
        found = found[0] if found else []
    if isinstance(found, int):
        return [found], [found]
    ends = found if found and all(isinstance(end, list) for end in found) else [found, found]
    if len(ends) != 2 or not all(isinstance(number, int) for end in ends for number in end):
        raise wrong
    return ends[0], ends[1]


def _range(tokens: Sequence[Sequence[Span]], place: Sequence[int]) -> Span:
    """The characters of a line, a token or a character; the whole text where nothing is said."""
    try:
        if not place:
            spans = [span for line in tokens for span in line]
            return Span(spans[0].start, spans[-1].end)
        line = tokens[place[0]]
        if len(place) == 1:
            return Span(line[0].start, line[-1].end)
        token = line[place[1]]
        if len(place) == 2:
            return token
        if len(place) > 3 or place[2] >= token.end - token.start:
            raise IndexError
        return Span(token.start + place[2], token.start + place[2] + 1)
    except IndexError as error:
        raise InputError(f"there is no place {tuple(place)} in the text beside it") from error
