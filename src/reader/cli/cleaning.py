"""``reader clean``: the cleaner on its own, nothing stored."""

import click

from reader.cli.cleaned import clean_batch, clean_documents
from reader.cli.fetching import allow_private
from reader.logs import log_to
from reader.settings import log_path


@click.command()
@click.argument("path", metavar="PATH|URL|-", required=False)
@click.option(
    "--from-jsonl", "batch", metavar="FILE|-", help='A batch: one {"id", "text" or "html", "url"?} a line.'
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with all verdicts.")
@allow_private
def clean(path: str | None, batch: str | None, as_json: bool, allow_private: bool) -> int:
    """Print the cleaned Markdown of a file.

    Or of a folder, of a web page by its address, or of standard input (-); nothing is stored.
    """
    log_to(log_path())
    if path is not None and batch is None:
        return clean_documents(path, as_json=as_json, allow_private=allow_private)
    if batch is not None and path is None and as_json:
        return clean_batch(batch)
    raise click.UsageError("Name one file to clean, or a batch with --from-jsonl FILE --json.")
