"""What the families of the reading screen's commands share: the article, the page, the bars."""

from bisect import bisect_left
from typing import Literal, TypeAlias

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from reader.desk import reading, versions
from reader.errors import ConflictError, ReaderError
from reader.model import Annotation, Span
from reader.text.spans import trim
from reader.tui.bars import Bar, Piece
from reader.tui.page import Page
from reader.tui.painting import Sheet
from reader.tui.palette import Palette
from reader.tui.reading.article import OpenArticle

Aim: TypeAlias = tuple[Literal["selection", "mark", "sentence"], Span | Annotation]

_PLACE_EVERY = 3.0
"""Seconds between two looks at whether the place has changed; a kill loses no more than that."""


class ReadingBase(OpenArticle):
    """An article on a page, with the bars around it."""

    def compose(self) -> ComposeResult:
        """The bars and the page."""
        session = self.session
        yield Bar(id="head")
        yield Static(id="review", markup=False)
        yield Page(
            session.palette,
            self._marks(()),
            measure=session.settings.measure,
            moved=self._mouse_moved,
            id="page",
        )
        yield Container(id="find")
        yield Bar(id="stances")
        yield Bar(id="status")
        yield Bar(id="foot")

    # Opening

    def open(self, number: int, annotation_id: str = "") -> None:
        """Show an article at the place last read, or at one of its marks."""
        desk = self.session.desk
        opened = reading.opened(desk, number)
        if self._noted is not None and self._noted[0] == opened.article.id:
            # Opened again before the place was kept.
            self.keep_place()
            opened = reading.opened(desk, number)
        sheet, segments = Sheet(opened.revision.canonical), reading.segments(desk, opened.article)
        self.opened, self._sheet, self._segments = opened, sheet, segments
        self.session.article = number
        self.session.visited = [number, *(other for other in self.session.visited if other != number)]
        self._original = self._compared = None
        self._edges, self._expanded, self._needle, self._hits = "", "", "", ()
        self._message, self._warned = "", False
        if not opened.article.read and not desk.store.read_only:
            # The page is painted first: nothing on it says whether the article was read.
            self.call_after_refresh(self._mark_read, opened.article.id)
        self._wanted = annotation_id
        if self.is_mounted:
            try:
                self._show_opened()
            except Exception:
                # The page may show another text: nothing must be marked in it.
                self.opened = None
                raise

    def _mark_read(self, article_id: str) -> None:
        try:
            reading.set_read(self.session.desk, article_id, True, asked=False)
        except ReaderError as error:
            # A full disk keeps nobody from reading.
            self.log(f"not marked as read: {error}")

    def _show_opened(self) -> None:
        opened, sheet = self.opened, self._sheet
        if opened is None or sheet is None:
            return
        self._close_find()
        self.page.show(sheet, self._marks(opened.annotations), caret=opened.article.position)
        wanted = self.page.marks.index_of(self._wanted)
        if wanted is not None:
            self.page.pick(wanted)
        self.set_focus(self.page)
        hidden = reading.hidden(self._segments)
        keys = self.session.keys
        if opened.article.newer_revision:
            self.say(
                f"A newer text of this article is there: {keys.shown('show-text', 1)} shows it,"
                f" {keys.shown('difference', 1)} what changed"
            )
        elif changed := versions.change_line(self.session.desk, opened.article):
            self.say(f"{changed} ({keys.shown('difference', 1)} shows it)")
        elif hidden:
            self.say(f"{hidden}: {self.session.keys.shown('original', 1)} shows them")
        self.show_all()
        # The page is painted first: looking through a long text takes longer than a key may.
        self.call_after_refresh(self._look_for_warnings, opened.revision.id, self._message)

    def _look_for_warnings(self, revision_id: str, said: str) -> None:
        """Say what whoever quotes the text must know, unless something else has happened meanwhile."""
        if self.opened is None or self.opened.revision.id != revision_id:
            return
        found = reading.warnings(self.opened.revision.canonical.text)
        self._warned = bool(found)
        if found:
            self.show_head()
            if self._message == said and not self.opened.article.newer_revision:
                warning = found[0].told(most=1)
                self.say(f"{warning[:1].upper()}{warning[1:]}{f' · {said}' if said else ''}")

    def on_mount(self) -> None:
        """Show the article that was asked for before the screen was there."""
        if self.opened is not None:
            self._show_opened()
        else:
            self.show_footer()
        self.set_interval(_PLACE_EVERY, self._keep_place_now_and_then)

    def _close_find(self) -> None:
        box = self.query_one("#find", Container)
        if box.display:
            box.display = False
            box.remove_children()
            self.set_focus(self.page)

    # Drawing

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        if self.is_mounted:
            # Another scheme's labels have other numbers.
            self.page.set_marks(self._marks(self.page.marks.annotations), self.page.picked)
            self.page.set_palette(palette)
            self.show_all()

    def show_all(self) -> None:
        """Draw the bars."""
        self.show_head()
        self.show_stances()
        self.show_status()
        self.show_footer()

    def show_head(self) -> None:
        """Draw the bar above the page."""
        palette = self.session.palette
        if self.opened is None:
            return
        known = self.opened.article.metadata
        tags = " ".join(f"#{tag}" for tag in self.opened.article.tags)
        facts = " · ".join(fact for fact in (known.source, known.published[:10], known.author, tags) if fact)
        title = self._what_is_shown() + (known.title or "(no title)")
        star = "* " if self.opened.article.starred else ""
        self.query_one("#head", Bar).show(
            [
                (f" {star}{title}", palette.bar_strong),
                (f"   {facts}" if facts else "", palette.bar_dim),
            ],
            [
                ("quotes not verbatim  " if self._warned else "", palette.bar_accent),
                (self._beside_number(), palette.bar_accent),
                (f"{self.opened.article.number} ", palette.bar_dim),
            ],
            fill=palette.bar,
        )

    def _beside_number(self) -> str:
        """What is told at the right end of the bar above the page."""
        return ""

    def _what_is_shown(self) -> str:
        if self._compared is not None:
            return f"Text {self._compared.older.number} → {self._compared.newer.number} · "
        return "Original · " if self._original is not None else ""

    def show_stances(self) -> None:
        """Draw the stance bar: each label's key, symbol and name, and what a stance key will do now."""
        palette, session = self.session.palette, self.session
        pieces: list[Piece] = [(" ", palette.bar)]
        names = [""]
        for index, label in enumerate(session.codebook.labels[: len(session.desk.scheme.labels)]):
            if label.retired:
                continue
            key = session.keys.shown(f"stance-{label.key}", 1)
            pieces += [
                (f"{key}", palette.bar_dim),
                (f"{label.symbol} {label.name}", palette.label(index, bold=True, bar=True)),
                ("  ", palette.bar),
            ]
            names += [f"stance('{label.key}')"] * 2 + [""]
        right: list[Piece] = []
        if self.app.size.width >= 100:
            target = f"→ {session.target}  " if session.target else ""
            right.append((target, palette.bar_accent))
        right.append((self._what_a_stance_does() + " ", palette.bar_dim))
        self.query_one("#stances", Bar).show(pieces, right, fill=palette.bar, names=names)

    def _what_a_stance_does(self) -> str:
        kind, _ = self._aim()
        return {"selection": "selection", "mark": "this mark", "sentence": "sentence"}[kind]

    def show_status(self) -> None:
        """Draw the line that tells what happened, else what is known of the mark at hand."""
        palette, page = self.session.palette, self.page
        if self.said is not None:
            left = [self.said, (self._proposal_shown(), palette.dim)]
        elif self._edges:
            left = [(" Move the edges; o swaps ends, Enter stores them, Esc leaves them", palette.accent)]
        elif (index := self._at_hand()) is not None:
            over = len(page.marks.at(page.caret))
            more = f"  ({over} marks here)" if over > 1 else ""
            told = page.marks.about(index) or "no stance yet"
            left = [
                (f" {page.marks.symbol(index)} ", palette.label(page.marks.labels[index], bold=True)),
                (told, palette.text),
                (self._proposal_shown(), palette.dim),
                (more, palette.dim),
            ]
        elif self.session.target and self.app.size.width < 100:
            left = [(f" → {self.session.target}", palette.accent)]
        else:
            left = [("", palette.dim)]
        count = len(page.marks.spans)
        marks = f"{count} {'mark' if count == 1 else 'marks'}   " if count else ""
        if self._unsure and self._view is None:
            marks += f"{self._unsure} to review: {self.session.keys.shown('review', 1)}   "
        found = f"{self._hit_position()}   " if self._hits else ""
        begun = f"{self.session.keys.shown('link', 1)} ends the link   " if self.session.link_from else ""
        right: list[Piece] = [
            (begun, palette.accent),
            (found, palette.accent),
            (f"{marks}{page.share_read} % ", palette.dim),
        ]
        self.query_one("#status", Bar).show(left, right, fill=palette.text)

    def _proposal_shown(self) -> str:
        """Whose words the mark at hand is likely to be, once that has been looked for; it is not stored."""
        index = self._at_hand()
        at_hand = index is not None and self.page.marks.annotations[index] == self._proposed[0]
        return self._proposed[1] if at_hand else ""

    def _hit_position(self) -> str:
        at = min(bisect_left(self._hits, self.page.caret, key=_start) + 1, len(self._hits))
        return f"{at}/{len(self._hits)} “{self._needle}”"

    def _moved(self) -> None:
        self._message = ""
        self._ended = False
        if self.page.selection is None:
            self._edges, self._expanded = "", ""
        self.show_stances()
        self.show_status()

    def _mouse_moved(self, page: Page, clicked: bool) -> None:
        del page
        if clicked and self._view is None:
            over = self.page.marks.at(self.page.caret)
            if over:
                caret = self.page.caret
                self.page.pick(over[-1])
                self.page.place(caret)
        self._moved()

    # What keys are about

    def _refuses(self) -> bool:
        """Say that marks are not made in the view of the original, nor in a difference."""
        if self._view is not None:
            back = "original" if self._original is not None else "difference"
            self.say(f"Marks are made in the article: {self.session.keys.shown(back, 1)} goes back")
        return self._view is not None

    def _at_hand(self) -> int | None:
        """The mark that keys are about: the picked one, else the innermost under the caret."""
        page = self.page
        if page.picked is not None:
            return page.picked
        over = page.marks.at(page.caret)
        return over[-1] if over else None

    def _aim(self) -> tuple[str, Span | Annotation]:
        """What a stance key is about: the selection, a mark, or the sentence under the caret."""
        page = self.page
        selection = page.selection
        if selection is not None:
            return "selection", trim(page.sheet.canonical.text, selection)
        if page.picked is not None:
            return "mark", page.marks.annotations[page.picked]
        sentence = page.sentence
        exact = page.marks.exactly(sentence)
        if exact is not None:
            return "mark", page.marks.annotations[exact]
        return "sentence", sentence

    # Staying true to the library

    def _reread(self) -> None:
        """Show the article's marks and facts as they are in the library now."""
        if self.opened is None:
            return
        opened = reading.opened(self.session.desk, self.opened.article.number)
        if opened.revision.id != self.opened.revision.id:
            # The page must never show one text and mark another.
            self.open(opened.article.number)
            self.say("The article has another text now")
            return
        self.opened = opened
        self.session.refresh_target()
        page = self.page
        picked = page.marks.annotations[page.picked].id if page.picked is not None else ""
        marks = self._marks(opened.annotations)
        page.set_marks(marks, marks.index_of(picked))

    def look_again(self) -> None:
        """Show what another session has changed since the last key.

        Raises:
            ConflictError: what this key was about is not what it was when the key was pressed.
        """
        before = self._aimed()
        self.catch_up()
        if self._aimed() != before:
            raise ConflictError("another session changed what this key was about: look, and press it again")

    def catch_up(self) -> None:
        """Show what another session has changed; the view of the original waits until it is left."""
        if self._view is None and self.changed_elsewhere():
            self._reread()

    def _aimed(self) -> tuple[str, Span | None, str]:
        """What a key would act on: the text, what is selected in it, and the mark at hand."""
        index = self._at_hand()
        mark = self.page.marks.annotations[index].id if index is not None else ""
        return (self.opened.revision.id if self.opened else "", self.page.selection, mark)


def _start(span: Span) -> int:
    return span.start
