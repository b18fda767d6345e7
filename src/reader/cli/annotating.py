"""``reader annotate`` and ``annotations``."""

from itertools import groupby
from pathlib import Path
from typing import get_args

import click

from reader.cli.articles import the_article
from reader.cli.opening import open_library
from reader.cli.output import fit, json_line, on_terminal, say
from reader.desk.exporting import export_rows
from reader.desk.finding import search_marks
from reader.desk.marking import annotate_quote
from reader.desk.reading import article as article_of
from reader.desk.schemes import with_scheme
from reader.model import Annotation, Article, Stance, Voice

_QUOTE_CELLS = 60


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--quote", required=True, help="The words to mark, as `show` prints them.")
@click.option("--stance", required=True, metavar="CODE", help="A code that `schemes` lists.")
@click.option("--scheme", metavar="NAME", help="The scheme of the code; else the one chosen in the library.")
@click.option("--target", default="", help="What the stance is toward; the claim itself if not given.")
@click.option("--holder", default="", help="Whose words they are.")
@click.option("--voice", default=None, type=click.Choice([voice for voice in get_args(Voice) if voice]))
@click.option("--confidence", type=click.IntRange(1, 3), default=None)
@click.option("--note", default="")
@click.option("--tag", "tags", multiple=True, help="May be given several times.")
@click.option(
    "--nth",
    type=click.IntRange(min=1),
    default=None,
    help="Which place, where the quote stands several times.",
)
@click.pass_obj
def annotate(
    library: Path,
    article: str,
    quote: str,
    stance: str,
    scheme: str | None,
    target: str,
    holder: str,
    voice: Voice | None,
    confidence: int | None,
    note: str,
    tags: tuple[str, ...],
    nth: int | None,
) -> None:
    """Mark a claim by its words.

    Prints the annotation's id.
    """
    with open_library(library, changes=True) as desk:
        annotation = annotate_quote(
            with_scheme(desk, scheme) if scheme else desk,
            the_article(desk, article),
            quote,
            nth,
            stance,
            target,
            holder=holder,
            voice=voice or "",
            confidence=confidence,
            note=note,
            tags=tags,
        )
        say(annotation.id)


@click.command()
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with everything known.")
@click.pass_obj
def annotations(library: Path, query: tuple[str, ...], as_json: bool) -> None:
    """List annotations.

    Those that QUERY is true of; on a line: article, stances, quote, id.
    """
    with open_library(library) as desk:
        rows = export_rows(desk, marks=search_marks(desk, " ".join(query)) if query else None)
        for article_id, group in groupby(rows, key=lambda row: row.article_id):
            article = article_of(desk, article_id)
            for row in group:
                if as_json:
                    click.echo(json_line(_described(article, row.annotation)))
                else:
                    _tell(article.number, row.annotation)


def _tell(number: int, annotation: Annotation) -> None:
    stances = ", ".join(map(_named, annotation.stances))
    quote = annotation.anchor.exact
    say(number, stances, fit(quote, _QUOTE_CELLS) if on_terminal() else quote, annotation.id)


def _named(stance: Stance) -> str:
    return f"{stance.code} → {stance.target}" if stance.target else stance.code


def _described(article: Article, annotation: Annotation) -> dict[str, object]:
    anchor = annotation.anchor
    return {
        "id": annotation.id,
        "article": article.number,
        "article_id": article.id,
        "article_title": article.metadata.title,
        "start": anchor.span.start,
        "end": anchor.span.end,
        "quote": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "stances": [
            {"target": stance.target, "scheme": stance.scheme, "stance": stance.code}
            for stance in annotation.stances
        ],
        "holder": annotation.holder,
        "voice": annotation.voice,
        "confidence": annotation.confidence,
        "note": annotation.note,
        "tags": list(annotation.tags),
        "annotator": annotation.annotator.name,
        "anchor_status": anchor.status,
        "words_changed": anchor.changed,
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
    }
