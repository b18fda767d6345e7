"""Making links between marks: begun at one, ended at another, in an article or on the board."""

from reader.desk import linking
from reader.model import RELATION_TYPES, Annotation
from reader.tui.base import BaseScreen

_QUOTE = 32
"""So many code points of a mark's quote are told: two of them have room in a dialog."""


def quoted(annotation: Annotation) -> str:
    """A mark's quote, cut where it is long."""
    quote = " ".join(annotation.anchor.exact.split())
    return f"“{quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + '…'}”"


class LinkingScreen(BaseScreen):
    """A screen on whose marks links begin and end."""

    def link_begun(self) -> None:
        """Show whether a link is begun."""

    def linked(self, mark: Annotation, told: str) -> None:
        """A link ends at a mark now, of which this is told."""
        del mark
        self.say(told)

    async def _link(self, mark: Annotation) -> None:
        """Begin a link at a mark, or end the one that is begun there and ask what it says."""
        session, key = self.session, self.session.keys.shown("link", 1)
        source, session.link_from = session.link_from, None
        if source is None:
            session.link_from = mark
            self.say(f"Link from {quoted(mark)}: go to another mark and press {key}")
        elif source.id == mark.id:
            self.say("No link is begun any more")
        else:
            await self._ask_type(source, mark)
        self.link_begun()

    async def _ask_type(self, source: Annotation, mark: Annotation) -> None:
        from reader.tui.dialogs.choice import Choice

        def chosen(position: int | None) -> None:
            if position is None:
                self.session.link_from = source
                self.say(f"Not linked; the link from {quoted(source)} is still begun")
                self.link_begun()
                return
            kind = RELATION_TYPES[position]
            _, new = linking.link(self.session.desk, source, mark, kind)
            self.linked(mark, f"{'Linked' if new else 'Linked already'}: {linking.NAMES[kind]}")

        lines = [f"{linking.NAMES[kind]} …" for kind in RELATION_TYPES]
        await self.ask(Choice(f"{quoted(source)} … {quoted(mark)}", lines), chosen)
