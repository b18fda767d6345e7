"""``reader merge`` and ``reader agreement``."""

from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import json_line, say, warn
from reader.desk import people
from reader.desk.finding import search

_ALPHA = "Krippendorff's alpha"
_ONE_LABEL = "undefined: one label used"

_MERGED = (
    ("articles", "new articles"),
    ("marks", "new marks"),
    ("changed", "marks changed there"),
    ("deleted", "marks deleted there"),
    ("conflicts", "marks changed on both sides: both versions kept, the other one tagged merge-conflict"),
    ("links", "new links"),
    (
        "waiting",
        "marks on another text of their article that have no exact place in the one shown",
    ),
)


@click.command()
@click.argument("other", metavar="OTHER.db", type=click.Path(path_type=Path))
@click.pass_obj
def merge(library: Path, other: Path) -> None:
    """Join another person's library to this one.

    By ids, so that merging again changes nothing. OTHER.db is only read. Its articles get new numbers here;
    where both libraries changed a mark, both versions are kept. The whole merge can be undone as one change.
    """
    with open_library(library, create=True) as desk:
        merged = people.merge(desk, other)
    for name, told in _MERGED:
        if count := getattr(merged, name):
            say(count, told)
    if merged.nothing:
        say("nothing new")


@click.command()
@click.argument("query", nargs=-1)
@click.option("--scheme", metavar="NAME", help="Only stances of this scheme; else each by itself.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line: for each two annotators, then for all."
)
@click.pass_obj
def agreement(library: Path, query: tuple[str, ...], scheme: str | None, as_json: bool) -> int:
    """Tell how far annotators agree.

    For each two of them, over the articles that match and that both marked: Cohen's kappa and
    Krippendorff's alpha (nominal) of their labels toward the same target on spans that overlap by half or
    more, and the F1 of their spans, equal ones and those that overlap by half or more. Where more than two
    used a scheme, also the alpha of all of them. On a line: scheme, annotators, measure, value, what was
    counted.
    """
    with open_library(library) as desk:
        found = people.agreement(desk, search(desk, " ".join(query)) if query else None, scheme)
    for pair in found.pairs:
        if as_json:
            click.echo(json_line(_described(pair)))
        else:
            _tell(pair)
    for together in found.together:
        if as_json:
            click.echo(json_line(_described_together(together)))
        else:
            _tell_together(together)
    if not found.pairs:
        warn("nothing to compare: no scheme was used by two annotators in what was asked for")
    return 0 if found.pairs else 1


def _tell(pair: people.Agreement) -> None:
    who = f"{pair.one.name} and {pair.other.name}"
    where = f"in {pair.articles} {'article' if pair.articles == 1 else 'articles'} that both marked"
    counted = f"{pair.pairs} {'pair' if pair.pairs == 1 else 'pairs'} of labels {where}"
    undefined = _ONE_LABEL if pair.pairs else "undefined: no pairs"
    for name, value in (("Cohen's kappa", pair.kappa), (_ALPHA, pair.alpha)):
        say(pair.scheme, who, name, undefined if value is None else f"{value:.3f}", counted)
    for name, count in (("span F1, exact", pair.exact), ("span F1, overlap 0.5", pair.half)):
        value = count.f1
        shown = "undefined: no spans" if value is None else f"{value:.3f}"
        say(
            pair.scheme,
            who,
            name,
            shown,
            f"{count.paired} pairs of {count.ones} and {count.others} spans {where}",
        )


def _tell_together(all_: people.Together) -> None:
    *others, last = (who.name for who in all_.annotators)
    claims = "claim" if all_.units == 1 else "claims"
    articles = f"{all_.articles} {'article' if all_.articles == 1 else 'articles'}"
    undefined = _ONE_LABEL if all_.units else "undefined: no claim that two labelled"
    say(
        all_.scheme,
        f"{', '.join(others)} and {last}",
        _ALPHA,
        undefined if all_.alpha is None else f"{all_.alpha:.3f}",
        f"{all_.given} labels on {all_.units} {claims} that two or more labelled, in {articles}",
    )


def _described_together(all_: people.Together) -> dict[str, object]:
    return {
        "scheme": all_.scheme,
        "annotators": [{"id": who.id, "name": who.name} for who in all_.annotators],
        "articles": all_.articles,
        "units": all_.units,
        "labels_given": all_.given,
        "labels_used": all_.labels,
        "krippendorff_alpha": all_.alpha,
    }


def _described(pair: people.Agreement) -> dict[str, object]:
    return {
        "scheme": pair.scheme,
        "annotators": [{"id": who.id, "name": who.name} for who in (pair.one, pair.other)],
        "articles": pair.articles,
        "label_pairs": pair.pairs,
        "labels_used": pair.labels,
        "cohen_kappa": pair.kappa,
        "krippendorff_alpha": pair.alpha,
        "span_exact": {**pair.exact._asdict(), "f1": pair.exact.f1},
        "span_overlap": {**pair.half._asdict(), "f1": pair.half.f1},
    }
