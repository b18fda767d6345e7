"""``reader list``, ``show``, ``edit`` and ``remove``."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import fit, json_line, on_terminal, say, warn, write_bytes, write_text
from reader.desk import Desk, finding, reading
from reader.errors import ReaderError
from reader.model import Article, ArticleRow

_NAMES = {"published": "date"}
"""Fields that options of `edit` call otherwise."""
_AT_ONCE = 500
"""Rows read in one query: a library of any size is listed in little memory."""
_NUMBER, _DATE, _SOURCE, _CLAIMS = 7, 10, 20, 5
"""Cells of the columns on a terminal; the title has the rest."""


@click.command("list")
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_(library: Path, query: tuple[str, ...], as_json: bool) -> None:
    """List articles, newest first.

    On a line: number, date, source, title, claims.
    """
    with open_library(library) as desk:
        for row in _rows(desk, " ".join(query)):
            if as_json:
                click.echo(json_line(_described(row)))
            elif on_terminal():
                click.echo(_columns(row))
            else:
                say(row.number, row.published, row.source, row.title, row.claims)


def _rows(desk: Desk, query: str) -> Iterator[ArticleRow]:
    numbers = iter(finding.search(desk, query))
    while some := list(islice(numbers, _AT_ONCE)):
        yield from finding.rows(desk, some)


def _described(row: ArticleRow) -> dict[str, object]:
    return {
        "number": row.number,
        "id": row.id,
        "published": row.published,
        "source": row.source,
        "title": row.title,
        "claims": row.claims,
        "added_at": row.added_at,
        "read": row.read,
        "starred": row.starred,
        "tags": list(row.tags),
    }


def _columns(row: ArticleRow) -> str:
    room = shutil.get_terminal_size().columns - _NUMBER - _DATE - _SOURCE - _CLAIMS - 8
    title = fit(row.title, max(10, room))
    date, source = fit(row.published, _DATE), fit(row.source, _SOURCE)
    return f"{row.number:>{_NUMBER}}  {date}  {source}  {title}  {row.claims or '':>{_CLAIMS}}"


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "markdown", "original", "segments", "facts", "sources"]),
    default="text",
    show_default=True,
    help="The text that offsets count in, its Markdown, the bytes that came in, the verdicts on them, what is"
    " known of it and from where, or where it was found and who else tells of it.",
)
@click.pass_obj
def show(library: Path, article: str, form: str) -> None:
    """Print an article.

    To a pipe or file exactly, on a terminal with controls made visible.

    Segments come one a line: verdict, start, end, rule, reason and the text as a JSON string, parted by tabs.
    Facts too: field, value and what said so.
    Sources too: first those of this article (source, address, file, first seen), then other accounts of the
    same event (also covered by, number, source, date, title).
    What whoever quotes the text must know is told on standard error.
    """
    with open_library(library) as desk:
        found = the_article(desk, article)
        if form == "original":
            _show_original(desk, found)
        elif form == "segments":
            for warning in reading.warnings(reading.opened(desk, found.id).revision.canonical.text):
                warn(f"article {found.number}: {warning.told()}")
            page_text = reading.page_text(desk, found)
            for start, end, verdict, reason, rule in reading.segments(desk, found):
                click.echo(
                    "\t".join([verdict, str(start), str(end), rule, reason, json_line(page_text[start:end])])
                )
        elif form == "facts":
            for fact in reading.facts(desk, found):
                say(_NAMES.get(fact.name, fact.name), fact.value, fact.source)
        elif form == "sources":
            _show_sources(desk, found)
        elif form == "markdown":
            write_text(reading.markdown(desk, found))
        else:
            write_text(reading.opened(desk, found.id).revision.canonical.text)


def _show_sources(desk: Desk, article: Article) -> None:
    from reader.desk.sources import related, sources

    for place in sources(desk, article):
        say("source", place.source, place.url, place.origin, place.first_seen)
    for one in related(desk, article):
        say("also covered by", one.number, one.source, one.published, one.title)


def _show_original(desk: Desk, article: Article) -> None:
    if on_terminal():
        write_text(reading.page_text(desk, article))
    else:
        write_bytes(reading.raw(desk, article))


def the_article(desk: Desk, reference: str) -> Article:
    """The article that a number or an id names.

    Raises:
        NotFoundError: there is none.
    """
    return reading.article(desk, reference)


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option("--title")
@click.option("--source")
@click.option("--author")
@click.option("--date", "published", help="2023, 2023-03, 2023-03-02 or 2023-03-02T09:14:05Z.")
@click.option("--url")
@click.option("--tags", help='All tags, parted by commas: "flood, budget".')
@click.pass_obj
def edit(
    library: Path,
    article: str,
    title: str | None,
    source: str | None,
    author: str | None,
    published: str | None,
    url: str | None,
    tags: str | None,
) -> None:
    """Correct what is known about an article.

    An empty value takes away what was wrong.
    """
    given = {"title": title, "source": source, "author": author, "published": published, "url": url}
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes and tags is None:
        raise click.UsageError("Name what to correct: --title, --source, --author, --date, --url or --tags.")
    with open_library(library, changes=True) as desk, desk.store.transaction():
        found = the_article(desk, article)
        if tags is not None:
            reading.set_tags(desk, found.id, tags.split(","))
        edited = reading.correct(desk, found.id, replace(found.metadata, **changes))
        known = edited.metadata
        say("edited", edited.number, known.title, known.source, known.author, known.published, known.url)


@click.command()
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@click.pass_obj
def remove(library: Path, articles: tuple[str, ...]) -> int:
    """Remove articles with their marks.

    They are gone from lists, search and export; `u` on the screens undoes it.
    """
    failed = 0
    with open_library(library, changes=True) as desk:
        for reference in articles:
            try:
                found = the_article(desk, reference)
                reading.remove(desk, found.id)
                say("removed", found.number, found.metadata.title)
            except ReaderError as error:
                failed += 1
                warn(str(error))
    return 1 if failed else 0
