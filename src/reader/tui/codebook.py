"""Labels by number, by which marks are painted: the scheme's own first, then others as they are met."""

from collections.abc import Callable, Iterable

from reader.model import Label, Scheme, Stance

BARE = "▪"
"""The sign of a mark without a stance, and of a label that nothing is known of."""


class Codebook:
    """What the labels of all marks mean, whatever scheme they are of; it only ever grows.

    Attributes:
        labels: by number.
        colours: the label's colour role by number; the same list always.
    """

    def __init__(self, scheme: Scheme, known: Callable[[], Iterable[Scheme]]) -> None:
        """Begin with a scheme's labels; `known` gives all schemes where others are to be looked up."""
        self.labels: list[Label] = []
        self.colours: list[str] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._known = known
        for label in scheme.labels:
            self._add(scheme.name, label)

    def _add(self, scheme: str, label: Label) -> int:
        number = self._numbers[scheme, label.code] = len(self.labels)
        self.labels.append(label)
        self.colours.append(label.colour)
        return number

    def number(self, stance: Stance) -> int:
        """The number of a stance's label; one that no scheme defines is known by its code alone."""
        found = self._numbers.get((stance.scheme, stance.code))
        if found is not None:
            return found
        named = (scheme for scheme in self._known() if scheme.name == stance.scheme)
        label = next(filter(None, (scheme.label(stance.code) for scheme in named)), None)
        return self._add(
            stance.scheme,
            label or Label(stance.code, key="", name=stance.code, symbol=BARE, colour="", definition=""),
        )

    def label(self, stance: Stance) -> Label:
        """A stance's label."""
        return self.labels[self.number(stance)]

    def symbol(self, number: int) -> str:
        """The sign of a label by its number; -1 stands for a mark without a stance."""
        return self.labels[number].symbol if number >= 0 else BARE
