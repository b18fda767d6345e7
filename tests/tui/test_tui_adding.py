"""Adding from the program: by the prompt, by paths at the start, the starter articles; stopping it."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_reader, drawn
from shelf import GATE, GATE_TEXT, LONG, desk_of

from reader.desk.starter import starter_files

STORY = "The lighthouse is dark\n\nNobody lit the lighthouse on Friday. The keeper had left at noon.\n"


def titles(person: Person) -> list[str]:
    articles = person.witness.store.articles
    return [row.title for row in articles.first(1000)]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "a story [with] spaces.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@journey("library", "add")
async def test_adding_a_file(library: Path, story: Path) -> None:
    async with at_reader(library) as person:
        await person.press("a")
        assert person.dialog == "Prompt"
        await person.type(str(story))
        await person.press("enter")
        await person.until(lambda: "lighthouse" in titles(person)[0], "the article to be stored")
        await person.until(lambda: person.told == "1 added", "the import to be told")
        assert person.numbers[0] == 5
        assert "lighthouse" in drawn(person.strips())
        await person.press("a")
        await person.type(str(story))
        await person.press("enter")
        await person.until(lambda: person.told == "1 unchanged")
        await person.press("a")
        await person.type(str(story.parent / "nowhere.txt"))
        await person.press("enter")
        await person.until(lambda: "nowhere.txt" in person.told)
        assert len(titles(person)) == 5


async def test_leaving_the_prompt_adds_nothing(library: Path, story: Path) -> None:
    async with at_reader(library) as person:
        await person.press("a")
        await person.type(str(story))
        await person.press("escape", "a", "enter")
        assert person.library.importing == ""
        assert person.numbers == [4, 3, 2, 1]


async def test_the_cursor_stays_on_its_article_while_others_come(library: Path, story: Path) -> None:
    async with at_reader(library) as person:
        await person.press("G")
        person.library.add_paths([str(story)])
        await person.until(lambda: person.told == "1 added")
        assert person.number == GATE


async def test_paths_at_the_start_are_added_and_the_first_is_opened(tmp_path: Path, story: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(GATE_TEXT, encoding="utf-8")
    async with at_reader(tmp_path / "fresh.db", paths=[str(story), str(other)]) as person:
        await person.until(lambda: person.place == "reading", "the first to be opened")
        assert "Nobody lit the lighthouse" in person.text
        await person.until(lambda: len(titles(person)) == 2)
        await person.until(lambda: not person.library.importing)
        assert person.dialog == ""  # no starter articles for someone who brings their own
        await person.press(")", "1")
        assert len(person.stances()) == 1
        await person.press("q")
        assert sorted(person.numbers) == [1, 2]


async def test_a_path_that_is_known_already_is_opened_too(library: Path, story: Path) -> None:
    async with at_reader(library, paths=[str(story)]) as person:
        await person.until(lambda: person.place == "reading")
    async with at_reader(library, paths=[str(story)]) as person:
        await person.until(lambda: person.place == "reading")
        assert "Nobody lit the lighthouse" in person.text
        assert len(titles(person)) == 5


async def test_a_path_that_is_nothing_is_told(library: Path, tmp_path: Path) -> None:
    async with at_reader(library, paths=[str(tmp_path / "nothing.txt")]) as person:
        await person.until(lambda: "nothing.txt" in person.told)
        assert person.place == "library"


@pytest.mark.parametrize("answer", ["y", "enter"])
async def test_a_new_library_is_offered_the_starter_articles(tmp_path: Path, answer: str) -> None:
    files = starter_files()
    assert 6 <= len(files) <= 10
    async with at_reader(tmp_path / "new.db") as person:
        await person.until(lambda: person.dialog == "Confirm", "the offer")
        assert f"Add {len(files)} short articles" in drawn(person.strips())
        await person.press(answer)
        await person.until(lambda: len(titles(person)) == len(files), "the articles to be stored")
        await person.until(lambda: person.told == f"{len(files)} added")
        assert len(person.numbers) == len(files)


@pytest.mark.parametrize("answer", ["n", "escape", "ctrl+c"])
async def test_the_offer_can_be_declined_and_comes_once(tmp_path: Path, answer: str) -> None:
    async with at_reader(tmp_path / "new.db") as person:
        await person.until(lambda: person.dialog == "Confirm", "the offer")
        await person.press(answer)
        assert person.dialog == ""
        assert person.told == "a adds a file, a folder or a web page"
        await person.press_and_leave("q")
    async with at_reader(tmp_path / "new.db") as person:
        await person.press("j")
        assert person.dialog == ""
        assert person.numbers == []


@journey("library", "stop-import")
async def test_an_import_is_stopped_and_what_was_added_stays(library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for n in range(1500):
        (folder / f"{n:04}.txt").write_text(f"Boat {n}\n\nBoat {n} came in late.\n", encoding="utf-8")
    async with at_reader(library) as person:
        await person.press("ctrl+x")
        assert person.told == "No import and no refresh is running"
        person.library.add_paths([str(folder)])
        await person.until(lambda: person.witness.store.articles.count() > 4, "the first articles")
        # Keys are dealt with meanwhile.
        await person.press("G")
        assert person.number == GATE
        assert "adding" in person.bar("status")
        await person.press("ctrl+x")
        assert person.told == "Stopped; what was added stays"
        # The child ends by itself, and the list shows what it stored.
        count = person.witness.store.articles.count()
        assert 4 < count < 1504
        await person.press("j")
        assert person.number == GATE


async def test_reading_goes_on_while_articles_come(library: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    lines = (f'{{"text": "Boat {n} came in late.", "title": "Boat {n}"}}' for n in range(60))
    corpus.write_text("\n".join(lines), encoding="utf-8")
    async with at_reader(library) as person:
        await person.open(GATE)
        person.library.add_paths([str(corpus)])
        await person.press("1", ")", "2", "c", *"why", "enter")
        assert [mark.note for mark in person.marks()] == ["", "why"]
        await person.until(lambda: "60 added" in person.told, "the import to be told in the article")
        await person.press("q")
        assert len(person.numbers) == 64
        assert person.number == GATE
        assert person.numbers[-4:] == [LONG, 3, 2, GATE]
        with desk_of(library) as desk:
            assert desk.store.check() == []
