"""The command line: ``reader COMMAND …``, and ``reader PATH…`` for the screens."""

import sys
from collections.abc import Sequence
from importlib import import_module
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import click

from reader.cli.output import point_out
from reader.errors import QueryError
from reader.settings import library_path
from reader.text.visible import visible


class _Command(NamedTuple):
    """Where a command is, so that only the one that runs is imported, and what it does."""

    module: str
    name: str
    does: str


_COMMANDS = {
    "add": _Command("adding", "add", "Add files, folders, web pages or standard input (-)."),
    "feeds": _Command("feeds", "feeds", "List, add, set and remove feeds."),
    "refresh": _Command("feeds", "refresh", "Look for news in the feeds."),
    "tidy": _Command("tidying", "tidy", "Remove old articles of feeds that nobody has touched."),
    "list": _Command("articles", "list_", "List articles, newest first."),
    "show": _Command("articles", "show", "Print an article."),
    "versions": _Command("versions", "versions_", "List the texts that an article has had."),
    "diff": _Command("versions", "diff", "Print how an article's text changed, word by word."),
    "edit": _Command("articles", "edit", "Correct what is known about an article."),
    "remove": _Command("articles", "remove", "Remove articles with their marks."),
    "clean": _Command("cleaning", "clean", "Print the cleaned Markdown of a file."),
    "annotate": _Command("annotating", "annotate", "Mark a claim by its words."),
    "annotations": _Command("annotating", "annotations", "List annotations."),
    "claims": _Command("claiming", "claims", "List the sentences that are likely to hold a claim."),
    "queries": _Command("queries", "queries", "List, save and remove saved queries."),
    "export": _Command("exporting", "export", "Write annotations in one of many formats."),
    "import": _Command("importing", "import_", "Take in annotations from a file."),
    "schemes": _Command("schemes", "schemes", "List the stance schemes."),
    "targets": _Command("targets", "targets", "List, rename and merge targets."),
    "merge": _Command("people", "merge", "Join another person's library to this one."),
    "agreement": _Command("people", "agreement", "Tell how far annotators agree."),
    "check": _Command("library", "check", "Look for damage in the library."),
    "backup": _Command("library", "backup", "Copy the library."),
    "restore": _Command("restoring", "restore", "List the library's backups, or put one back."),
    "recover": _Command("recovering", "recover", "Save what a damaged library still holds."),
    "doctor": _Command("doctor", "doctor", "Tell what a report of a defect should say."),
    "where": _Command("library", "where", "Tell where everything is."),
}


class _Door(click.Group):
    """The group of commands; what is none of them is taken for paths to add and open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = _COMMANDS.get(cmd_name)
        if found is None:
            return None
        command: click.Command = getattr(import_module(f"reader.cli.{found.module}"), found.name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.does) for name, command in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name in _COMMANDS:
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
    'QUERY is words and "phrases", fields (title: text: source: author: holder: target: stance: tag: note: '
    "annotator: voice: is: has: before: after: on:), AND OR NOT and brackets.",
)
@click.option("--library", metavar="FILE", help="The library; else READER_LIBRARY, else the usual place.")
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


def run(arguments: Sequence[str]) -> int:
    """Run one command line; wrong usage is told here, every other error is raised.

    Returns:
        The exit status.

    Raises:
        ReaderError: what was asked for failed; the message is for the user.
    """
    _plain_streams()
    try:
        # Not `group.main`, which keeps a broken pipe to itself.
        with group.make_context("reader", list(arguments)) as context:
            status = group.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        told = StringIO()
        error.show(told)
        sys.stderr.write(visible(told.getvalue()))
        return 2
    except QueryError as error:
        point_out(error)
        return 2
    except click.Abort:
        raise KeyboardInterrupt from None
    return status if isinstance(status, int) else 0


def _plain_streams() -> None:
    """Make pipes and files UTF-8 whatever the locale, and terminals unable to fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
