"""A form of labelled fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from reader.errors import ReaderError
from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog
from reader.tui.line import Line


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Shown text and value of each choice; a field with choices is a drop-down."""
    suggestions: tuple[str, ...] = ()
    """What a text field completes to."""
    beside: bool = False
    """Whether it stands in the same row as the field before it."""
    told: str = ""
    """What is said after the field, of the value that it came with."""


class Offer(NamedTuple):
    """Values that are proposed for some fields: shown dimmed, taken by one key, else nothing."""

    words: str
    """What is proposed, as a person reads it."""
    values: Mapping[str, str]
    """By the name of the field."""


class Form(Dialog[Mapping[str, str]]):
    """Several fields; gives back all values by name.

    A text field shows its value made visible. Where it was not touched the value it came with is given
    back, so that opening and storing a form changes nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "store", "Store", show=False, priority=True),
        Binding("ctrl+y", "take", "Take what is proposed", show=False, priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        check: Callable[[Mapping[str, str]], object] | None = None,
        follow: Callable[[Mapping[str, str]], Mapping[str, str]] | None = None,
        hint: str = "Enter stores · Tab next field · Esc leaves",
        first: str = "",
        offer: Offer | None = None,
    ) -> None:
        """Show these fields.

        Args:
            title: what the form is for.
            fields: in their order.
            check: may raise a ReaderError, which is told in the form and keeps it open.
            follow: what text fields become when something else is chosen in a drop-down.
            hint: the line of keys below.
            first: the field that has the focus at first.
            offer: values that Ctrl-y puts into fields where nothing stands.
        """
        super().__init__(title, hint)
        self._fields = tuple(fields)
        self._check = check
        self._follow = follow
        self._offer = offer
        self._first = first or (fields[0].name if fields else "")

    def again(self, given: Mapping[str, str]) -> "Form":
        """The same with the values that were given."""
        fields = [replace(field, value=given[field.name]) for field in self._fields]
        return Form(
            self._title,
            fields,
            check=self._check,
            follow=self._follow,
            offer=self._offer,
            hint=self._hint,
            first=self._first,
        )

    def body(self) -> list[Widget]:
        """A row for every field that does not stand beside another."""
        rows: list[list[Widget]] = []
        for field in self._fields:
            label = Static(Content(field.label), markup=False)
            label.set_class(field.beside, "beside")
            if field.beside and rows:
                rows[-1] += [label, self._widget(field)]
            else:
                rows.append([label, self._widget(field)])
            if field.told:
                rows[-1].append(Static(Content(visible_line(field.told)), markup=False, classes="told"))
        shown: list[Widget] = [Horizontal(*row, classes="row") for row in rows]
        if self._offer is not None:
            words = visible_line(f"The text says: {self._offer.words} · Ctrl-y takes it")
            # Below the last of the fields that it is for.
            last = max(n for n, row in enumerate(rows) if self._offered_in(row))
            shown.insert(last + 1, Static(Content(words), classes="offer", id="offer", markup=False))
        return shown

    def _offered_in(self, row: Sequence[Widget]) -> bool:
        offered = self._offer.values if self._offer else {}
        return any(widget.id == f"field-{name}" for widget in row for name in offered)

    @staticmethod
    def _widget(field: Field) -> Widget:
        name = f"field-{field.name}"
        if field.choices:
            options = [(Content(shown), value) for shown, value in field.choices]
            return Select(options, value=field.value, allow_blank=False, compact=True, id=name)
        suggester = SuggestFromList([visible_line(s) for s in field.suggestions], case_sensitive=False)
        return Line(
            visible_line(field.value),
            placeholder=field.placeholder,
            suggester=suggester if field.suggestions else None,
            id=name,
        )

    def on_mount(self) -> None:
        """Put the focus on the first field."""
        if self._first:
            self.set_focus(self.query_one(f"#field-{self._first}"))

    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        found = {}
        for field in self._fields:
            widget = self.query_one(f"#field-{field.name}")
            if isinstance(widget, Select):
                found[field.name] = str(widget.value)
            elif isinstance(widget, Input):
                untouched = widget.value == visible_line(field.value)
                found[field.name] = field.value if untouched else widget.value
        return found

    @on(Select.Changed)
    def _chosen(self, event: Select.Changed) -> None:
        event.stop()
        if self._follow is not None:
            for name, value in self._follow(self.values()).items():
                self.query_one(f"#field-{name}", Line).value = visible_line(value)

    def action_take(self) -> None:
        """Put what is proposed into the fields in which nothing stands; it is stored with the rest."""
        for name, value in (self._offer.values if self._offer else {}).items():
            widget = self.query_one(f"#field-{name}")
            if isinstance(widget, Select) and widget.value == "":
                widget.value = value
            elif isinstance(widget, Input) and not widget.value.strip():
                widget.value = visible_line(value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_store()

    def action_store(self) -> None:
        """Give back the values, unless the check refuses them."""
        values = self.values()
        if self._check is not None:
            try:
                self._check(values)
            except ReaderError as error:
                self.complain(str(error))
                return
        self.dismiss(values)
