"""What ``reader clean --explain`` prints of a document: what is not kept, and the rule that said so."""

from typing import TYPE_CHECKING

from reader.desk.cleaning import read_clean
from reader.desk.reading import warnings
from reader.model import Cleaned, Incoming
from reader.text.visible import visible_line

if TYPE_CHECKING:
    from reader.clean.page.explained import BlockVote

_SHOWN = 72
"""So many code points of a run's text are shown: its beginning and its end."""


def explained(incoming: Incoming) -> str:
    """A head line, then a line for each run: verdict, place, rule, reason and text, parted by tabs.

    Below a run of a page stands a line for each of its blocks: ``vote``, place, how likely it is the
    article's (0 to 1), the extractors that say so, what counted most, and text. A place is the line and
    column in the page text, from 1.

    Raises:
        InputError: there is no text in it.
    """
    cleaned, canonical = read_clean(incoming)
    kept = {verdict: _letters(cleaned, verdict) for verdict in ("keep", "doubt", "drop")}
    shares = ", ".join(f"{verdict} {letters}" for verdict, letters in kept.items())
    head = [f"# {incoming.origin}\t{cleaned.cleaner}\tcode points: {shares}"]
    head += [f"# warning\t{warning.told(most=len(warning.evidence))}" for warning in warnings(canonical.text)]
    text = cleaned.page_text
    told: list[tuple[int, int, tuple[str, ...]]] = [
        (segment.start, 0, (segment.verdict, segment.rule, segment.reason, text[segment.start : segment.end]))
        for segment in cleaned.segments
        if segment.rule
    ]
    told += [(vote.start, 1, _vote(vote, text)) for vote in _votes(incoming)]
    lines, line, at = head, 1, 0
    for start, _, (what, *fields, run) in sorted(told):
        first = start + len(run) - len(run.lstrip())
        line += text.count("\n", at, first)
        at = first
        column = first - (text.rfind("\n", 0, first) + 1) + 1
        lines.append("\t".join((what, f"{line}:{column}", *fields, _shortened(run))))
    return "".join(f"{_visible(line)}\n" for line in lines)


def _votes(incoming: Incoming) -> "tuple[BlockVote, ...]":
    if incoming.media != "html" or incoming.fragment:
        return ()
    from reader.clean.page.explained import block_votes

    return block_votes(incoming)


def _vote(vote: "BlockVote", text: str) -> tuple[str, ...]:
    counted = " ".join(f"{weight:+.1f} {name}" for name, weight in vote.features)
    return (
        "vote",
        f"{vote.likely:.2f}",
        "+".join(vote.extractors) or "-",
        counted,
        text[vote.start : vote.end],
    )


def _letters(cleaned: Cleaned, verdict: str) -> int:
    return sum(segment.end - segment.start for segment in cleaned.segments if segment.verdict == verdict)


def _shortened(run: str) -> str:
    words = " ".join(run.split())
    if len(words) <= _SHOWN:
        return words
    half = _SHOWN // 2
    return f"{words[:half].rstrip()} … {words[-half:].lstrip()}"


def _visible(line: str) -> str:
    return "\t".join(visible_line(field) for field in line.split("\t"))
