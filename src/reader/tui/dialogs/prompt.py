"""One line to type, with what was used before to choose from."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog
from reader.tui.line import Line

_SHOWN = 200


class Prompt(Dialog[str]):
    """Asks for a line; ↓ goes into the list of what was used before, narrowed by what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "into_list", show=False),
    ]

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        placeholder: str = "",
        suggestions: Sequence[str] = (),
        hint: str = "Enter takes it · Esc leaves",
    ) -> None:
        """Ask for a line that is `value` at first."""
        super().__init__(title, hint if not suggestions else hint + " · ↓ choose from the list")
        self._value = value
        self._placeholder = placeholder
        self._suggestions = list(suggestions)
        self._listed: list[str] = []

    def body(self) -> list[Widget]:
        """The line, and the list."""
        widgets: list[Widget] = [
            Line(visible_line(self._value), placeholder=self._placeholder, id="line", select_on_focus=True)
        ]
        if self._suggestions:
            widgets.append(OptionList(id="list", markup=False))
        return widgets

    def on_mount(self) -> None:
        """Put the focus on the line."""
        self._fill("")
        self.set_focus(self.query_one("#line", Input))

    def _fill(self, typed: str) -> None:
        if not self._suggestions:
            return
        folded = typed.casefold()
        self._listed = [text for text in self._suggestions if folded in text.casefold()][:_SHOWN]
        options = self.query_one("#list", OptionList)
        options.clear_options()
        options.add_options([Option(Content(visible_line(text))) for text in self._listed])

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._fill("" if event.value == visible_line(self._value) else event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        untouched = event.value == visible_line(self._value)
        self.dismiss(self._value if untouched else event.value)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._listed[event.option_index])

    def action_into_list(self) -> None:
        """Go from the line into the list."""
        if self._listed:
            options = self.query_one("#list", OptionList)
            options.highlighted = options.highlighted or 0
            self.set_focus(options)
