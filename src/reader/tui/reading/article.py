"""The article that is open, and the place in it at which reading stops."""

from typing import ClassVar, TypeAlias

from reader.desk import linking, reading
from reader.desk.originals import Original
from reader.desk.versions import Compared
from reader.errors import ReaderError
from reader.model import Annotation, Segment, Span
from reader.tui.commands import Screen
from reader.tui.exporting import ExportingScreen
from reader.tui.marks import Marks
from reader.tui.page import Page
from reader.tui.painting import Sheet
from reader.tui.session import Session

_Place: TypeAlias = tuple[str, int]
"""An article's id and a code point of its text."""


class OpenArticle(ExportingScreen):
    """What is known of the open article and its page."""

    SCOPE: ClassVar[Screen] = "reading"

    def __init__(self, session: Session) -> None:
        """Start without an article."""
        super().__init__(session)
        self.opened: reading.Opened | None = None
        self._sheet: Sheet | None = None
        self._segments: tuple[Segment, ...] = ()
        self._warned = False
        """Whether the text bears a warning."""
        self._original: Original | None = None
        self._compared: Compared | None = None
        self._reviewing = False
        self._edges: str = ""
        """The id of the mark whose edges are being moved."""
        self._expanded = ""
        self._expanded_from = 0
        self._wanted = ""
        """The id of the mark that the article was opened for."""
        self._noted: _Place | None = None
        """Where reading stopped, as long as it is not kept yet."""
        self._kept_place: _Place | None = None
        self._proposed: tuple[Annotation | None, str] = (None, "")
        """A mark, and whose words it is likely to be, as the status line tells it."""
        self._needle = ""
        self._hits: tuple[Span, ...] = ()
        self._found_from = 0
        self._ended = False
        """Whether the last key was a page down at the article's end, which told what the next one does."""

    @property
    def page(self) -> Page:
        """The page."""
        return self.query_one("#page", Page)

    def _marks(self, annotations: tuple[Annotation, ...]) -> Marks:
        session = self.session
        links = linking.counts(session.desk, self.opened.article.id) if annotations and self.opened else {}
        return Marks(annotations, session.codebook, session.target, session.desk.store.annotator.id, links)

    @property
    def _unsure(self) -> int:
        """How many of the article's marks have no sure place in this text."""
        marks = self.opened.annotations if self.opened is not None else ()
        return sum(mark.anchor.status != "ok" for mark in marks)

    @property
    def _view(self) -> Original | Compared | None:
        """What is shown in the place of the article's text, in which no marks are made."""
        return self._original or self._compared

    # The place at which reading stops

    def _keep_place_now_and_then(self) -> None:
        if self.is_current:
            self.note_place()
            self.keep_place()

    def leave_place(self) -> None:
        """Note the place, and keep it once the screen that comes next is painted."""
        self.note_place()
        self.app.call_after_refresh(self.keep_place)

    def note_place(self) -> None:
        """Note the place at which reading stops."""
        if self.opened is None or self.session.desk.store.read_only:
            return
        if self._compared is not None and self._compared.newer.revision_id != self.opened.revision.id:
            # Neither of the texts compared is the one in which a place is kept.
            return
        offset = self.page.caret
        if self._view is not None:
            offset = self._view.to_text(offset)
        self._noted = (self.opened.article.id, offset)

    def keep_place(self) -> None:
        """Store the place that was noted; it is no change, so a failure is not told."""
        place, self._noted = self._noted, None
        if place is None or place == self._kept_place:
            return
        try:
            reading.remember_position(self.session.desk, *place)
        except ReaderError as error:
            self.log(f"the place was not kept: {error}")
        else:
            self._kept_place = place
