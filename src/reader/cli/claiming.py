"""``reader claims``."""

from pathlib import Path

import click

from reader.claims.finder import Finder
from reader.claims.found import KINDS, Claim
from reader.cli.articles import the_article
from reader.cli.opening import open_library
from reader.cli.output import json_line, say
from reader.desk import reading


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only these; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with offsets and the cues.")
@click.pass_obj
def claims(library: Path, article: str, kinds: tuple[str, ...], as_json: bool) -> None:
    """List the sentences that are likely to hold a claim.

    On a line: why (statement, quote, figure, forecast, denial), holder, voice, the sentence. These are
    proposals by rules for English; nothing is stored.
    """
    with open_library(library) as desk:
        found = the_article(desk, article)
        text = reading.opened(desk, found.id).revision.canonical
    for claim in Finder(text).claims():
        given = [reason.kind for reason in claim.reasons]
        if kinds and not set(kinds) & set(given):
            continue
        if as_json:
            click.echo(json_line({"article": found.number, **_described(text.text, claim)}))
        else:
            sentence = text.text[claim.span.start : claim.span.end]
            say(",".join(given), claim.proposal.holder, claim.proposal.voice, sentence)


def _described(text: str, claim: Claim) -> dict[str, object]:
    return {
        "start": claim.span.start,
        "end": claim.span.end,
        "sentence": text[claim.span.start : claim.span.end],
        "reasons": [
            {"kind": kind, "start": cue.start, "end": cue.end, "cue": text[cue.start : cue.end]}
            for kind, cue in claim.reasons
        ],
        "holder": claim.proposal.holder,
        "voice": claim.proposal.voice,
        "via": claim.proposal.via,
    }
