"""The measure of cleaning itself: labelled documents are read, and counts are what they say."""

import gzip
import json
from pathlib import Path

import pytest

from bench.labelled import Document, added, read_labelled, scored

TEXT = "The sea rose. It fell again. Buy pills now"


def document(tmp_path: Path) -> Document:
    """A text of two sentences and three words of junk, from a packed file."""
    record = {
        "id": "a",
        "kind": "spam",
        "text": TEXT,
        "spans": [[0, 29, "article", ""], [29, 42, "junk", "spam"]],
        "sentences": ["The sea rose.", "It fell again.", "…"],
    }
    path = tmp_path / "plain.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(record) + "\n\n").encode()))
    (found,) = read_labelled(path)
    return found


def test_a_text_is_read_with_what_is_its_article_and_what_is_not(tmp_path: Path) -> None:
    found = document(tmp_path)
    assert (found.kind, found.media, found.content) == ("spam", "text", TEXT)
    assert found.article.split() == TEXT.split()[:6]
    assert found.junk.split() == ["Buy", "pills", "now"]
    assert found.sentences == ("The sea rose.", "It fell again.")


def test_a_page_is_read_with_the_sentences_of_its_article(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    page = {
        "id": "p",
        "url": "https://x.example",
        "html": "<p>One.</p>",
        "text": "One came. Two went.\nThree",
    }
    path.write_text(json.dumps(page) + "\n", encoding="utf-8")
    (found,) = read_labelled(path)
    assert (found.media, found.content, found.url) == ("html", "<p>One.</p>", "https://x.example")
    assert found.sentences == ("One came.", "Two went.", "Three")


def test_a_folder_of_marked_texts_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(
        "kind: spam line\n\nThe sea rose.\n\n⟦Buy⟧ It fell.\n", encoding="utf-8"
    )
    (found,) = read_labelled(tmp_path)
    assert (found.id, found.kind, found.content) == ("one", "spam line", "The sea rose.\n\nBuy It fell.")
    assert (found.junk, found.sentences) == ("Buy", ("The sea rose.", "It fell."))
    (tmp_path / "two.txt").write_text("kind: x\n\n⟦Buy", encoding="utf-8")
    with pytest.raises(ValueError, match=r"two\.txt"):
        read_labelled(tmp_path)


def test_what_is_kept_doubted_and_lost_is_counted(tmp_path: Path) -> None:
    found = document(tmp_path)
    best = scored(found, "The sea rose. It fell again.")
    assert (best.f1, best.junk_kept, best.lost, best.doubted) == (1.0, 0.0, 0, 0)
    none = scored(found, TEXT)
    assert (none.precision, none.recall, none.junk_kept) == (6 / 9, 1.0, 1.0)
    doubtful = scored(found, "The sea rose.", "It fell again.", "The sea rose. It fell again.")
    assert (doubtful.lost, doubtful.doubted, doubtful.recall) == (0, 3, 0.5)
    dropped = scored(found, "The sea rose. Buy")
    assert (dropped.lost, dropped.sentences, dropped.junk_left) == (1, 2, 1)
    assert added([best, none]).kept == best.kept + none.kept
