from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import PROSE, add_text, desk_at

from reader.desk import Desk, marking, targets
from reader.desk.reading import Opened, annotations
from reader.errors import ConflictError, InputError, NotFoundError, SchemeError
from reader.model import Annotation, Revision, Span, Stance


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        yield desk


@pytest.fixture
def story(desk: Desk, tmp_path: Path) -> Opened:
    return add_text(desk, tmp_path)


def span_of(revision: Revision, quote: str) -> Span:
    start = revision.canonical.text.index(quote)
    return Span(start, start + len(quote))


def marked(
    desk: Desk, story: Opened, quote: str, code: str | None = "support", target: str = ""
) -> Annotation:
    return marking.annotate(desk, story.revision, span_of(story.revision, quote), code, target)


def codes(annotation: Annotation) -> dict[str, str]:
    return {stance.target: stance.code for stance in annotation.stances}


def stored(desk: Desk, story: Opened) -> list[Annotation]:
    return list(annotations(desk, story.article))


def test_a_mark_holds_exactly_the_words_chosen_and_what_stands_around_them(desk: Desk, story: Opened) -> None:
    annotation = marked(desk, story, " keep the harbour dry ", "oppose", "the tide gate")
    anchor = annotation.anchor
    text = story.revision.canonical.text
    assert anchor.exact == text[anchor.span.start : anchor.span.end] == " keep the harbour dry "
    assert text[: anchor.span.start].endswith(anchor.prefix)
    assert text[anchor.span.end :].startswith(anchor.suffix)
    assert codes(annotation) == {"the tide gate": "oppose"}
    assert annotation.annotator.name == "Ada"
    assert stored(desk, story) == [annotation]


def test_a_stance_is_set_toward_its_target_alone(desk: Desk, story: Opened) -> None:
    annotation = marked(desk, story, "a century", "support", "gate")
    annotation = marking.restance(desk, annotation, "question", "cost")
    annotation = marking.restance(desk, annotation, "oppose", "gate")
    assert codes(annotation) == {"gate": "oppose", "cost": "question"}
    assert stored(desk, story) == [annotation]


def test_the_same_stance_again_changes_nothing_and_leaves_nothing_to_undo(desk: Desk, story: Opened) -> None:
    annotation = marked(desk, story, "a century")
    assert marking.restance(desk, annotation, "support") == annotation
    marking.undo(desk, story.article.id)
    assert stored(desk, story) == []


def test_undo_and_redo_tell_what_they_did_in_the_direction_they_did_it(desk: Desk, story: Opened) -> None:
    annotation = marking.restance(desk, marked(desk, story, "a century"), "oppose")
    undone = marking.undo(desk, story.article.id)
    assert undone.what == "oppose → support"
    assert undone.annotation_id == annotation.id
    assert codes(stored(desk, story)[0]) == {"": "support"}
    assert marking.redo(desk, story.article.id).what == "support → oppose"
    assert codes(stored(desk, story)[0]) == {"": "oppose"}


def test_changes_survive_a_restart_and_can_still_be_undone(desk: Desk, story: Opened, tmp_path: Path) -> None:
    annotation = marked(desk, story, "a century")
    marking.delete(desk, annotation)
    desk.close()
    with desk_at(tmp_path / "library.db") as again:
        assert stored(again, story) == []
        marking.undo(again, story.article.id)
        assert [each.id for each in stored(again, story)] == [annotation.id]


def test_the_edges_of_a_mark_move_and_the_rest_stays(desk: Desk, story: Opened) -> None:
    annotation = marking.change(desk, marked(desk, story, "a century"), note="says who?")
    wider = marking.reshape(desk, annotation, story.revision, span_of(story.revision, "dry for a century"))
    assert wider.anchor.exact == "dry for a century"
    assert (wider.id, wider.note, codes(wider)) == (annotation.id, "says who?", {"": "support"})
    marking.undo(desk, story.article.id)
    assert stored(desk, story)[0].anchor.exact == "a century"


def test_details_change_one_by_one_and_are_tidied(desk: Desk, story: Opened) -> None:
    annotation = marked(desk, story, "a century")
    annotation = marking.change(desk, annotation, holder=" Ada\nQuill ", voice="reported", confidence=2)
    annotation = marking.change(desk, annotation, tags=("harbour", " harbour ", "", "cost"), note=" why? \n")
    assert (annotation.holder, annotation.voice, annotation.confidence) == ("Ada Quill", "reported", 2)
    assert (annotation.tags, annotation.note) == (("harbour", "cost"), "why?")
    annotation = marking.change(desk, annotation, confidence=None)
    assert annotation.confidence is None
    assert annotation.holder == "Ada Quill"
    assert stored(desk, story) == [annotation]


