import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest
from desks import PROSE, desk_at, outcomes

from reader.desk import Desk, finding, reading
from reader.desk.adding import add
from reader.desk.starter import starter_files
from reader.model import Added, Problem


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        yield desk


def corpus(folder: Path, count: int) -> Path:
    """A corpus of so many different articles."""
    path = folder / "corpus.jsonl"
    path.write_text(
        "".join(
            json.dumps({"title": f"Gate {n}", "text": f"Gate {n} opened.\n\n{PROSE}"}) + "\n"
            for n in range(count)
        )
    )
    return path


def test_files_and_folders_are_added_in_order_and_failures_stand_in_their_place(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "b.md").write_text("---\ntitle: Second\n---\n\nThe gate failed.\n")
    (folder / "a.txt").write_text(PROSE)
    (folder / "c.html").write_text("<html><title>Third</title><p>The gate was mended, the council said.</p>")
    results = list(add(desk, [str(folder), str(tmp_path / "gone.txt")]))
    assert outcomes(results) == ["added", "added", "added", "failed"]
    assert [result.number for result in results if isinstance(result, Added)] == [1, 2, 3]
    assert finding.count(desk) == 3
    problem = results[3]
    assert isinstance(problem, Problem)
    assert problem.origin.endswith("gone.txt")


def test_the_same_again_is_unchanged_and_other_bytes_are_an_update(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(PROSE)
    assert outcomes(list(add(desk, [str(path)]))) == ["added"]
    assert outcomes(list(add(desk, [str(path)]))) == ["unchanged"]
    path.write_text(PROSE + "\nThe council will meet again in May.\n")
    (result,) = add(desk, [str(path)])
    assert isinstance(result, Added)
    assert (result.outcome, result.number) == ("updated", 1)
    assert "meet again" in reading.opened(desk, 1).revision.canonical.text


def test_standard_input_takes_its_place_among_the_paths(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(PROSE)
    results = list(add(desk, [str(path), "-"], stdin=io.BytesIO(b"From a pipe.\n\nThe gate holds.\n")))
    assert outcomes(results) == ["added", "added"]
    assert "The gate holds." in reading.opened(desk, 2).revision.canonical.text


def test_a_large_corpus_is_added_in_order_by_several_processes(desk: Desk, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = corpus(tmp_path, 250)
    results = list(add(desk, [str(path)], progress=lambda *now: seen.append(now), workers=2))
    assert [r.title for r in results if isinstance(r, Added)] == [f"Gate {n}" for n in range(250)]
    assert list(finding.numbers(desk)) == list(range(250, 0, -1))
    size = path.stat().st_size
    assert (seen[0], seen[-1]) == ((0, size), (size, size))
    assert seen == sorted(seen)


def test_cancelling_leaves_whole_articles_and_a_second_run_completes_them(desk: Desk, tmp_path: Path) -> None:
    path = corpus(tmp_path, 200)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 120

    assert outcomes(list(add(desk, [str(path)], cancelled=cancelled, workers=2))) == ["added"] * 120
    assert desk.store.check() == []
    again = outcomes(list(add(desk, [str(path)], workers=2)))
    assert again == ["unchanged"] * 120 + ["added"] * 80


def test_what_was_added_before_is_not_cleaned_again(desk: Desk, tmp_path: Path) -> None:
    """Cleaning so much takes other processes, of which there are none here."""
    path = corpus(tmp_path, 100)
    list(add(desk, [str(path)], workers=2))
    reading.remove(desk, reading.article(desk, 60).id)
    before = active_children()
    results = add(desk, [str(path)], workers=2)
    first = next(results)
    assert active_children() == before
    assert outcomes([first, *results]) == ["unchanged"] * 59 + ["updated"] + ["unchanged"] * 40
    assert len(finding.numbers(desk)) == 100


def test_stopping_in_the_middle_keeps_what_was_told(desk: Desk, tmp_path: Path) -> None:
    results = add(desk, [str(corpus(tmp_path, 300))], workers=2)
    told = [next(results) for _ in range(120)]
    results.close()  # type: ignore[attr-defined]
    assert outcomes(told) == ["added"] * 120
    assert finding.count(desk) == 150, "three whole transactions"
    assert desk.store.check() == []


def test_a_document_that_cannot_be_taken_in_costs_itself_alone(desk: Desk, tmp_path: Path) -> None:
    paths = []
    for name, content in [
        ("a.txt", PROSE.encode()),
        ("b.txt", bytes(range(256)) * 40),
        ("c.txt", b" \n"),
        ("d.txt", b"It holds."),
    ]:
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    results = list(add(desk, list(map(str, paths))))
    assert outcomes(results) == ["added", "failed", "failed", "added"]


def test_ctrl_c_in_a_terminal_leaves_whole_articles(tmp_path: Path) -> None:
    """The signal goes to the workers too, as a terminal's does; none of them may spoil the screen."""
    path = corpus(tmp_path, 5_000)
    program = (
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\n"
        "from desks import desk_at\n"
        "from reader.desk.adding import add\n"
        "if __name__ == '__main__':\n"
        f"    with desk_at(Path({str(tmp_path / 'library.db')!r})) as desk:\n"
        f"        for result in add(desk, [{str(path)!r}], workers=2):\n"
        "            print(result.title, flush=True)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(program)
    with subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A suite that runs in the background ignores the signal, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - there are no threads
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = [process.stdout.readline().strip()]
        os.killpg(process.pid, signal.SIGINT)
        told += process.stdout.read().split("\n")
        assert process.wait() == -signal.SIGINT
        assert process.stderr.read().count("Traceback") == 1, "the parent's own, none of the workers'"
    with desk_at(tmp_path / "library.db") as desk:
        assert desk.store.check() == []
        stored = finding.count(desk)
        assert 0 < stored < 5_000
        assert stored >= len([line for line in told if line])


def test_the_starter_articles_come_with_the_program_and_can_be_added(desk: Desk) -> None:
    files = starter_files()
    assert 6 <= len(files) <= 10
    assert outcomes(list(add(desk, list(map(str, files))))) == ["added"] * len(files)
