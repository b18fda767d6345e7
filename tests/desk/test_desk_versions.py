"""The difference as it is read, and deciding about marks that lost their place."""

from pathlib import Path

import pytest
from desks import PROSE, add_text, desk_at
from hypothesis import given
from hypothesis import strategies as st

from reader.desk import Desk, marking, reading, versions
from reader.errors import InputError, NotFoundError
from reader.model import Annotation, Span, Style, Version

OLDER = Version("one", 1, "2026-03-02T09:00:00Z", "", "", "", False)
NEWER = Version("two", 2, "2026-03-03T09:00:00Z", "", "", "", True)
CLAIM = "the gate failed its first test"
CHANGED = PROSE.replace(f"Engineers were less sure, and {CLAIM}.", "They left.").replace("nine", "ten")
CHANGED += "\nA brochure says that the gate passed its very first test.\n"

TEXTS = st.lists(
    st.sampled_from(["gate", "dry.", "The", "town", "said,", "no", "“yes”"]), max_size=30
).flatmap(
    lambda words: st.lists(st.sampled_from([" ", " ", "\n\n"]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)).strip()
    )
)


@given(TEXTS, TEXTS)
def test_the_view_holds_the_newer_text_and_every_change_has_its_sign(old: str, new: str) -> None:
    view = versions.compare(old, new, OLDER, NEWER)
    text, blocks, runs = view.canonical
    for view_start, start, length in view.links:
        assert text[view_start : view_start + length] == new[start : start + length]
        assert view.to_text(view_start) == start
        assert view.to_view(start) == view_start
    assert sum(link.length for link in view.links) == len(new)
    for change in view.changes:
        assert text[change.start] in "−+"
    at = 0
    for block in blocks:
        assert block.start >= at
        assert text[at : block.start].strip() == ""
        assert text[block.start : block.end].strip()
        at = block.end
    assert text[at:].strip() == ""
    assert [run.start for run in runs] == sorted(run.start for run in runs)
    assert all(run.style in (Style.ADDED, Style.REMOVED) for run in runs)


def test_what_was_taken_out_stands_before_what_took_its_place() -> None:
    view = versions.compare("It is late.\n\nThey left.", "It is early.\n\nThey left.", OLDER, NEWER)
    assert view.canonical.text == "It is −late. +early.\n\nThey left."
    assert [view.canonical.text[start:end] for start, end in view.changes] == ["−late.", "+early."]


def waiting(folder: Path, text: str = CHANGED) -> tuple[Desk, Annotation]:
    """A desk with one mark that lost its place."""
    desk = desk_at(folder / "library.db")
    story = add_text(desk, folder)
    start = story.revision.canonical.text.index(CLAIM)
    marking.annotate(desk, story.revision, Span(start, start + len(CLAIM)), "support")
    add_text(desk, folder, text)
    (one,) = versions.waiting(desk)
    return desk, one.annotation


def test_a_proposal_is_confirmed_refused_or_put_elsewhere(tmp_path: Path) -> None:
    desk, proposed = waiting(tmp_path)
    with desk:
        assert proposed.anchor.status == "review"
        assert proposed.anchor.exact == "the gate passed its very first test"
        confirmed = versions.accept(desk, proposed)
        assert (confirmed.anchor.status, confirmed.anchor.score, confirmed.anchor.changed) == (
            "ok",
            1.0,
            False,
        )
        assert versions.waiting(desk) == ()
        marking.undo(desk)
        refused = versions.refuse(desk, proposed)
        assert (refused.anchor.status, refused.anchor.exact) == ("orphan", CLAIM)
        assert versions.refuse(desk, refused) == refused
        with pytest.raises(InputError, match="select one"):
            versions.accept(desk, refused)
        revision = reading.opened(desk, 1).revision
        start = revision.canonical.text.index("They left.")
        put = versions.attach(desk, refused, revision, Span(start, start + 10))
        assert (put.anchor.status, put.anchor.exact) == ("ok", "They left.")
        for status in ("orphan", "review"):
            marking.undo(desk)
            (now,) = reading.opened(desk, 1).annotations
            assert now.anchor.status == status
        assert desk.store.check() == []


def test_what_a_changed_text_says_of_itself(tmp_path: Path) -> None:
    desk, _ = waiting(tmp_path)
    with desk:
        article = reading.article(desk, 1)
        assert versions.change_line(desk, article).endswith(": 1 to review")
        assert versions.change_line(desk, article).startswith("The text changed on ")
        assert " 2026" not in versions.change_line(desk, article), (
            "the year goes without saying in the same one"
        )
        other = add_text(desk, tmp_path, "Nothing happened here.\n", "other.txt")
        assert versions.change_line(desk, other.article) == ""
        with pytest.raises(NotFoundError, match="one text so far"):
            versions.compared(desk, other.article)
