"""What the claim finder and the proposals of holder and voice are worth, on sentences labelled by hand."""

from collections.abc import Sequence

from bench.claims.labelled import HELD_OUT, TUNED, Document, documents
from bench.claims.scoring import Judge, any_said, attributed, every_sentence, ours, score
from reader.claims.found import KINDS, Kind

_JUDGES: dict[str, Judge] = {
    "reader": ours,
    "every sentence": every_sentence,
    "any sentence with a verb of saying": any_said,
}


def main() -> None:
    """Measure and print."""
    for name, path in (("held out", HELD_OUT), ("the rules were made on", TUNED)):
        found = documents(path)
        print(f"\n## Claims: {sum(len(one.sentences) for one in found)} sentences, {name}\n")
        print_finding(found)
        print_attribution(found)


def print_finding(found: Sequence[Document]) -> None:
    """Print precision and recall by kind, of ours and of the baselines."""
    print("| what | sentences | " + " | ".join(f"{name}: P / R / F1" for name in _JUDGES) + " |")
    print("|---|---|" + "---|" * len(_JUDGES))
    kinds: tuple[Kind | None, ...] = (None, *KINDS)
    for kind in kinds:
        scores = [score(found, judge, kind) for judge in _JUDGES.values()]
        cells = [f"{one.precision:.2f} / {one.recall:.2f} / {one.f1:.2f}" for one in scores]
        print(f"| {kind or 'any claim'} | {scores[0].there} | " + " | ".join(cells) + " |")


def print_attribution(found: Sequence[Document]) -> None:
    """Print how often holder and voice are right."""
    one = attributed(found)
    print(
        f"\nHolder, of {one.held} sentences that have one: exact {one.exact / one.held:.2f},"
        f" exact or partial {one.partial / one.held:.2f};"
        f" another one proposed in {one.wrong} of all {one.sentences}."
        f" Voice: right in {one.voices / one.sentences:.2f}."
    )
