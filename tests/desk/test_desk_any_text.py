"""Any text at all, through everything; ``python -m bench.faults texts`` tries 50,000."""

import os

import pytest

from bench.faults.texts import tried


@pytest.mark.parametrize("first", [0, 1000, 2000])
def test_any_text(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_CONFIG_DIR", os.devnull)
    broken, _, marks = tried(range(first, first + 20))
    assert broken == []
    assert marks
