"""Two people's marks of one article side by side, each settled by one key."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader.desk.adjudicating import Pairing, Unit
from reader.errors import ReaderError
from reader.model import Annotation, Ruling
from reader.text.visible import visible_line
from reader.tui.codebook import Codebook
from reader.tui.dialogs.base import Dialog

_QUOTE = 240
"""So many code points of a quote are shown."""
_RULINGS: dict[Ruling, str] = {"one": "left", "other": "right", "both": "both", "neither": "neither"}


class Adjudication(Dialog[None]):
    """Lists what two people marked, by the place in the text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "settle('one')", show=False),
        Binding("2", "settle('other')", show=False),
        Binding("3", "settle('both')", show=False),
        Binding("4", "settle('neither')", show=False),
        Binding("u", "go_back(False)", show=False),
        Binding("ctrl+r", "go_back(True)", show=False, priority=True),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(
        self,
        pairing: Pairing,
        codebook: Codebook,
        units: Callable[[], Sequence[Unit]],
        settle: Callable[[Unit, Ruling], None],
        go_back: Callable[[bool], str],
    ) -> None:
        """Show two annotators' marks.

        Args:
            pairing: the two.
            codebook: what the labels of their marks mean.
            units: reads what stands side by side as it is now.
            settle: settles one; may raise a ReaderError.
            go_back: undoes, or redoes where it is given True, and says what; may raise a ReaderError.
        """
        super().__init__(
            f"{pairing.one.name}  |  {pairing.other.name}",
            "1 takes left · 2 right · 3 both · 4 neither · u undo · j k ↑ ↓ move · Esc leaves",
        )
        self._codebook = codebook
        self._read = units
        self._units = tuple(units())
        self._settle = settle
        self._go_back = go_back

    def body(self) -> list[Widget]:
        """The list."""
        return [OptionList(*self._options(), id="list", markup=False)]

    def on_mount(self) -> None:
        """Put the cursor on the first that is to be settled."""
        self.set_focus(self._list)
        open_ones = [n for n, unit in enumerate(self._units) if unit.settlement is None and not unit.agreed]
        self._list.highlighted = open_ones[0] if open_ones else 0

    @property
    def _list(self) -> OptionList:
        return self.query_one("#list", OptionList)

    def _options(self) -> list[Option]:
        return [Option(self._row(unit)) for unit in self._units]

    def _row(self, unit: Unit) -> Table:
        row = Table.grid(padding=(0, 1), expand=True)
        row.add_column(width=2)
        row.add_column(ratio=1)
        row.add_column(ratio=1)
        if unit.settlement is not None:
            sign, told = "✓", f"settled: {_RULINGS[unit.settlement.ruling]}"
        elif unit.agreed:
            sign, told = "=", "the two agree"
        else:
            sign, told = "≠", ""
        row.add_row(Text(sign), self._side(unit.one), self._side(unit.other))
        row.add_row(Text(""), Text(told, style="italic"), Text(""))
        return row

    def _side(self, mark: Annotation | None) -> Text:
        if mark is None:
            return Text("not marked", style="italic")
        stances = [
            f"{label.symbol} {label.name}" + (f" → {stance.target}" if stance.target else "")
            for stance in mark.stances
            for label in (self._codebook.label(stance),)
        ]
        quote = visible_line(mark.anchor.exact)
        cut = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
        more = f" · {mark.note}" if mark.note else ""
        told = visible_line(", ".join(stances) or "no stance")
        return Text.assemble((f"{told}\n", "bold"), cut, visible_line(more))

    def _show(self, position: int) -> None:
        self._units = tuple(self._read())
        options = self._list
        options.clear_options()
        options.add_options(self._options())
        if self._units:
            options.highlighted = min(position, len(self._units) - 1)

    def action_move(self, direction: int) -> None:
        """Go up or down."""
        (self._list.action_cursor_down if direction > 0 else self._list.action_cursor_up)()

    def action_settle(self, ruling: Ruling) -> None:
        """Settle the marks under the cursor and go on to the next ones."""
        position = self._list.highlighted
        if position is None:
            return
        try:
            self._settle(self._units[position], ruling)
        except ReaderError as error:
            self.complain(str(error))
            return
        self.complain(f"Settled: {_RULINGS[ruling]}")
        self._show(position + 1)

    def action_go_back(self, redo: bool) -> None:
        """Undo or redo."""
        position = self._list.highlighted or 0
        try:
            told = self._go_back(redo)
        except ReaderError as error:
            self.complain(str(error))
            return
        self.complain(told)
        self._show(position)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        """Enter settles nothing: a choice is made by its key."""
        event.stop()
