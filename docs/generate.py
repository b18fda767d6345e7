"""Writes into the documentation what the code knows: the key table, the commands' help, the CSV columns.

    python docs/generate.py           writes it
    python docs/generate.py --check   says which files are not up to date, and exits with 1

Between ``<!-- generated: NAME -->`` and ``<!-- end -->`` a page belongs to this script.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from reader.cli import group
from reader.exchange.csv import COLUMNS
from reader.schemes import load_scheme
from reader.tui.commands import COMMANDS, SCREENS
from reader.tui.keys import KeyTable

DOCS = Path(__file__).parent
PAGES = (DOCS / "keys.md", DOCS / "command-line.md", DOCS / "csv.md", DOCS.parent / "README.md")
_PART = re.compile(r"(<!-- generated: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")


def keys() -> str:
    """The table of commands: keys, what they do, where, and the id that the settings file uses."""
    table = KeyTable()
    lines = ["| keys | what | where | id |", "| --- | --- | --- | --- |"]
    for command in COMMANDS:
        shown = " ".join(f"`{key}`" for key in table.shown(command.id).split(" "))
        what = command.title + (f" ({command.detail})" if command.detail else "")
        where = "everywhere" if command.scope == "every" else ", ".join(SCREENS[command.scope])
        lines.append(f"| {shown} | {_cell(what)} | {where} | `{command.id}` |")
    return "\n".join(lines)


def stances() -> str:
    """The default scheme."""
    lines = ["| key | symbol | stance | definition |", "| --- | --- | --- | --- |"]
    lines += [
        f"| `{label.key}` | {_cell(label.symbol)} | {label.code} | {_cell(label.definition)} |"
        for label in load_scheme().labels
    ]
    return "\n".join(lines)


def commands() -> str:
    """Every command's own help text."""
    parts = []
    context = click.Context(group, info_name="reader")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(
            command, info_name=name, parent=context, terminal_width=88, max_content_width=88
        )
        parts.append(f"### `reader {name}`\n\n```text\n{command.get_help(inner)}\n```")
        for part, sub in command.commands.items() if isinstance(command, click.Group) else ():
            within = click.Context(sub, info_name=part, parent=inner, terminal_width=88, max_content_width=88)
            parts.append(f"#### `reader {name} {part}`\n\n```text\n{sub.get_help(within)}\n```")
    return "\n\n".join(parts)


def columns() -> str:
    """The names of the CSV's columns, in order."""
    return "```text\n" + ", ".join(COLUMNS) + "\n```"


MAKERS: dict[str, Callable[[], str]] = {
    "keys": keys,
    "stances": stances,
    "commands": commands,
    "columns": columns,
}


def generated(page: str) -> str:
    """A page with its generated parts as they should be."""
    return _PART.sub(lambda match: f"{match[1]}{MAKERS[match[2]]()}\n{match[3]}", page)


def stale() -> list[Path]:
    """The pages that are not as they should be."""
    return [path for path in PAGES if generated(text := path.read_text(encoding="utf-8")) != text]


if __name__ == "__main__":
    wrong = stale()
    if "--check" in sys.argv:
        sys.exit("\n".join(f"{path}: run python docs/generate.py" for path in wrong) or 0)
    for path in wrong:
        path.write_text(generated(path.read_text(encoding="utf-8")), encoding="utf-8")
