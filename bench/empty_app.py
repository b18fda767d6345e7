"""The floor of every start: a Textual app that shows one word and does nothing else."""

from textual.app import App, ComposeResult
from textual.widget import Widget


class Word(Widget):
    """The one word."""

    def render(self) -> str:
        """What is shown."""
        return "empty"


class EmptyApp(App[None]):
    """Shows it."""

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield Word()


if __name__ == "__main__":
    EmptyApp().run()
