"""What stances are toward: the current target, and a mark's own."""

from reader.desk import marking
from reader.tui.base import told
from reader.tui.reading.marking import Marking
from reader.tui.targets import ManagingTargets


class Targeting(Marking, ManagingTargets):
    """The current target, and the target of the picked mark."""

    def shows_article(self) -> str | None:
        """The open article."""
        return self.opened.article.id if self.opened is not None else None

    def marks_changed(self) -> None:
        """Show the article's marks as they are in the library now."""
        if self._original is None:
            self._reread()
        self.show_stances()

    @told
    async def action_target(self) -> None:
        """Set the current target."""
        from reader.tui.dialogs.prompt import Prompt

        def chosen(text: str | None) -> None:
            if text is None:
                return
            self.session.choose_target(text)
            target = self.session.target
            if self.opened is not None:
                self.page.set_marks(self._marks(self.page.marks.annotations), self.page.picked)
            self.say(
                f"Stances are now toward: {target}"
                if target
                else "Stances are now toward the claim as a whole"
            )
            self.show_stances()

        await self.ask(
            Prompt(
                "The current target",
                self.session.target,
                placeholder="a claim, policy, person or topic; empty: the claim as a whole",
                suggestions=self._targets(),
            ),
            chosen,
        )

    @told
    async def action_mark_target(self) -> None:
        """Set the target of the mark's own stance."""
        if self._refuses():
            return
        from reader.tui.dialogs.prompt import Prompt

        index = self._at_hand()
        if index is None:
            self.say("No mark here")
            return
        annotation = self.page.marks.annotations[index]
        stance = annotation.stance_toward(self.session.target) or next(iter(annotation.stances), None)
        if stance is None:
            self.say("The mark has no stance yet: a stance key gives it one")
            return

        def chosen(text: str | None) -> None:
            if text is None:
                return
            self._do(
                lambda: marking.retarget(self.session.desk, annotation, stance.target, text), "Target changed"
            )

        await self.ask(
            Prompt("The target of this mark's stance", stance.target, suggestions=self._targets()), chosen
        )
