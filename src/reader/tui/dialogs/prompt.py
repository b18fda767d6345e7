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
    """Asks for a line; ↓ and ↑ choose from what was used before, narrowed and ordered by what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "choose(1)", show=False),
        Binding("up", "choose(-1)", show=False),
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
        super().__init__(title, hint if not suggestions else hint + " · ↓ ↑ choose from the list")
        self._own_hint = hint
        self._value = value
        self._placeholder = placeholder
        self._suggestions = list(suggestions)
        self._listed: list[str] = []

    def again(self, given: str) -> "Prompt":
        """The same with the line that was given."""
        return Prompt(
            self._title,
            given,
            placeholder=self._placeholder,
            suggestions=self._suggestions,
            hint=self._own_hint,
        )

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
        self._listed = matching(self._suggestions, typed)[:_SHOWN]
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
        chosen = self.query_one("#list", OptionList).highlighted if self._suggestions else None
        if chosen is not None:
            self.dismiss(self._listed[chosen])
            return
        untouched = event.value == visible_line(self._value)
        self.dismiss(self._value if untouched else event.value)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._listed[event.option_index])

    def action_choose(self, direction: int) -> None:
        """Go down or up the list while the line keeps the focus; above its first entry is the line."""
        if not self._listed:
            return
        options = self.query_one("#list", OptionList)
        if options.highlighted is None:
            options.highlighted = 0 if direction > 0 else len(self._listed) - 1
        elif options.highlighted + direction < 0:
            options.highlighted = None
        else:
            options.highlighted = min(options.highlighted + direction, len(self._listed) - 1)


def matching(texts: Sequence[str], typed: str) -> list[str]:
    """Those texts in which every word that was typed stands, those that begin with what was typed first."""
    folded = typed.casefold().strip()
    words = folded.split()
    found = [text for text in texts if all(word in text.casefold() for word in words)]
    return sorted(found, key=lambda text: not text.casefold().startswith(folded))
