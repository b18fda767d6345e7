"""Articles that were added teach how the next ones of their source are cleaned."""

from pathlib import Path

import pytest
from desks import desk_at, outcomes

from reader.desk import Desk, finding, marking, reading
from reader.desk.adding import add
from reader.desk.recleaning import Recleaned, clean_again
from reader.errors import NotFoundError
from reader.model import Added, Metadata

HEAD = "Marl Courier\nPolitics\n\n"
TAIL = "\nThe desk by the water\nMarl Courier, since 1880\n"


def story(place: str) -> str:
    return (
        f"{place} moves its landing\n\n"
        f"{place} has voted to move the landing to the other bank of the river before the summer.\n\n"
        f"Nobody in {place} was against it but the harbour master, who had asked for a bridge instead.\n"
    )


def added(desk: Desk, folder: Path, *places: str) -> list[str]:
    """Add a file for each place in one folder; what is dropped of the last one."""
    folder.mkdir(exist_ok=True)
    for place in places:
        (folder / f"{place}.txt").write_text(HEAD + story(place) + TAIL, encoding="utf-8")
    results = list(add(desk, [str(folder / f"{place}.txt") for place in places]))
    last = results[-1]
    assert isinstance(last, Added)
    article = reading.article(desk, last.number)
    return [s.rule for s in reading.segments(desk, article) if s.verdict == "drop"]


def test_later_articles_of_a_folder_profit_from_earlier_ones(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        for place in ("Vell", "Orne"):
            assert added(desk, tmp_path / "marl", place) == []
        assert added(desk, tmp_path / "marl", "Holm") == ["recurring.head", "recurring.tail"]
        assert added(desk, tmp_path / "elsewhere", "Brack") == []


def test_what_is_added_again_teaches_nothing_more(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        for _ in range(3):
            added(desk, tmp_path / "marl", "Vell")
        (tmp_path / "marl" / "Vell.txt").write_text(HEAD + story("Vell") + "More.\n" + TAIL, encoding="utf-8")
        assert outcomes(list(add(desk, [str(tmp_path / "marl")]))) == ["updated"]
        assert added(desk, tmp_path / "marl", "Holm") == []


def test_records_of_a_corpus_are_of_the_site_they_name_wherever_they_lie(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        last = 0
        for number, place in enumerate(("Vell", "Orne", "Tarn", "Holm")):
            corpus = tmp_path / f"{number}.csv"
            text = (HEAD + story(place) + TAIL).replace('"', '""')
            corpus.write_text(f'url,text\nhttps://www.marl.example/{number},"{text}"\n', encoding="utf-8")
            (outcome,) = add(desk, [str(corpus)])
            assert isinstance(outcome, Added)
            last = outcome.number
        segments = reading.segments(desk, reading.article(desk, last))
        assert {s.rule for s in segments if s.verdict == "drop"} == {"recurring.head", "recurring.tail"}


def test_the_articles_of_one_run_all_profit_and_take_their_titles_from_their_own_lines(
    tmp_path: Path,
) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        assert added(desk, tmp_path / "marl", "Vell", "Orne", "Tarn") == ["recurring.head", "recurring.tail"]
        for number, place in enumerate(("Vell", "Orne", "Tarn"), 1):
            article = reading.article(desk, number)
            assert article.metadata.title.startswith(f"{place} moves")
            assert reading.opened(desk, number).revision.canonical.text == story(place).strip()
            assert [row.number for row in finding.rows(desk, finding.search(desk, f"{place} landing"))] == [
                number
            ]
        assert list(finding.search(desk, "Courier")) == []
        with pytest.raises(NotFoundError):
            marking.undo(desk)


def test_a_title_that_a_person_gave_stays_when_the_article_is_cleaned_again(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        for place in ("Vell", "Orne", "Tarn"):
            added(desk, tmp_path / "marl", place)
        reading.correct(desk, reading.article(desk, 1).id, Metadata(title="The landing"))
        assert reading.article(desk, 2).metadata.title == "Marl Courier"
        outcomes = list(clean_again(desk, [1, 2]))
        assert [outcome.changed for outcome in outcomes if isinstance(outcome, Recleaned)] == [True, True]
        titles = [reading.article(desk, number).metadata.title for number in (1, 2)]
        assert titles[0] == "The landing"
        assert titles[1].startswith("Orne moves")
        marking.undo(desk, reading.article(desk, 2).id)
        assert reading.article(desk, 2).metadata.title == "Marl Courier"
        assert "since 1880" in reading.opened(desk, 2).revision.canonical.text
