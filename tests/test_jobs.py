import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.desk import Desk, open_desk
from reader.desk.finding import count
from reader.ids import new_id, utc_now
from reader.jobs import Job, Progress
from reader.model import Annotator
from served import serving

TEXT = "Mayor Ada Quill opened the tide gate. " * 60


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path / "config"))


def corpus(folder: Path, articles: int) -> str:
    path = folder / "corpus.jsonl"
    path.write_text("".join(json.dumps({"text": f"Gate {n}. {TEXT}"}) + "\n" for n in range(articles)))
    return str(path)


def desk_at(path: Path) -> Desk:
    return open_desk(path, annotator=Annotator(id="a", name="Ada"), clock=utc_now, new_id=new_id)


async def test_a_job_reports_to_its_end_and_the_articles_are_there(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    job = Job(library, [corpus(tmp_path, 60), str(tmp_path / "gone.txt")])
    reports = [report async for report in job.run()]
    last = reports[-1]
    assert job.done
    assert [report.finished for report in reports] == [False] * (len(reports) - 1) + [True]
    assert (last.added, last.failed, last.first, last.error) == (60, 1, 1, "")
    assert last.done == last.total > 0
    assert [problem for problem in last.problems if "gone.txt: no such file" in problem]
    with desk_at(library) as desk:
        assert count(desk) == 60


async def test_a_cancelled_job_leaves_whole_articles(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    job = Job(library, [corpus(tmp_path, 5_000)])
    last = Progress()
    async for last in job.run():
        if last.added:
            job.cancel()
    assert last.finished
    with desk_at(library) as desk:
        assert desk.store.check() == []
        assert count(desk) == last.added
        assert 0 < last.added < 5_000


async def test_a_library_that_cannot_be_used_ends_the_job_with_a_line(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    library.write_bytes(b"not a library " * 100)
    reports = [report async for report in Job(library, [corpus(tmp_path, 1)]).run()]
    assert reports[-1].finished
    assert str(library) in reports[-1].error


async def test_a_job_that_is_killed_is_told(tmp_path: Path) -> None:
    job = Job(tmp_path / "library.db", [corpus(tmp_path, 5_000)])
    last = Progress()
    async for last in job.run():
        if last.added and not last.finished:
            assert job.pid is not None
            os.kill(job.pid, signal.SIGKILL)
    assert last.finished
    assert "unexpectedly" in last.error
    with desk_at(tmp_path / "library.db") as desk:
        assert desk.store.check() == []


def test_a_defect_is_one_line_in_the_last_report_and_its_place_in_the_log(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "import reader.desk.adding\n"
        "from reader.jobs import main\n"
        "def broken(*arguments, **options):\n"
        "    raise RuntimeError('two\\nlines')\n"
        "reader.desk.adding.add = broken\n"
        "sys.exit(main(['add', sys.argv[1], 'news.txt']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "library.db")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    last = json.loads(done.stdout.splitlines()[-1])
    log = tmp_path / "config" / "reader.log"
    assert (done.returncode, done.stderr, last["finished"]) == (1, "", True)
    assert (
        last["error"] == f"something unforeseen happened (RuntimeError): {log} says where, please report it"
    )
    assert "in broken" in log.read_text()


def test_a_job_ends_with_its_parent(tmp_path: Path) -> None:
    program = (
        "import asyncio, os, signal, sys\n"
        "from pathlib import Path\n"
        "from reader.jobs import Job\n"
        "async def main():\n"
        "    job = Job(Path(sys.argv[1]), [sys.argv[2]])\n"
        "    async for report in job.run():\n"
        "        if report.added:\n"
        "            print(job.pid, flush=True)\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    library = tmp_path / "library.db"
    parent = [sys.executable, "-c", program, str(library), corpus(tmp_path, 20_000)]
    done = subprocess.run(parent, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    child = int(done.stdout)
    while is_running(child):
        time.sleep(0.05)
    with desk_at(library) as desk:
        assert desk.store.check() == []
        assert 0 < count(desk) < 20_000


def is_running(process: int) -> bool:
    """Whether a process works; one that has ended may still stand in the table, as a zombie."""
    found = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


async def test_feeds_are_subscribed_to_and_refreshed_in_a_child(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("[fetch]\nallow_private = true\n")
    items = "".join(f"<item><guid>urn:{n}</guid><title>Gate {n}</title></item>" for n in range(3))
    library = tmp_path / "library.db"
    with serving() as server:
        url = server.serve(
            "/feed",
            f'<rss version="2.0"><channel><title>Tide News</title>{items}</channel></rss>',
            etag='"1"',
        )
        last = [report async for report in Job(library, [url, "News"], "subscribe").run()][-1]
        assert (last.added, last.failed, last.error, last.finished) == (3, 0, "", True)
        server.serve("/feed", "", status=404)
        last = [report async for report in Job(library, [], "refresh").run()][-1]
        assert (last.done, last.total, last.added, last.failed) == (1, 1, 0, 1)
        assert last.problems == ("Tide News: there is nothing at this address: check it (404)",)
        last = [report async for report in Job(library, ["7"], "refresh").run()][-1]
        assert "there is no feed 7" in last.error
        last = [report async for report in Job(library, [server.url("/none"), ""], "subscribe").run()][-1]
        assert "there is nothing at this address" in last.error
    with desk_at(library) as desk:
        assert [feed.folder for feed in desk.store.feeds.all()] == ["News"]
        assert count(desk) == 3
