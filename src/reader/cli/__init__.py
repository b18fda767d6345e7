"""The command line: ``reader COMMAND …``, and ``reader PATH…`` for the screens."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from reader.cli import adding, annotating, articles, cleaning, exporting, library
from reader.cli.output import plain_streams
from reader.settings import library_path


class _Door(click.Group):
    """The group of commands; what is none of them is taken for paths to add and open."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in self.commands:
            return super().resolve_command(ctx, args)
        if "://" not in name and not Path(name).exists():
            ctx.fail(f"{name!r} is neither a command nor a file or folder here.")
        return "launch", _launch, args


@click.command("launch", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("paths", nargs=-1)
@click.pass_obj
def _launch(library: Path, paths: tuple[str, ...]) -> int:
    """Add what is named and open the first article of it in the screens."""
    from reader.tui.app import run

    return run(library, paths)


@click.group(
    cls=_Door,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND ARGUMENTS… | PATH…]",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="ARTICLE is the number that `list` shows first on a line, or the article's id. "
    'QUERY is words and "phrases", all of which match title, text, quotes or notes.',
)
@click.option(
    "--library", metavar="FILE", help="The library file; else READER_LIBRARY, else the usual place."
)
@click.version_option(package_name="stance-reader", prog_name="reader", message="%(prog)s %(version)s")
@click.pass_context
def group(context: click.Context, library: str | None) -> int:
    """Read news, mark claims and their stance, export a CSV.

    Without a command the screens open; PATH… adds files and folders first and opens the first article.
    """
    context.obj = library_path(library)
    if context.invoked_subcommand is None:
        from reader.tui.app import run

        return run(context.obj, ())
    return 0


for _command in (
    adding.add,
    articles.list_,
    articles.show,
    articles.edit,
    articles.remove,
    cleaning.clean,
    annotating.annotate,
    annotating.annotations,
    exporting.export,
    annotating.schemes,
    library.check,
    library.backup,
    library.where,
):
    group.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; wrong usage is told here, every other error is raised.

    Returns:
        The exit status.

    Raises:
        ReaderError: what was asked for failed; the message is for the user.
    """
    plain_streams()
    try:
        # Not `group.main`, which keeps a broken pipe to itself.
        with group.make_context("reader", list(arguments)) as context:
            status = group.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show(sys.stderr)
        return 2
    except click.Abort:
        raise KeyboardInterrupt from None
    return status if isinstance(status, int) else 0
