"""Going from claim to claim, and taking the holder and the voice that the text gives for a mark.

The rules are loaded, and a paragraph is looked at, when that is first asked for.
"""

import asyncio
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.claims.found import Claim, Proposal
from reader.desk import marking
from reader.model import Annotation, Voice
from reader.tui.base import told
from reader.tui.painting import Sheet
from reader.tui.reading.marking import Marking

if TYPE_CHECKING:
    from reader.claims.finder import Finder

_AT_ONCE = 10
"""Sentences that are looked at before the next key may come in between: some 5 ms."""
_REST = 0.25
"""Seconds that the keys rest before it is looked for whose words a mark is."""
_CUE = 30
"""Code points of the words that give a reason which are shown."""


class Claiming(Marking):
    """The claim finder and the proposals."""

    _found_in: "tuple[Sheet, Finder] | None" = None
    _waiting: Timer | None = None

    @property
    def _finder(self) -> "Finder":
        from reader.claims.finder import Finder

        sheet = self.page.sheet
        if self._found_in is None or self._found_in[0] is not sheet:
            self._found_in = (sheet, Finder(sheet.canonical, sheet.navigator))
        return self._found_in[1]

    # From claim to claim

    def action_claim(self, direction: int) -> None:
        """To the next or previous sentence that is likely to hold a claim; says why."""
        ahead = self._finder.beyond(self.page.caret, direction)
        for claim in islice(ahead, _AT_ONCE):
            if claim is not None:
                self._arrive(claim)
                return
        self.say("Looking for a claim …")
        self.run_worker(self._look_on(ahead, direction), group="claims", exclusive=True)

    async def _look_on(self, ahead: Iterator[Claim | None], direction: int) -> None:
        """Look further, some sentences at a time, until a claim is found or a key has moved the caret."""
        page = self.page
        sheet, caret = page.sheet, page.caret
        for looked, claim in enumerate(ahead):
            if claim is not None:
                self._arrive(claim)
                return
            if looked % _AT_ONCE == 0:
                await asyncio.sleep(0)
                if (
                    not (self.is_current and page.is_attached)
                    or page.sheet is not sheet
                    or page.caret != caret
                ):
                    return
        where, key = ("below", "claim-previous") if direction > 0 else ("above", "claim-next")
        self.say(f"No claim {where}: {self.session.keys.shown(key, 1)} goes the other way")

    def _arrive(self, claim: Claim) -> None:
        page = self.page
        if page.picked is not None:
            page.pick(None)
        page.place(claim.span.start, centre=True)
        self._moved()
        self.say(reason(page.sheet.canonical.text, claim))

    # Whose words

    def show_status(self) -> None:
        """Draw the status line; a little later also whose words the mark at hand is likely to be."""
        super().show_status()
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        if self._unsaid() is not None:
            self._waiting = self.set_timer(_REST, self._propose)

    def _unsaid(self) -> Annotation | None:
        """The mark at hand, where its holder or its voice is not said and not yet proposed."""
        if self._original is not None or self.opened is None:
            return None
        index = self._at_hand()
        annotation = None if index is None else self.page.marks.annotations[index]
        if annotation is None or (annotation.holder and annotation.voice):
            return None
        return annotation if annotation != self._proposed[0] else None

    def _propose(self) -> None:
        annotation = self._unsaid()
        if annotation is None or not self.is_current:
            return
        words = told_of(self._missing(annotation))
        key = self.session.keys.shown("attribute", 1)
        self._proposed = (annotation, f"   {key} takes: {words}" if words else "")
        if words:
            self.show_status()

    def _proposal(self, annotation: Annotation) -> Proposal:
        return self._finder.proposal(annotation.span)

    def _missing(self, annotation: Annotation) -> Proposal:
        """What is proposed of what the mark does not say."""
        proposal = self._proposal(annotation)
        voice: Voice = "" if annotation.voice else proposal.voice
        if annotation.holder:
            return Proposal("", voice)
        return proposal._replace(voice=voice)

    @told
    async def action_attribute(self) -> None:
        """Store the proposed holder and voice of the mark at hand; what is said already stays."""
        if self._refuses() or self.opened is None:
            return
        index = self._at_hand()
        if index is None:
            self.say("No mark here: a stance key marks the sentence, and then its holder can be taken")
            return
        annotation = self.page.marks.annotations[index]
        proposal = self._missing(annotation)
        if annotation.holder and annotation.voice:
            self.say("Holder and voice are said already: Enter shows them")
        elif not proposal.holder and not proposal.voice:
            self.say("The text does not say whose words these are")
        else:
            stored = marking.change(
                self.session.desk,
                annotation,
                holder=proposal.holder or annotation.holder,
                voice=proposal.voice or annotation.voice,
            )
            self._stored(stored, f"Taken: {told_of(proposal)}", pick=self.page.picked is not None)


def reason(text: str, claim: Claim) -> str:
    """Why a sentence is likely to hold a claim, and whose, in one line."""
    shown = []
    for kind, cue in claim.reasons:
        words = " ".join(text[cue.start : cue.end].split())
        shown.append(f"{kind} “{words[:_CUE].rstrip()}{'…' if len(words) > _CUE else ''}”")
    told = told_of(claim.proposal) if claim.proposal.holder else ""
    return f"{', '.join(shown)}{f' · {told}' if told else ''}"


def told_of(proposal: Proposal) -> str:
    """A proposal in a few words: ``Ada Quill, reported (via the Harbour Post)``."""
    words = ", ".join(part for part in (proposal.holder, proposal.voice) if part)
    return f"{words} (via {proposal.via})" if words and proposal.via else words
