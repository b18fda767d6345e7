"""How well and how fast `reader clean` takes articles out of labelled documents, beside other programs.

Words and junk are counted on what is kept alone, lost sentences on what is kept or in doubt: a doubted run
stays in the article's text, dimmed.
"""

import json
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from bench.cleaners import PEERS
from bench.labelled import OWN, Document, Score, added, read_labelled, scored
from bench.process import READER, plain_environment
from bench.report import NONE, Sample, print_cells, progress
from reader.desk.cleaning import read_clean
from reader.errors import InputError
from reader.model import Incoming, Metadata

_HEADINGS = ("cleaner", "P", "R", "F1", "mean F1", "junk kept", "lost", "in doubt", "ms", "p95", "ms/10 kB")
_OURS = "reader"
_WARM = 5
"""So many documents are cleaned before the clock runs."""


class Outcome(NamedTuple):
    """What one program made of all documents."""

    scores: list[Score]
    seconds: list[float]
    """What each document took, in this process; empty where it was not measured."""


def main() -> None:
    """Measure on the repository's own documents."""
    measure([OWN])


def measure(paths: Sequence[Path]) -> None:
    """Measure on labelled documents and print a table for each file or folder of them."""
    for path in paths:
        documents = read_labelled(path) if path.exists() else []
        if not documents:
            raise SystemExit(f"{path}: there are no labelled documents in it")
        progress(f"{path.name}: {len(documents)} documents through {_OURS}")
        outcomes = {_OURS: _ours(documents)}
        for name, clean in PEERS.items():
            progress(f"{path.name}: {name}")
            outcomes[name] = _peer(clean, documents)
        rows = [_row(name, outcome, documents) for name, outcome in outcomes.items()]
        print_cells(f"Cleaning {path.name}: {len(documents)} documents", _HEADINGS, rows)
        print(_beside(outcomes))
        _print_kinds(documents, outcomes)


def _ours(documents: Sequence[Document]) -> Outcome:
    """The command on all of them as one batch, as a person runs it; then each in this process, to time it."""
    lines = "".join(
        json.dumps({"id": each.id, each.media: each.content, "url": each.url}) + "\n" for each in documents
    )
    started = time.perf_counter()
    ended = subprocess.run(
        [READER, "clean", "--from-jsonl", "-", "--json"],
        env=plain_environment(),
        input=lines.encode(),
        stdout=subprocess.PIPE,
        check=False,
    )
    seconds = time.perf_counter() - started
    progress(f"the batch on all cores: {seconds:.1f} s, {seconds / len(documents) * 1e3:.1f} ms a document")
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    if [answer["id"] for answer in answers] != [document.id for document in documents]:
        raise SystemExit(f"{len(answers)} answers for {len(documents)} documents, or in another order")
    scores = []
    for document, answer in zip(documents, answers, strict=True):
        said = {"keep": "", "doubt": "", "drop": ""}
        for segment in answer.get("segments", ()):
            said[segment["verdict"]] += segment["text"] + "\n"
        scores.append(scored(document, said["keep"], said["doubt"], answer.get("text", "")))
    return Outcome(scores, _timed(_read, documents)[1])


def _read(document: Document) -> str:
    incoming = Incoming(
        raw=document.content.encode(),
        media=document.media,
        origin=document.id,
        metadata=Metadata(url=document.url),
        encoding="utf-8",
    )
    try:
        return read_clean(incoming)[1].text
    except InputError:
        return ""


def _peer(clean: Callable[[Document], str], documents: Sequence[Document]) -> Outcome:
    texts, seconds = _timed(clean, documents)
    return Outcome([scored(*pair) for pair in zip(documents, texts, strict=True)], seconds)


def _timed(clean: Callable[[Document], str], documents: Sequence[Document]) -> tuple[list[str], list[float]]:
    """What it makes of each document, and the seconds of one core that each takes."""
    for document in documents[:_WARM]:
        clean(document)
    texts, seconds = [], []
    for document in documents:
        started = time.process_time()
        texts.append(clean(document))
        seconds.append(time.process_time() - started)
    return texts, seconds


def _row(name: str, outcome: Outcome, documents: Sequence[Document]) -> tuple[str, ...]:
    score = added(outcome.scores)
    size = sum(len(document.content.encode()) for document in documents)
    times = Sample(tuple(seconds * 1e3 for seconds in outcome.seconds))
    return (
        name,
        f"{score.precision:.4f}",
        f"{score.recall:.4f}",
        f"{score.f1:.4f}",
        f"{mean(each.f1 for each in outcome.scores):.4f}",
        f"{score.junk_kept:.1%}" if score.junk else NONE,
        f"{score.lost} of {score.sentences}",
        f"{score.doubted / max(1, score.article):.2%}",
        f"{mean(times.values):.1f}",
        f"{times.p95:.1f}",
        f"{sum(times.values) / size * 1e4:.2f}",
    )


def _beside(outcomes: dict[str, Outcome]) -> str:
    """How long we take beside trafilatura, which is part of us where pages are cleaned."""
    ours, theirs = (Sample(tuple(outcomes[name].seconds)) for name in (_OURS, "trafilatura"))
    return (
        f"{_OURS} beside trafilatura in this run: {mean(ours.values) / mean(theirs.values):.2f} times "
        f"in the mean, {ours.p95 / theirs.p95:.2f} times at the 95th percentile"
    )


def _print_kinds(documents: Sequence[Document], outcomes: dict[str, Outcome]) -> None:
    """A second table: for each kind of damage the junk that each program kept, and the sentences it lost."""
    kinds = list(dict.fromkeys(document.kind for document in documents if document.kind))
    rows = []
    for kind in sorted(kinds):
        cells = [kind]
        for outcome in outcomes.values():
            of_kind = [
                s for s, document in zip(outcome.scores, documents, strict=True) if document.kind == kind
            ]
            score = added(of_kind)
            cells.append(f"{f'{score.junk_kept:.1%}' if score.junk else NONE} / {score.lost}")
        rows.append(tuple(cells))
    if rows:
        print_cells("Junk kept / sentences lost, by kind of damage", ("kind", *outcomes), rows)
