import gc
import logging
import sqlite3
from pathlib import Path

import pytest

from reader.logs import log_to


def test_a_log_that_is_sent_elsewhere_leaves_no_file_open(tmp_path: Path) -> None:
    """An open file would be told as a ResourceWarning, which is an error in the tests."""
    for name in ("one.log", "two.log"):
        log_to(tmp_path / name)
        logging.getLogger("reader.somewhere").error("in %s", name)
        gc.collect()
    first, second = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one.log", "two.log"))
    assert "in one.log" in first
    assert "in two.log" not in first
    assert "in two.log" in second
    assert len(logging.getLogger("reader").handlers) == 1


def test_a_log_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    log_to(tmp_path / "file" / "reader.log")
    logging.getLogger("reader.somewhere").error("unheard")


def test_an_error_is_logged_without_the_words_it_may_quote(tmp_path: Path) -> None:
    path = tmp_path / "reader.log"
    log_to(path)
    try:
        int(path.stem)  # of a message, not of a line of the program such as this
    except ValueError as error:
        logging.getLogger("reader.somewhere").error("failed", exc_info=error)
    logged = path.read_text(encoding="utf-8")
    assert "test_logs.py" in logged
    assert "ValueError" in logged
    assert "base 10" not in logged


WORDS = "Mayor Ada Quill called it safe"


class QuotingError(Exception):
    """Of a kind that nobody has thought of."""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (QuotingError(WORDS), "QuotingError"),
        (RuntimeError(WORDS), "RuntimeError"),
        (
            OSError(2, "No such file or directory", f"{WORDS}.txt"),
            "FileNotFoundError: No such file or directory",
        ),
        (AttributeError("'Page' object has no attribute 'sheeet'"), "has no attribute 'sheeet'"),
        (sqlite3.OperationalError("no such table: articel"), "no such table: articel"),
        (ExceptionGroup(WORDS, [ValueError(WORDS), TypeError("takes 1 argument")]), "takes 1 argument"),
    ],
)
def test_only_errors_that_name_the_program_are_quoted(tmp_path: Path, error: Exception, said: str) -> None:
    path = tmp_path / "reader.log"
    log_to(path)
    try:
        try:
            raise KeyError(WORDS)
        except KeyError as first:
            raise error from first
    except Exception as raised:
        logging.getLogger("reader.somewhere").error("failed", exc_info=raised)
    logged = path.read_text(encoding="utf-8")
    assert said in logged
    assert "KeyError" in logged
    assert WORDS not in logged
