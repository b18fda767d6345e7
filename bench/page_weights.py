"""Fits the weights of the vote on a page's blocks: ``python -m bench.page_weights PAGES.jsonl.gz [--write]``.

The file holds one page a line, ``{"url", "html", "text"}``, where ``text`` is the article as a person marked
it. Both rounds are logistic regressions with a quadratic penalty. A block weighs as many words as it has, a
share of its article, since an article counts as a whole; the second round is fitted on what the first says
of pages it was not fitted on. Fitted on the pages of one half of the sites and tried on those of the other,
and the other way round; with ``--write`` then fitted on all of them and written into the package.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np

import reader.clean.page.votes as votes
from reader.clean.page.cleaner import judged_blocks
from reader.clean.page.features import Features, Judged
from reader.clean.page.match import matched, words_of
from reader.clean.page.tree import parse
from reader.errors import InputError
from reader.model import Metadata

PENALTY = 20.0
FOLDS = 3
RAREST = 40
"""A feature that fewer blocks have gets no weight."""
LEAST_WORDS = 50
"""An article shorter than this weighs no more than one of this many words."""
FLOOR = 5e-4
"""What a block weighs beside its words, so that a label of one word is heard too."""
SMALLEST = 0.005
"""A weight smaller than this is left out."""
TARGET = Path(votes.__file__).with_name("weights.toml")


class Page(NamedTuple):
    """A labelled page."""

    site: str
    blocks: list[Judged]
    labels: list[bool]
    gold: Counter[str]


def words(text: str) -> Counter[str]:
    """The words of a text as the labelled data's own script counts them."""
    return Counter(re.findall(r"\w+", text.lower()))


def load(path: str) -> list[Page]:
    """The pages of a file, each block labelled by whether it stands in the marked article."""
    pages = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record: dict[str, Any] = json.loads(line)
            site = (urlsplit(record["url"]).hostname or "").removeprefix("www.")
            try:
                found = judged_blocks(parse(record["html"]), Metadata(url=record["url"]))
            except InputError as error:
                print(f"{record['url']}: {error}", file=sys.stderr)
                continue
            if found is None:
                print(f"{record['url']}: nests too deeply", file=sys.stderr)
                continue
            labels = matched([words_of(block.shown) for block in found.blocks], record["text"].split("\n"))
            pages.append(Page(site, found.blocks, labels, words(record["text"])))
    return pages


def fit(rows: Sequence[Features], labels: Sequence[bool], weights: Sequence[float]) -> dict[str, float]:
    """Logistic regression by Newton's method; the weights are scaled to a mean of 1."""
    often = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in often.items() if count >= RAREST)
    column = {name: index for index, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)), dtype=np.float32)
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                x[at, column[name]] = value
    y = np.array(labels, dtype=np.float64)
    w = np.array(weights) / np.mean(weights)
    beta = np.zeros(len(names))
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (w * (y - p)) - PENALTY * beta
        curved = x * np.sqrt(w * p * (1 - p)).astype(np.float32)[:, None]
        hessian = (curved.T @ curved).astype(np.float64) + PENALTY * np.eye(len(names))
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-3:
            break
    return {
        name: round(float(value), 3)
        for name, value in zip(names, beta, strict=True)
        if abs(value) >= SMALLEST
    }


def fit_pages(pages: Sequence[Page], rows: Sequence[Sequence[Features]]) -> dict[str, float]:
    """Weights from these pages' blocks, given the features of each."""
    flat: list[Features] = []
    labels: list[bool] = []
    weights: list[float] = []
    for page, features in zip(pages, rows, strict=True):
        size = max(LEAST_WORDS, page.gold.total())
        for block, label, row in zip(page.blocks, page.labels, features, strict=True):
            if row:
                flat.append(row)
                labels.append(label)
                weights.append(block.words / size + FLOOR)
    return fit(flat, labels, weights)


def score(weights: Mapping[str, float], rows: Sequence[Features]) -> list[float]:
    """The probabilities that weights give."""
    return [votes.probability(weights, row) for row in rows]


def fit_both(pages: Sequence[Page]) -> votes.Weights:
    """The weights of both rounds."""
    plain = [[block.features for block in page.blocks] for page in pages]
    fold = [hashlib.sha256(page.site.encode()).digest()[1] % FOLDS for page in pages]
    first: dict[int, list[float]] = {}
    for number in range(FOLDS):
        others = [at for at, its in enumerate(fold) if its != number]
        weights = fit_pages([pages[at] for at in others], [plain[at] for at in others])
        first |= {at: score(weights, plain[at]) for at, its in enumerate(fold) if its == number}
    heard = [
        [{**row, **said} for row, said in zip(plain[at], votes.hearsay(page.blocks, first[at]), strict=True)]
        for at, page in enumerate(pages)
    ]
    return votes.Weights(fit_pages(pages, plain), fit_pages(pages, heard))


def mean_f1(pages: Sequence[Page], weights: votes.Weights, least: float) -> float:
    """The mean of the pages' F1 of words, where blocks of at least this probability are kept."""
    scores = []
    for page in pages:
        kept: Counter[str] = Counter()
        for block, p in zip(page.blocks, votes.vote(page.blocks, weights), strict=True):
            if p >= least:
                kept += words(block.shown)
        both = (kept & page.gold).total()
        scores.append(2 * both / (kept.total() + page.gold.total()) if both else 0.0)
    return float(np.mean(scores))


def written(weights: votes.Weights) -> str:
    """The weights as TOML, the heaviest first."""
    out = [
        "# What each feature of a block counts in the vote on it, made by `python -m bench.page_weights`.",
        "# Above 0 it speaks for the article. The features are those of features.py and votes.py.",
    ]
    for name, table in zip(weights._fields, weights, strict=True):
        out += ["", f"[{name}]"]
        out += [f'"{key}" = {value}' for key, value in sorted(table.items(), key=lambda item: -abs(item[1]))]
    return "\n".join(out) + "\n"


def main() -> None:
    """Fit, print what the fit is worth on sites it has not seen, and write it where that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pages")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    arguments = parser.parse_args()
    pages = load(arguments.pages)
    halves = [
        [page for page in pages if hashlib.sha256(page.site.encode()).digest()[0] % 2 == side]
        for side in (0, 1)
    ]
    for side in (0, 1):
        weights = fit_both(halves[side])
        for least in (0.3, 0.35, 0.4, 0.45, 0.5):
            print(
                f"fitted on half {side} ({len(halves[side])} pages), kept from {least}: "
                f"F1 there {mean_f1(halves[side], weights, least):.4f}, "
                f"on the other {mean_f1(halves[1 - side], weights, least):.4f}"
            )
    if arguments.write:
        TARGET.write_text(written(fit_both(pages)), encoding="utf-8")


if __name__ == "__main__":
    main()
