"""``reader targets``: list, rename, merge, kind."""

from pathlib import Path
from typing import get_args

import click

from reader.cli.opening import open_library
from reader.cli.output import json_line, say
from reader.desk import Desk
from reader.desk import targets as use_cases
from reader.errors import ConflictError
from reader.model import TargetKind


@click.group(invoke_without_command=True)
@click.pass_context
def targets(context: click.Context) -> None:
    """List, rename and merge targets.

    Without a command they are listed. Each change can be undone in the screens.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_)


@targets.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_(library: Path, as_json: bool = False) -> None:
    """List the targets, the one used last first.

    On a line: how many marks are toward it, in how many articles, its kind, its text.
    """
    with open_library(library) as desk:
        for use in use_cases.uses(desk):
            target = use.target
            if as_json:
                known = {"id": target.id, "target": target.text, "kind": target.kind}
                click.echo(json_line(known | {"marks": use.marks, "articles": use.articles}))
            else:
                say(use.marks, use.articles, target.kind, target.text)


@targets.command()
@click.argument("target")
@click.argument("name")
@click.pass_obj
def rename(library: Path, target: str, name: str) -> None:
    """Give TARGET another NAME, on every mark."""
    with open_library(library, changes=True) as desk:
        known = use_cases.get(desk, target)
        say("renamed", known.text, use_cases.rename(desk, known, name).text)


@targets.command()
@click.argument("target")
@click.argument("into")
@click.option(
    "--keep",
    type=click.Choice(["target", "into"]),
    help="Whose stance stays where a mark has different ones toward the two.",
)
@click.pass_obj
def merge(library: Path, target: str, into: str, keep: str | None) -> None:
    """Turn every stance toward TARGET toward INTO."""
    with open_library(library, changes=True) as desk:
        say("merged", target, into, *_merged(desk, target, into, keep))


def _merged(desk: Desk, target: str, into: str, keep: str | None) -> tuple[str, ...]:
    one, other = use_cases.get(desk, target), use_cases.get(desk, into)
    clashing = use_cases.clashes(desk, one, other)
    kept = {"target": one, "into": other, None: None}[keep]
    try:
        marks = use_cases.merge(desk, one, other, kept)
    except ConflictError as error:
        raise ConflictError(f"{error} with --keep target or --keep into") from error
    changed = f"{marks} {'mark' if marks == 1 else 'marks'}"
    if not clashing or kept is None:
        return (changed,)
    return (changed, f"in {clashing} of them the stance toward {kept.text} was kept, the other one was not")


@targets.command()
@click.argument("target")
@click.argument("kind", type=click.Choice([kind or "none" for kind in get_args(TargetKind)]))
@click.pass_obj
def kind(library: Path, target: str, kind: str) -> None:
    """Say what TARGET is."""
    with open_library(library, changes=True) as desk:
        wanted = next(known for known in get_args(TargetKind) if (known or "none") == kind)
        changed = use_cases.set_kind(desk, use_cases.get(desk, target), wanted)
        say("kind", changed.text, changed.kind or "none")
