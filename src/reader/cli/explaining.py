"""What ``reader clean --explain`` prints of a document: what is not kept, and the rule that said so."""

from reader.desk.cleaning import read_clean
from reader.desk.reading import warnings
from reader.model import Cleaned, Incoming
from reader.text.visible import visible_line

_SHOWN = 72
"""So many code points of a run's text are shown: its beginning and its end."""


def explained(incoming: Incoming) -> str:
    """A head line, then a line for each run: verdict, place, rule, reason and text, parted by tabs.

    A place is the line and column in the page text, from 1, where the run begins.

    Raises:
        InputError: there is no text in it.
    """
    cleaned, canonical = read_clean(incoming)
    kept = {verdict: _letters(cleaned, verdict) for verdict in ("keep", "doubt", "drop")}
    shares = ", ".join(f"{verdict} {letters}" for verdict, letters in kept.items())
    lines = [f"# {incoming.origin}\t{cleaned.cleaner}\tcode points: {shares}"]
    lines += [
        f"# warning\t{warning.told(most=len(warning.evidence))}" for warning in warnings(canonical.text)
    ]
    text, line, at = cleaned.page_text, 1, 0
    for segment in cleaned.segments:
        if segment.rule:
            run = text[segment.start : segment.end]
            start = segment.start + len(run) - len(run.lstrip())
            line += text.count("\n", at, start)
            at = start
            column = start - (text.rfind("\n", 0, start) + 1) + 1
            fields = (segment.verdict, f"{line}:{column}", segment.rule, segment.reason, _shortened(run))
            lines.append("\t".join(fields))
    return "".join(f"{_visible(line)}\n" for line in lines)


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
