from pathlib import Path

from libraries import BEN, library

from reader.model import Label, Scheme

AGREE = Label("agree", "1", "agree", "+", "support", "says the same")
DENY = Label("deny", "2", "deny", "-", "oppose", "says the opposite")


def test_a_label_that_a_scheme_no_longer_has_stays(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        assert store.schemes.all() == ()
        store.schemes.record(Scheme("mine", 1, (AGREE, DENY), "for tests"))
        store.schemes.record(Scheme("mine", 1, (AGREE._replace(definition="says it too"),), "for tests"))
    with library(path) as store:
        (kept,) = store.schemes.all()
        assert kept == Scheme("mine", 1, (AGREE._replace(definition="says it too"), DENY), "for tests")


def test_versions_stand_beside_each_other_the_newest_first(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        old, new = Scheme("mine", 1, (AGREE, DENY)), Scheme("mine", 2, (AGREE, DENY._replace(retired=True)))
        for scheme in (old, new, old):
            store.schemes.record(scheme)
        assert store.schemes.all() == (new, old)


def test_choices_are_each_annotators_own_and_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        assert store.choices.get("scheme") == ""
        store.choices.set("scheme", "fnc")
        store.choices.set("scheme", "rumour")
    with library(path) as store:
        assert store.choices.get("scheme") == "rumour"
    with library(path, BEN) as store:
        assert store.choices.get("scheme") == ""
