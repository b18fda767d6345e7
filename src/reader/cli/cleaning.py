"""``reader clean``: the cleaner on its own, and once more on articles of the library."""

from pathlib import Path

import click

from reader.cli.cleaned import Form, clean_batch, clean_documents
from reader.cli.fetching import allow_private
from reader.cli.opening import open_library
from reader.cli.output import say, warn
from reader.desk import finding
from reader.desk.recleaning import clean_again
from reader.logs import log_to
from reader.model import Problem
from reader.settings import log_path


@click.command()
@click.argument("paths", metavar="PATH|URL|-|ARTICLE…", nargs=-1)
@click.option(
    "--from-jsonl",
    "batch",
    metavar="FILE|-",
    help='A batch: one {"id", "text" or "html", "url"?, "source"?} a line. One site\'s teach each other.',
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with all verdicts.")
@click.option(
    "--explain", is_flag=True, help="A line for each run not kept: verdict, line:column, rule, reason, text."
)
@click.option("--again", is_flag=True, help="Clean these articles of the library again; marks come along.")
@click.option("--all", "everything", is_flag=True, help="With --again: all articles.")
@allow_private
@click.pass_obj
def clean(
    library: Path,
    paths: tuple[str, ...],
    batch: str | None,
    as_json: bool,
    explain: bool,
    again: bool,
    everything: bool,
    allow_private: bool,
) -> int:
    """Print the cleaned Markdown of a file.

    Or of a folder, of a web page by its address, or of standard input (-); nothing is stored. With --again
    articles of the library are cleaned with what is known by now: the rules, and what recurs across their
    sources.
    """
    log_to(log_path())
    if again and bool(paths) != everything and not (batch or as_json or explain):
        return _clean_again(library, paths)
    if len(paths) == 1 and not (batch or again or everything or (as_json and explain)):
        form: Form = "json" if as_json else "explain" if explain else "markdown"
        return clean_documents(paths[0], form, allow_private=allow_private)
    if batch is not None and as_json and not (paths or explain or again or everything):
        return clean_batch(batch)
    raise click.UsageError(
        "Name one file to clean, or a batch with --from-jsonl FILE --json, or articles with --again."
    )


def _clean_again(library: Path, references: tuple[str, ...]) -> int:
    status = 0
    with open_library(library) as desk:
        for outcome in clean_again(desk, references or finding.search(desk, "")):
            if isinstance(outcome, Problem):
                status = 1
                warn(f"{outcome.origin}: {outcome.message}")
            else:
                article = outcome.article
                say("cleaned" if outcome.changed else "unchanged", article.number, article.metadata.title)
    return status
