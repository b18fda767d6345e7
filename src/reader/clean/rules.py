"""The cleaning rules: data in ``rules/*.toml``, compiled once.

One file is one class of junk (or of lines that are to be kept whatever else says). A file::

    class = "form"
    reason = "comment form"          # what a reader is told

    [[rule]]
    id = "leave-a-reply"             # this rule is called form.leave-a-reply
    where = "line"
    patterns = ['leave a (?:reply|comment)']
    drops = ["Leave a Reply"]        # tested: each of these is caught by this rule
    keeps = ["Leave a reply for her, he said."]   # tested: none of these is

Patterns are written in lower case and ignore it, but for what stands in ``(?-i:…)``. ``where`` says what a
pattern must match:

- ``line``: a whole line, wherever it stands;
- ``head``, ``tail``: a whole line before the first, or after the last line of prose;
- ``sentence``: one or more whole sentences, also in the middle of a line;
- ``anywhere``: any place at all;
- ``thread``: a whole line, where `reader.clean.plain.threads` looks for readers' comments;
- ``cue``: a word or two in a line of prose, several of which make it an offer of the page's;
- ``notice``: the title, a heading or a sentence of a page that holds next to no text;
- ``element``: an element of a page, or one it stands in, written ``tag class-and-id-words``.

``verdict`` is ``drop`` unless the rule says ``doubt`` (kept, dimmed) or ``keep``; a one-word label among
prose is only doubted, unless the rule says ``drop`` itself. ``needs`` is a literal, in lower case, without
which an ``anywhere`` rule cannot match. A rule with ``words`` instead of patterns gives words of unsolicited
advertising, which `reader.clean.plain.spam` weighs; one with ``where = "function"`` gives the function words
of the language that it is called by.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from reader.model import Verdict

Where: TypeAlias = Literal[
    "line", "head", "tail", "sentence", "anywhere", "words", "function", "thread", "cue", "element", "notice"
]

_EDGES = " \t\u00a0|•·*»«›‹→←–—>#_=~-"
"""What may stand around the words of a label without changing it."""


_REMEMBERED = 1000
"""Lines that a matcher remembers."""


class Rule(NamedTuple):
    """One rule, with the examples that prove it."""

    id: str
    where: Where
    verdict: Verdict
    sure: bool
    """Whether the file says the verdict itself; without it a one-word label among prose is only doubted."""
    reason: str
    needs: str
    """In lower case, what a text must hold for an ``anywhere`` rule to be tried at all; for speed alone."""
    patterns: tuple[str, ...]
    words: tuple[str, ...]
    weight: float
    """What each of the words counts in a run of advertising."""
    drops: tuple[str, ...]
    keeps: tuple[str, ...]

    @property
    def minds_case(self) -> bool:
        """Whether some part of it is not to ignore case."""
        return any("(?-i:" in pattern for pattern in self.patterns)


class Found(NamedTuple):
    """A stretch of text that a rule matches."""

    start: int
    end: int
    rule: Rule


class Matcher:
    """Several rules as one regular expression; the first rule in the files' order wins."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = rules
        self._seen: dict[str, Rule | None] = {}
        """What the last lines were found to be: a text is judged again after something was dropped."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Compiled when it is first asked, as are the others: a plain text never asks about elements."""
        return self._compiled(range(len(self._rules)), re.IGNORECASE)

    @cached_property
    def _folded(self) -> re.Pattern[str]:
        """The rules that ignore case throughout, for lines in lower case: asked in half the time."""
        return self._compiled([at for at, rule in enumerate(self._rules) if not rule.minds_case])

    @cached_property
    def _cased(self) -> re.Pattern[str]:
        """The rules that mind it somewhere."""
        return self._compiled([at for at, rule in enumerate(self._rules) if rule.minds_case], re.IGNORECASE)

    def _compiled(self, those: Sequence[int], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
        alternatives = (f"(?P<r{at}>{'|'.join(self._rules[at].patterns)})" for at in those)
        return re.compile("|".join(alternatives) or r"(?!)", flags)

    def whole(self, line: str) -> Rule | None:
        """The rule that matches the whole line without the ornaments at its edges, or None."""
        if line not in self._seen:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[line] = self._whole(line)
        return self._seen[line]

    def _whole(self, line: str) -> Rule | None:
        bare = line.strip(_EDGES)
        # What marks a form's required field is an ornament anywhere else.
        for shown in (bare, f"{bare} *") if line.endswith("*") else (bare,):
            found = self._folded.fullmatch(shown.lower()), self._cased.fullmatch(shown)
            if matches := [match for match in found if match]:
                return self._rules[min(map(_place, matches))]
        return None

    def at(self, text: str, start: int, end: int) -> Found | None:
        """What a rule matches from `start` on, not beyond `end`."""
        match = self._pattern.match(text, start, end)
        return Found(match.start(), match.end(), self._rule(match)) if match and match.end() > start else None

    def anywhere(self, text: str, start: int, end: int) -> Iterator[Found]:
        """All that the rules match between two offsets, in order."""
        for match in self._pattern.finditer(text, start, end):
            if match.end() > match.start():
                yield Found(match.start(), match.end(), self._rule(match))

    def _rule(self, match: re.Match[str]) -> Rule:
        return self._rules[_place(match)]


def _place(match: re.Match[str]) -> int:
    """The place of the rule that matched among its matcher's."""
    return int((match.lastgroup or "r0")[1:])


class Ruleset(NamedTuple):
    """All rules, ready to be asked."""

    all: tuple[Rule, ...]
    kept: Matcher
    line: Matcher
    head: Matcher
    tail: Matcher
    sentence: Matcher
    anywhere: tuple[tuple[str, Matcher], ...]
    """What a text must hold, and the rule that is then tried."""
    thread: Matcher
    cue: Matcher
    element: Matcher
    notice: Matcher
    words: dict[str, Rule]
    """A word of advertising, in lower case, and the rule that lists it."""
    function: dict[str, frozenset[str]]
    """A function word, in lower case, and the languages that it is one of."""


@cache
def ruleset() -> Ruleset:
    """The rules of this package, read and compiled at the first call.

    Raises:
        ValueError: when a rule file is malformed; a defect, not something a user did.
    """
    rules = tuple(
        rule
        for path in sorted(Path(__file__).with_name("rules").glob("*.toml"))
        for rule in _parsed(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    )

    def those(where: Where, *, kept: bool = False) -> list[Rule]:
        return [rule for rule in rules if rule.where == where and (rule.verdict == "keep") == kept]

    return Ruleset(
        all=rules,
        kept=Matcher(those("line", kept=True)),
        line=Matcher(those("line")),
        head=Matcher(those("head")),
        tail=Matcher(those("tail")),
        sentence=Matcher(those("sentence")),
        anywhere=tuple((rule.needs, Matcher([rule])) for rule in those("anywhere")),
        thread=Matcher(those("thread")),
        cue=Matcher(those("cue")),
        element=Matcher(those("element")),
        notice=Matcher(those("notice")),
        words={word: rule for rule in those("words") for word in rule.words},
        function=_by_word(those("function")),
    )


def _by_word(rules: list[Rule]) -> dict[str, frozenset[str]]:
    languages: dict[str, set[str]] = {}
    for rule in rules:
        for word in rule.words:
            languages.setdefault(word, set()).add(rule.id.partition(".")[2])
    return {word: frozenset(those) for word, those in languages.items()}


def _parsed(content: dict[str, Any], name: str) -> Iterator[Rule]:
    for table in content["rule"]:
        where = table.get("where", "words")
        verdict = table.get("verdict", "drop")
        if where not in get_args(Where) or verdict not in get_args(Verdict):
            raise ValueError(f"{name}: rule {table['id']}: unknown place {where!r} or verdict {verdict!r}")
        if not (table.get("drops") or table.get("keeps")) or not (
            table.get("patterns") or table.get("words")
        ):
            raise ValueError(f"{name}: rule {table['id']}: it needs patterns or words, and an example")
        yield Rule(
            id=f"{content['class']}.{table['id']}",
            where=where,
            verdict=verdict,
            sure="verdict" in table,
            reason=table.get("reason", content["reason"]),
            needs=table.get("needs", ""),
            patterns=tuple(table.get("patterns", ())),
            words=tuple(word.lower() for word in table.get("words", ())),
            weight=float(table.get("weight", 2.5)),
            drops=tuple(table.get("drops", ())),
            keeps=tuple(table.get("keeps", ())),
        )
