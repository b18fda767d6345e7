"""What the finder and the proposals are worth on labelled sentences: never less than this."""

import pytest

from bench.claims.labelled import HELD_OUT, TUNED, documents
from bench.claims.scoring import any_said, attributed, every_sentence, ours, score
from reader.claims.found import Kind
from reader.text.sentences import sentences

FLOORS: dict[Kind | None, tuple[float, float]] = {
    None: (0.95, 0.93),
    "statement": (0.95, 0.9),
    "quote": (0.85, 0.93),
    "figure": (0.88, 0.9),
    "forecast": (0.75, 0.8),
    "denial": (0.85, 0.8),
}
"""Precision and recall by kind on the sentences that were held out."""


@pytest.mark.parametrize("kind", FLOORS)
def test_claims_are_found_in_sentences_that_were_held_out(kind: Kind | None) -> None:
    precision, recall = FLOORS[kind]
    found = score(documents(HELD_OUT), ours, kind)
    assert found.precision >= precision
    assert found.recall >= recall


@pytest.mark.parametrize("kind", FLOORS)
@pytest.mark.parametrize("baseline", [every_sentence, any_said])
def test_next_to_nothing_does_worse(kind: Kind | None, baseline: type) -> None:
    held_out = documents(HELD_OUT)
    assert score(held_out, ours, kind).f1 > score(held_out, baseline, kind).f1 + 0.1


def test_holders_and_voices_are_proposed_in_sentences_that_were_held_out() -> None:
    one = attributed(documents(HELD_OUT))
    assert one.exact >= 0.78 * one.held
    assert one.partial >= 0.86 * one.held
    assert one.wrong <= 0.05 * one.sentences
    assert one.voices >= 0.92 * one.sentences


def test_what_the_rules_were_made_on_is_found() -> None:
    tuned = documents(TUNED)
    assert score(tuned, ours, None).f1 >= 0.98
    one = attributed(tuned)
    assert one.exact >= 0.95 * one.held
    assert one.voices >= 0.97 * one.sentences


@pytest.mark.parametrize("path", [TUNED, HELD_OUT], ids=["tuned", "held out"])
def test_a_labelled_line_is_a_sentence(path: object) -> None:
    """Else a sentence would be judged by another one's label."""
    for document in documents(path):  # type: ignore[arg-type]
        begins = {
            span.start
            for block in document.canonical.blocks
            for span in sentences(document.canonical.text, block.start, block.end)
        }
        apart = [
            document.canonical.text[slice(*labelled.span)]
            for labelled in document.sentences
            if labelled.span.start not in begins
        ]
        assert apart == []
