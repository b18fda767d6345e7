"""Annotations taken in: round trips, undo, and what cannot be placed or read."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import PROSE, add_text, desk_at, outcomes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.desk import Desk, finding, marking, reading
from reader.desk.adding import add
from reader.desk.exporting import export
from reader.desk.importing import Imported, import_marks
from reader.errors import InputError, NotFoundError
from reader.exchange import BY_NAME as WRITTEN
from reader.ids import new_id
from reader.model import Metadata, Problem, Relation, Span

PAGE = (
    "<html><head><title>Préfet</title></head><body><article><p>Le préfet a dit que la porte tient. "
    "Personne ne le croit, dit-on en ville.</p></article></body></html>"
)
GATE = "the gate failed its first test"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        yield desk


def exported(desk: Desk, form: str) -> bytes:
    stream = io.BytesIO()
    export(desk, stream, form)
    return stream.getvalue()


def imported(
    desk: Desk, content: bytes, form: str = "", *, keep_going: bool = False, name: str = "marks"
) -> tuple[dict[str, int], list[str]]:
    """Import what would be a file; the counts that are not 0, and what was told."""
    path = desk.store.path.with_name(name)
    path.write_bytes(content)
    told: list[Problem] = []
    result = import_marks(desk, path, form, keep_going=keep_going, tell=told.append)
    assert isinstance(result, Imported)
    assert result.kept is (keep_going or not told)
    counts = {name: count for name, count in result.counts.items() if count}
    return counts, [f"{problem.origin.removeprefix(str(path))}: {problem.message}" for problem in told]


def quoted(desk: Desk, reference: int | str = 1) -> list[tuple[str, str]]:
    return [(mark.anchor.exact, mark.anchor.status) for mark in reading.opened(desk, reference).annotations]


def mark_some(desk: Desk, folder: Path) -> None:
    """Two articles, one of them not in UTF-8, marks of every kind, a link, and a target of some kind."""
    one = add_text(desk, folder, PROSE, "one.txt")
    path = folder / "two.html"
    path.write_bytes(PAGE.encode("cp1252"))
    list(add(desk, [str(path)]))
    two = reading.opened(desk, 2)
    sentence = Span(0, one.revision.canonical.text.index("."))
    first = marking.annotate(
        desk, one.revision, sentence, "support", "the gate", note="=a\nb", tags=("x", "y z")
    )
    marking.restance(desk, first, "oppose", "the cost")
    second = marking.annotate(desk, one.revision, Span(3, 9), None, holder="+A", voice="quoted", confidence=3)
    marking.annotate(desk, two.revision, Span(0, 9), "mixed")
    target = desk.store.targets.find("the gate")
    assert target is not None
    desk.store.targets.change(target.id, "a claim now", kind="claim")
    link = Relation(new_id(), "contradicts", second.id, first.id, desk.store.annotator, "why")
    desk.store.relations.add(link, "linked", at=second.id)
    desk.store.schemes.record(desk.scheme)


def test_json_lines_rebuild_an_empty_library_to_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    mark_some(desk, tmp_path)
    content = exported(desk, "jsonl")
    with desk_at(tmp_path / "empty.db", "Ben") as other:
        counts, told = imported(other, content)
        assert (counts, told) == ({"added": 3, "articles": 2, "links": 1}, [])
        assert exported(other, "jsonl") == content
        for form in ("csv", "w3c", "doccano", "markdown", "html"):
            assert exported(other, form) == exported(desk, form)
        # The article itself is whole: its original, what was dropped, its Markdown.
        for number in (1, 2):
            mine, theirs = reading.opened(desk, number), reading.opened(other, number)
            assert theirs.revision == mine.revision
            assert reading.raw(other, theirs.article) == reading.raw(desk, mine.article)
            assert reading.segments(other, theirs.article) == reading.segments(desk, mine.article)
            assert reading.markdown(other, theirs.article) == reading.markdown(desk, mine.article)
        assert other.store.check() == []
        # The same file added there is the article that is there.
        assert outcomes(list(add(other, [str(tmp_path / "one.txt")]))) == ["unchanged"]
        assert imported(other, content)[0] == {"unchanged": 3}
        assert exported(other, "jsonl") == content


def test_csv_into_the_same_articles_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    add_text(desk, tmp_path, PROSE, "one.txt")
    desk.store.backup(tmp_path / "bare.db")
    revision = reading.opened(desk, 1).revision
    first = marking.annotate(
        desk, revision, Span(0, 9), "support", "gate", note="=1+1", tags=("a", "b"), holder="@x"
    )
    marking.restance(desk, first, "oppose", "cost")
    marking.annotate(desk, revision, Span(2, 20), None)
    content = exported(desk, "csv")
    with desk_at(tmp_path / "bare.db", "Ada") as other:
        assert imported(other, content) == ({"added": 2}, [])
        assert exported(other, "csv") == content
        assert imported(other, content) == ({"unchanged": 2}, [])
        assert exported(other, "csv") == content
        (mark, _) = reading.opened(other, 1).annotations
        assert mark.note == "=1+1"


WORDS = st.text(st.sampled_from("ab 'é=+-@|\\,;\"\n🌊堤"), max_size=12)


TAGS = WORDS.map(lambda tag: tag.replace("|", "").replace(",", ""))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("form", ["csv", "jsonl", "w3c"])
def test_whatever_is_marked_comes_back(form: str, tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / new_id()
    folder.mkdir()
    with desk_at(folder / "library.db") as desk:
        revision = add_text(desk, folder).revision
        desk.store.backup(folder / "bare.db")
        length = len(revision.canonical.text)
        for _ in range(data.draw(st.integers(1, 3))):
            start = data.draw(st.integers(0, length - 1))
            mark = marking.annotate(
                desk,
                revision,
                Span(start, data.draw(st.integers(start + 1, length))),
                data.draw(st.sampled_from([None, "support", "oppose"])),
                data.draw(WORDS),
                note=data.draw(WORDS),
                tags=data.draw(
                    st.lists(WORDS.map(lambda tag: tag.replace("|", "").replace(",", "")), max_size=2)
                ),
                holder=data.draw(WORDS),
                voice=data.draw(st.sampled_from(["", "article", "quoted"])),
                confidence=data.draw(st.sampled_from([None, 1, 3])),
            )
            if data.draw(st.booleans()):
                marking.restance(desk, mark, "unclear", data.draw(WORDS))
        content = exported(desk, form)
        with desk_at(folder / "bare.db") as other:
            assert imported(other, content)[1] == []
            assert exported(other, form) == content
            assert exported(other, "csv") == exported(desk, "csv")


def test_an_import_is_one_step_to_undo_and_to_redo(desk: Desk, tmp_path: Path) -> None:
    mark_some(desk, tmp_path)
    content = exported(desk, "jsonl")
    with desk_at(tmp_path / "empty.db", "Ben") as other:
        imported(other, content, name="all.jsonl")
        assert marking.undo(other).what == "imported all.jsonl"
        assert quoted(other, 1) == quoted(other, 2) == []
        marking.redo(other)
        assert [quoted(other, number) for number in (1, 2)] == [quoted(desk, number) for number in (1, 2)]
        assert len(other.store.relations.all()) == 1
        # Undone, and imported again: what is in the file is in the library.
        marking.undo(other)
        assert imported(other, content)[0]["added"] == 3
        assert len(quoted(other, 1)) == 2


def test_a_mark_that_is_in_a_file_twice_is_taken_in_once(desk: Desk, tmp_path: Path) -> None:
    mark_some(desk, tmp_path)
    lines = exported(desk, "jsonl").splitlines()
    at, mark = next((at, line) for at, line in enumerate(lines) if b'"record":"annotation"' in line)
    other_note = json.dumps(json.loads(mark) | {"note": "another"}).encode()
    lines[at : at + 1] = [mark, mark, other_note]
    with desk_at(tmp_path / "empty.db") as other:
        counts, told = imported(other, b"\n".join(lines))
        assert told == []
        assert (counts["added"], counts["unchanged"], counts["different"]) == (3, 1, 1)
        assert exported(other, "jsonl") == exported(desk, "jsonl")
        assert other.store.check() == []


def test_more_marks_than_are_written_together_are_all_there(desk: Desk, tmp_path: Path) -> None:
    revision = add_text(desk, tmp_path).revision
    desk.store.backup(tmp_path / "bare.db")
    with desk.store.transaction():
        for at in range(2345):
            marking.annotate(
                desk, revision, Span(at % 50, 60), "support", f"target {at % 7}", note=f"no {at}"
            )
    content = exported(desk, "csv")
    with desk_at(tmp_path / "bare.db") as other:
        told: list[int] = []
        import_marks(other, io.BytesIO(content), progress=told.append)
        assert told == list(range(1, 2346))
        assert exported(other, "csv") == content
        last = list(csv.DictReader(io.StringIO(content.decode(), newline="")))[-1]
        assert other.store.targets.in_use()[0].text == last["target"], "the one used last comes first"
        assert len(finding.search_marks(other, "note:1234")) == 1
        assert other.store.check() == []
        marking.undo(other)
        assert quoted(other) == []


def test_what_was_undone_cannot_be_redone_over_an_import(desk: Desk, tmp_path: Path) -> None:
    revision = add_text(desk, tmp_path).revision
    content = table_of(desk)
    marking.annotate(desk, revision, Span(0, 9), "oppose")
    marking.undo(desk)
    imported(desk, content)
    with pytest.raises(NotFoundError, match="nothing to redo"):
        marking.redo(desk, revision.article_id)


def test_who_marked_is_kept_by_id_and_by_name(desk: Desk, tmp_path: Path) -> None:
    mark_some(desk, tmp_path)
    with desk_at(tmp_path / "empty.db", "Ben") as other:
        imported(other, exported(desk, "jsonl"))
        assert {mark.annotator for mark in reading.opened(other, 1).annotations} == {desk.store.annotator}
        # A table has only names: a person who is known by one is that one, others are by their names alone.
        table = exported(desk, "csv").replace(b",Ada,", b",Cy,")
        for mark in reading.opened(other, 1).annotations:
            marking.delete(other, mark)
        imported(other, table)
        ids = {mark.annotator.id for mark in reading.opened(other, 1).annotations}
        assert ids <= {"annotator-Ada", "name:Cy"}


def test_what_was_changed_here_is_kept(desk: Desk, tmp_path: Path) -> None:
    mark_some(desk, tmp_path)
    before = exported(desk, "csv")
    mark = reading.opened(desk, 1).annotations[0]
    marking.change(desk, mark, note="mine")
    after = exported(desk, "csv")
    assert imported(desk, before) == ({"different": 1, "unchanged": 2}, [])
    assert exported(desk, "csv") == after


def table_of(desk: Desk, **changes: str) -> bytes:
    """An export of one mark with some of its fields changed."""
    revision = reading.opened(desk, 1).revision
    start = revision.canonical.text.index(GATE)
    mark = marking.annotate(desk, revision, Span(start, start + len(GATE)), "support")
    stream = io.StringIO(exported(desk, "csv").decode(), newline="")
    marking.delete(desk, mark)
    (row,) = [row for row in csv.DictReader(stream) if row["annotation_id"] == mark.id]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, row, lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(row | {"annotation_id": new_id()} | changes)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"added": 1}),
        # Another text: the words decide.
        ({"text_sha256": "00"}, {"added": 1}),
        ({"text_sha256": "00", "start": "0", "end": "30"}, {"added": 1}),
        # The same text, and offsets that are wrong.
        ({"start": "0", "end": "30"}, {"added": 1}),
        ({"quote": "the Gate failed its first test"}, {"review": 1}),
        ({"text_sha256": "00", "quote": "gate", "prefix": "", "suffix": ""}, {"review": 1}),
        ({"quote": "Nobody ever said these words"}, {"orphan": 1}),
        ({"end": "99999", "quote": "Nobody ever said these words"}, {"orphan": 1}),
        ({"anchor_status": "review"}, {"review": 1}),
    ],
)
def test_what_cannot_be_placed_exactly_is_for_review_or_an_orphan(
    desk: Desk, tmp_path: Path, changes: dict[str, str], expected: dict[str, int]
) -> None:
    add_text(desk, tmp_path)
    content = table_of(desk, **changes)
    assert imported(desk, content) == (expected, [])
    ((exact, status),) = quoted(desk)
    assert status == {"added": "ok"}.get(next(iter(expected)), next(iter(expected)))
    assert exact == changes.get("quote", GATE)
    assert desk.store.check() == []
    # What waits can be exported and read back too.
    again = exported(desk, "csv")
    assert imported(desk, again)[0] == {"unchanged": 1}
    for form in WRITTEN.values():
        if form.suffix:
            assert exported(desk, form.name)


def test_an_article_is_found_by_its_text_or_its_address(desk: Desk, tmp_path: Path) -> None:
    add_text(desk, tmp_path)
    by_text = table_of(desk, article_id="unknown")
    assert imported(desk, by_text)[0] == {"added": 1}
    article = reading.article(desk, 1)
    reading.correct(desk, article.id, Metadata(url="https://example.org/gate?utm_source=x"))
    by_address = table_of(
        desk,
        article_id="unknown",
        text_sha256="00",
        article_url="http://example.org/gate/",
        annotation_id=new_id(),
    )
    assert imported(desk, by_address)[0] == {"added": 1}


def test_an_article_that_is_not_here_is_named_and_nothing_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    mark_some(desk, tmp_path)
    content = exported(desk, "csv")
    with desk_at(tmp_path / "half.db") as other:
        add_text(other, tmp_path, PROSE, "one.txt")
        counts, told = imported(other, content)
        assert (counts, quoted(other)) == ({"added": 2, "failed": 1}, [])
        (line,) = told
        assert "is not in this library: add it first, with reader add" in line
        assert "“Préfet”" in line
        assert imported(other, content, keep_going=True)[0] == {"added": 2, "failed": 1}
        assert len(quoted(other)) == 2


def test_every_bad_line_is_named_and_the_good_ones_wait(desk: Desk, tmp_path: Path) -> None:
    mark_some(desk, tmp_path)
    lines = exported(desk, "jsonl").splitlines()
    lines[3] = b"{broken"
    lines.insert(5, b'{"record": "annotation"}')
    with desk_at(tmp_path / "empty.db") as other:
        counts, told = imported(other, b"\n".join(lines))
        assert counts["failed"] == len(told) >= 2
        assert told[0].startswith(", line 4: not JSON (")
        assert any(line.startswith(", line 6: ") for line in told)
        assert other.store.articles.count() == 0
        assert imported(other, b"\n".join(lines), keep_going=True)[0]["articles"] == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text_sha256": "00"}, "the article's text is not the one its text_sha256 is of"),
        ({"text": "Another text."}, "the article's text is not the one"),
        ({"added_at": ""}, "added_at is missing"),
        ({"revision": None}, "revision must be an object"),
        ({"edited": ["number"]}, "edited must be names of"),
        ({"original": {"media": "exe"}}, "media must be one of text, markdown, html, not 'exe'"),
        ({"revision": {"blocks": [[0, 10**9, "paragraph", 0, 0, 0, ""]]}}, "blocks hold 0 to 1000000000"),
        ({"revision": {"blocks": []}}, "the article's text is not that of its blocks"),
        ({"revision": {"runs": [[4, 9, 1], [0, 5, 1]]}}, "runs overlap or are out of order"),
        ({"revision": {"runs": [[True, 9, 1]]}}, "runs hold True where int belongs"),
        ({"revision": {"segments": []}}, "segments do not cover the page text in order"),
        ({"revision": {"links": [[0, 0, 10**9]]}}, "links lead outside the text"),
        ({"original": {"raw": None, "base64": "%%%"}}, "base64 is damaged"),
    ],
)
def test_an_article_that_does_not_hold_together_is_refused(
    desk: Desk, tmp_path: Path, change: dict[str, object], told: str
) -> None:
    mark_some(desk, tmp_path)
    lines = exported(desk, "jsonl").splitlines()
    record = json.loads(lines[1])
    for name, value in change.items():
        nested = isinstance(value, dict)
        record[name] = record[name] | value if nested else value
    lines[1] = json.dumps(record).encode()
    with desk_at(tmp_path / "empty.db") as other:
        _, lines_told = imported(other, b"\n".join(lines))
        assert lines_told[0].startswith(f", line 2: {told}")
        assert other.store.articles.count() == 0


def test_other_tools_labels_are_stances_where_there_are_such_else_tags(desk: Desk, tmp_path: Path) -> None:
    revision = add_text(desk, tmp_path).revision
    text = revision.canonical.text
    line = {"text": text, "label": [[0, 5, "Support"], [6, 9, "PER,son"], [10, 15, "mark"]]}
    assert imported(desk, json.dumps(line).encode(), "doccano") == ({"added": 3}, [])
    found = reading.opened(desk, 1).annotations
    assert [[stance.code for stance in mark.stances] for mark in found] == [["support"], [], []]
    assert [mark.tags for mark in found] == [(), ("PER", "son"), ()]
    assert {mark.annotator for mark in found} == {desk.store.annotator}
    assert imported(desk, json.dumps(line).encode(), "doccano")[0] == {"unchanged": 3}


def test_slates_marks_stand_on_the_words_they_stood_on(desk: Desk, tmp_path: Path) -> None:
    add_text(desk, tmp_path, PROSE, "story.txt")
    lines = b"((0, 0), (0, 2)) - label:support label:name\n((2, 4), (2, 5)) - oppose\n"
    path = tmp_path / "story.txt.annotations"
    path.write_bytes(lines)
    assert import_marks(desk, path).counts == {"added": 2}
    found = reading.opened(desk, 1).annotations
    assert [(mark.anchor.exact, mark.stances[0].code, mark.tags) for mark in found] == [
        ("Mayor Ada Quill", "support", ("name",)),
        ("would keep", "oppose", ()),
    ]
    with desk_at(tmp_path / "other.db") as other:
        result = import_marks(other, path)
        assert (result.kept, result.counts["failed"]) == (False, 2)


def test_hypothesis_is_placed_by_its_quotes(desk: Desk, tmp_path: Path) -> None:
    opened = add_text(desk, tmp_path)
    reading.correct(desk, opened.article.id, Metadata(url="https://example.org/gate"))
    selector = {"type": "TextQuoteSelector", "exact": GATE, "prefix": "sure, and ", "suffix": "."}
    row = {
        "id": "x7Yq",
        "created": "2026-02-01T10:00:00.123456+00:00",
        "updated": "2026-02-01T10:00:00.123456+00:00",
        "user": "acct:cy@hypothes.is",
        "uri": "https://www.example.org/gate",
        "text": "hm",
        "tags": ["sea"],
        "target": [{"source": "https://example.org/gate", "selector": [selector]}],
    }
    content = json.dumps({"total": 1, "rows": [row | {"uri": "https://example.org/gate#frag"}]}).encode()
    assert imported(desk, content) == ({"added": 1}, [])
    (mark,) = reading.opened(desk, 1).annotations
    assert (mark.anchor.exact, mark.note, mark.tags, mark.annotator.name) == (GATE, "hm", ("sea",), "cy")
    assert imported(desk, content)[0] == {"unchanged": 1}


def test_a_file_that_is_not_there_or_nothing_known_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.csv: no such file"):
        import_marks(desk, tmp_path / "missing.csv")
    with pytest.raises(InputError, match="cannot be read"):
        import_marks(desk, tmp_path)
    (tmp_path / "prose.txt").write_text(PROSE, encoding="utf-8")
    with pytest.raises(InputError, match="say which with --format"):
        import_marks(desk, tmp_path / "prose.txt")


def test_two_articles_that_could_be_meant_are_told(desk: Desk, tmp_path: Path) -> None:
    # Too short to be told for copies by their words.
    short = f"It is said that {GATE}."
    add_text(desk, tmp_path, short, "one.txt")
    add_text(desk, tmp_path, short + "\n", "two.txt")
    content = table_of(desk, article_id="unknown")
    _, (line,) = imported(desk, content)
    assert "may be any of 2 articles here" in line


def test_ids_that_are_taken_here_are_told(desk: Desk, tmp_path: Path) -> None:
    mark_some(desk, tmp_path)
    lines = [json.loads(line) for line in exported(desk, "jsonl").splitlines()]
    article = next(line for line in lines if line["record"] == "article")
    # Another article that says that its text is that one's.
    article["id"] = new_id()
    article["original"]["raw"] = article["original"].get("raw", "x") + " "
    article["original"]["page_text"] = article["text"]
    article["revision"]["segments"] = [[0, len(article["text"]), "keep", "", ""]]
    article["revision"]["links"] = []
    _, told = imported(desk, "\n".join(map(json.dumps, lines[:2])).encode())
    assert told == [", line 2: a text with its id is here already, of another article"]


@pytest.mark.parametrize("change", [{"code": "None"}, {"symbol": "++"}, {"colour": "\x1b"}, {"key": 1}])
def test_a_label_that_no_scheme_could_have_is_told(desk: Desk, change: dict[str, object]) -> None:
    label = {"key": "1", "code": "a", "name": "A", "symbol": "+", "colour": "support", "definition": "d"}
    record = {"record": "scheme", "name": "x", "version": 1, "labels": [label | change]}
    _, (line,) = imported(desk, json.dumps(record).encode(), "jsonl")
    assert line.startswith(", line 1: a label cannot be: ")
