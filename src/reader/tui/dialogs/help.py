"""The help page: every key, from the table of commands."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reader.model import Scheme
from reader.text.visible import visible_line
from reader.tui.commands import COMMANDS, SCREENS, Screen
from reader.tui.dialogs.base import Dialog
from reader.tui.keys import KeyTable


class Help(Dialog[None]):
    """Lists the commands by heading, the stances with their definitions first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark", "leave", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, keys: KeyTable, scheme: Scheme, screen: Screen) -> None:
        """Show the keys in force; those of the screen it was called from come first in each group."""
        super().__init__(
            "Keys", "↑ ↓ scroll · q or Esc leaves · [keys] in the settings rebinds by the grey names"
        )
        self._keys = keys
        self._scheme = scheme
        self._screen = screen

    def body(self) -> list[Widget]:
        """One scrolling text."""
        return [VerticalScroll(Static(self._page(), markup=False))]

    def _page(self) -> Content:
        scheme = self._scheme
        parts: list[Content | str | tuple[str, str]] = [
            (f"Stances of the scheme {scheme.name}\n", "bold $accent"),
            *([f"{visible_line(scheme.description)}\n"] if scheme.description else []),
        ]
        for label in scheme.offered:
            parts.append((f"  {label.key:>3} {label.symbol} {label.name:<10}", "bold"))
            parts.append(f" {visible_line(label.definition)}\n")
        groups: dict[str, list[str]] = {}
        for command in COMMANDS:
            groups.setdefault(command.group, []).append(command.id)
        by_id = {command.id: command for command in COMMANDS}
        for group, ids in groups.items():
            parts.append((f"\n{group}\n", "bold $accent"))
            # Those of the screen at hand first; the sort keeps the table's order otherwise.
            for command in sorted(
                (by_id[name] for name in ids), key=lambda command: self._screen not in SCREENS[command.scope]
            ):
                title = command.title + (f" ({command.detail})" if command.detail else "")
                parts.append((f"  {self._keys.shown(command.id):<14} ", "bold"))
                parts.append(title)
                parts.append((f"  {command.id}\n", "$foreground 50%"))
        return Content.assemble(*parts)

    def on_mount(self) -> None:
        """Put the focus on the text."""
        self.set_focus(self.query_one(VerticalScroll))

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)