def test_stances_are_replaced_as_a_whole(desk: Desk, story: Opened) -> None:
    annotation = marked(desk, story, "a century", "support", "gate")
    wanted = [Stance(target=target, scheme="stance", code="mixed") for target in ("gate", "cost")]
    annotation = marking.change(desk, annotation, stances=wanted)
    assert codes(annotation) == {"cost": "mixed", "gate": "mixed"}
    with pytest.raises(InputError, match="two stances toward 'gate'"):
        marking.change(desk, annotation, stances=[wanted[0], wanted[0]])


def test_a_stance_turns_toward_another_target(desk: Desk, story: Opened) -> None:
    annotation = marking.retarget(desk, marked(desk, story, "a century"), "", "the gate")
    assert codes(annotation) == {"the gate": "support"}
    annotation = marking.restance(desk, annotation, "oppose", "cost")
    with pytest.raises(InputError, match="toward 'cost' already"):
        marking.retarget(desk, annotation, "the gate", "cost")
    assert codes(stored(desk, story)[0]) == {"cost": "oppose", "the gate": "support"}


def test_targets_in_use_come_newest_first_and_typed_alike_are_one(desk: Desk, story: Opened) -> None:
    marked(desk, story, "a century", "support", "the  gate")
    marked(desk, story, "Monday", "support", "cost")
    marked(desk, story, "crowns", "support", " the gate")
    assert targets.in_use(desk) == ["the gate", "cost"]


@pytest.mark.parametrize(
    ("details", "complaint"),
    [
        ({"voice": "shouted"}, "unknown voice 'shouted'"),
        ({"confidence": 4}, "1, 2 or 3"),
        ({"tags": ("a|b",)}, "cannot hold"),
        ({"tags": ("economy, local",)}, "or a comma"),
    ],
)
def test_details_that_mean_nothing_are_refused_and_nothing_is_stored(
    desk: Desk, story: Opened, details: dict[str, object], complaint: str
) -> None:
    annotation = marked(desk, story, "a century")
    with pytest.raises(InputError, match=complaint):
        marking.change(desk, annotation, **details)  # type: ignore[arg-type]
    assert stored(desk, story) == [annotation]


def test_an_unknown_stance_is_refused_with_the_codes_there_are(desk: Desk, story: Opened) -> None:
    with pytest.raises(SchemeError, match="no stance 'agree': it has support, oppose"):
        marked(desk, story, "a century", "agree")


@pytest.mark.parametrize("span", [Span(3, 3), Span(5, 2), Span(-1, 4), Span(0, 10_000)])
def test_a_range_that_is_none_is_refused(desk: Desk, story: Opened, span: Span) -> None:
    with pytest.raises(InputError, match="nothing to mark"):
        marking.annotate(desk, story.revision, span, "support")


def test_what_another_session_changed_meanwhile_is_kept(desk: Desk, story: Opened, tmp_path: Path) -> None:
    annotation = marked(desk, story, "a century")
    with desk_at(tmp_path / "library.db", "Ben") as other:
        marking.change(other, annotation, note="checked")
    changed = marking.restance(desk, annotation, "oppose")
    assert (changed.note, codes(changed)) == ("checked", {"": "oppose"})


def test_undo_refuses_what_another_session_changed_since(desk: Desk, story: Opened, tmp_path: Path) -> None:
    annotation = marking.change(desk, marked(desk, story, "a century"), note="mine")
    with desk_at(tmp_path / "library.db", "Ben") as other:
        marking.change(other, annotation, note="theirs")
    with pytest.raises(ConflictError):
        marking.undo(desk, story.article.id)
    assert stored(desk, story)[0].note == "theirs"


def test_a_deleted_mark_cannot_be_changed(desk: Desk, story: Opened) -> None:
    annotation = marked(desk, story, "a century")
    marking.delete(desk, annotation)
    with pytest.raises(NotFoundError):
        marking.restance(desk, annotation, "oppose")
    assert stored(desk, story) == []


def test_a_quote_is_found_by_its_words_whatever_white_space_is_between(desk: Desk, story: Opened) -> None:
    annotation = marking.annotate_quote(desk, story.article, "a\n  century", None, "support", note="n")
    assert (annotation.anchor.exact, annotation.note) == ("a century", "n")


def test_a_quote_that_stands_often_needs_its_number(desk: Desk, story: Opened) -> None:
    assert PROSE.count("gate") == 4
    with pytest.raises(InputError, match=r"stands 4 times .* --nth, from 1 to 4"):
        marking.annotate_quote(desk, story.article, "gate", None, "support")
    third = marking.annotate_quote(desk, story.article, "gate", 3, "support")
    text = story.revision.canonical.text
    assert text[: third.span.start].count("gate") == 2
    with pytest.raises(NotFoundError, match="no place 5"):
        marking.annotate_quote(desk, story.article, "gate", 5, "support")
    with pytest.raises(NotFoundError, match="does not stand"):
        marking.annotate_quote(desk, story.article, "sluice", None, "support")
    with pytest.raises(InputError, match="quote is empty"):
        marking.annotate_quote(desk, story.article, " ", None, "support")
