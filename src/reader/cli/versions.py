"""``reader diff`` and ``reader versions``."""

from pathlib import Path

import click

from reader.cli.articles import the_article
from reader.cli.opening import open_library
from reader.cli.output import say, write_text
from reader.desk.versions import Compared, compared, versions
from reader.model import Style

_OPEN = {Style.REMOVED: "[-", Style.ADDED: "{+"}
_CLOSE = {Style.REMOVED: "-]", Style.ADDED: "+}"}


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option(
    "--from", "older", type=click.IntRange(min=1), metavar="N", help="This text; else the one before."
)
@click.option("--to", "newer", type=click.IntRange(min=1), metavar="M", help="With this; else the one shown.")
@click.pass_obj
def diff(library: Path, article: str, older: int | None, newer: int | None) -> None:
    """Print how an article's text changed, word by word.

    What was taken out stands in [-…-], what was put in in {+…+}. `versions` lists the texts there are.
    """
    with open_library(library) as desk:
        write_text(_marked_up(compared(desk, the_article(desk, article), older, newer)))


def _marked_up(view: Compared) -> str:
    """The difference in the notation of ``wdiff``."""
    text, parts, at = view.canonical.text, list[str](), 0
    for start, end in view.changes:
        style = Style.REMOVED if text[start] == "−" else Style.ADDED
        parts += [text[at:start], _OPEN[style], text[start + 1 : end], _CLOSE[style]]
        at = end
    return "".join([*parts, text[at:], "\n"])


@click.command("versions")
@click.argument("article", metavar="ARTICLE")
@click.pass_obj
def versions_(library: Path, article: str) -> None:
    """List the texts that an article has had.

    On a line: number, when it came, the sha256 of the text, where it came from; the one shown has a *.
    """
    with open_library(library) as desk:
        for version in versions(desk, the_article(desk, article)):
            shown = "*" if version.shown else ""
            say(f"{version.number}{shown}", version.created_at, version.sha256, version.origin)
