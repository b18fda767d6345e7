"""Comparing two people's marks of the open article, and settling them."""

from reader.desk import adjudicating, marking
from reader.tui.base import told
from reader.tui.reading.marking import Marking


class Adjudicating(Marking):
    """The way into the dialog in which marks are settled."""

    @told
    async def action_adjudicate(self) -> None:
        """Compare two people's marks; asks which two where there are more."""
        if self._refuses() or self.opened is None:
            return
        pairings = adjudicating.pairings(self.session.desk, self.opened.article.id)
        if not pairings:
            self.say("Only one person marked this article: `reader merge` brings in another's marks")
        elif len(pairings) == 1:
            await self._adjudicate(pairings[0])
        else:
            from reader.tui.dialogs.choice import Choice

            def chosen(position: int | None) -> None:
                if position is not None:
                    self.call_later(self._adjudicate, pairings[position])

            lines = [f"{two.one.name} ({two.ones}) and {two.other.name} ({two.others})" for two in pairings]
            await self.ask(Choice("Whose marks?", lines), chosen)

    async def _adjudicate(self, pairing: adjudicating.Pairing) -> None:
        from reader.tui.dialogs.adjudication import Adjudication

        assert self.opened is not None
        desk, article_id = self.session.desk, self.opened.article.id

        def go_back(redo: bool) -> str:
            change = (marking.redo if redo else marking.undo)(desk, article_id)
            return f"{'Redone' if redo else 'Undone'}: {change.what}"

        def closed(_: None) -> None:
            self._reread()
            self.show_all()

        dialog = Adjudication(
            pairing,
            self.session.codebook,
            units=lambda: adjudicating.units(desk, article_id, pairing.one, pairing.other),
            settle=lambda unit, ruling: adjudicating.settle(desk, unit, ruling),
            go_back=go_back,
        )
        await self.ask(dialog, closed)
