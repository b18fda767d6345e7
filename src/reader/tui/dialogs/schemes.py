"""Choosing the scheme, with what each of its labels means."""

from collections.abc import Sequence

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.model import Scheme
from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog


class SchemeChooser(Dialog[str]):
    """Lists the schemes; below stand the labels of the one under the cursor with their definitions."""

    def __init__(self, schemes: Sequence[Scheme], current: str, problems: Sequence[str]) -> None:
        """Take the schemes, the name of the present one, and a line for each file that cannot be used."""
        super().__init__("The scheme of new stances", "↑ ↓ look · Enter takes it · Esc leaves")
        self._schemes = tuple(schemes)
        self._current = current
        self._problems = tuple(problems)

    def body(self) -> list[Widget]:
        """The list and the labels."""
        options = [Option(Content(self._line(scheme))) for scheme in self._schemes]
        return [
            OptionList(*options, id="list", markup=False),
            VerticalScroll(Static(id="labels", markup=False)),
        ]

    def _line(self, scheme: Scheme) -> str:
        sign = "• " if scheme.name == self._current else "  "
        return visible_line(f"{sign}{scheme.name}  {scheme.description}")

    def on_mount(self) -> None:
        """Put the cursor on the present scheme."""
        options = self.query_one("#list", OptionList)
        names = [scheme.name for scheme in self._schemes]
        options.highlighted = names.index(self._current) if self._current in names else 0
        self.set_focus(options)
        if self._problems:
            self.complain(" · ".join(self._problems))

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        scheme = self._schemes[event.option_index]
        width = max(len(label.name) for label in scheme.offered)
        parts: list[str | tuple[str, str]] = []
        for label in scheme.offered:
            parts.append((visible_line(f"{label.key} {label.symbol} {label.name:<{width}}"), "bold"))
            parts.append(f"  {visible_line(label.definition)}\n")
        self.query_one("#labels", Static).update(Content.assemble(*parts))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._schemes[event.option_index].name)
