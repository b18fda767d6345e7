"""The settings file, the annotator, what is remembered."""

from pathlib import Path

import pytest

from reader.errors import SettingsError
from reader.settings import (
    annotator,
    library_path,
    load_settings,
    no_color,
    remember,
    remembered,
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READER_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config"


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "none.toml")
    assert (settings.annotator, settings.theme, settings.measure, dict(settings.keys)) == ("", "", 72, {})


def test_what_the_file_says_is_taken(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[annotator]\nname = "Ada"\n[look]\ntheme = "reader-light"\nmeasure = 60\n'
        '[keys]\nnext-mark = "n"\ncopy = ["y", "f2"]\n',
    )
    settings = load_settings(path)
    assert settings.annotator == "Ada"
    assert settings.theme == "reader-light"
    assert settings.measure == 60
    assert dict(settings.keys) == {"next-mark": ("n",), "copy": ("y", "f2")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[looks]\n", "unknown section"),
        ("[look]\nmesure = 3\n", "unknown setting look.mesure"),
        ("[look]\nmeasure = 5\n", "from 20 to 200"),
        ("[look]\nmeasure = true\n", "from 20 to 200"),
        ("[look]\ntheme = 3\n", "must be text"),
        ("[keys]\nnext-mark = 3\n", "a key or a list of keys"),
        ("[keys]\nnext-mark = []\n", "a key or a list of keys"),
        ("look = 3\n", "must be a section"),
        ("[look\n", "cannot be read as TOML"),
    ],
)
def test_what_cannot_be_followed_is_named(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(written(tmp_path, content))


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(path)


def test_the_annotators_id_is_made_once(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, '[annotator]\nname = "Ada"\n'))
    first = annotator(settings, lambda: "id-1")
    second = annotator(settings, lambda: "id-2")
    assert (first.id, first.name) == ("id-1", "Ada")
    assert second == first


def test_an_empty_file_is_replaced_by_an_id(tmp_path: Path, own_folder: Path) -> None:
    settings = load_settings(written(tmp_path, '[annotator]\nname = "Ada"\n'))
    own_folder.mkdir()
    (own_folder / "annotator-id").write_text("")
    assert annotator(settings, lambda: "id-1").id == "id-1"
    assert annotator(settings, lambda: "id-2").id == "id-1"


def test_of_two_first_starts_at_once_one_gives_the_id(tmp_path: Path, own_folder: Path) -> None:
    settings = load_settings(written(tmp_path, '[annotator]\nname = "Ada"\n'))

    def overtaken() -> str:
        assert annotator(settings, lambda: "theirs").id == "theirs"
        return "ours"

    assert annotator(settings, overtaken).id == "theirs"
    assert [path.name for path in own_folder.iterdir()] == ["annotator-id"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_an_id_that_cannot_be_read_is_derived_from_the_name_and_left(
    tmp_path: Path, own_folder: Path, content: bytes | None
) -> None:
    own_folder.mkdir()
    path = own_folder / "annotator-id"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    settings = load_settings(written(tmp_path, '[annotator]\nname = "Ada"\n'))
    assert annotator(settings, lambda: "id-1").id == "name:Ada"
    assert [path.name for path in own_folder.iterdir()] == ["annotator-id"]
    assert content is None or path.read_bytes() == content


def test_an_id_on_a_file_system_without_links(
    tmp_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refused)
    settings = load_settings(written(tmp_path, '[annotator]\nname = "Ada"\n'))
    assert annotator(settings, lambda: "id-1").id == annotator(settings, lambda: "id-2").id == "id-1"
    assert [path.name for path in own_folder.iterdir()] == ["annotator-id"]


def test_a_folder_that_cannot_be_written_gives_the_same_id_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    monkeypatch.setenv("READER_CONFIG_DIR", str(blocker / "config"))
    settings = load_settings(written(tmp_path, '[annotator]\nname = "Ada"\n'))
    assert annotator(settings, lambda: "id-1") == annotator(settings, lambda: "id-2")
    remember("theme", "reader-light")
    assert remembered() == {}


def test_small_choices_are_remembered(own_folder: Path) -> None:
    assert remembered() == {}
    remember("theme", "reader-light")
    remember("excel", "yes")
    assert remembered() == {"theme": "reader-light", "excel": "yes"}
    (own_folder / "state.json").write_text("{", encoding="utf-8")
    assert remembered() == {}


def test_a_choice_that_cannot_be_kept_leaves_nothing_behind(own_folder: Path) -> None:
    remember("excel", "yes")
    remember("export-folder", "/caf\udce9")
    assert remembered() == {"excel": "yes"}
    (own_folder / "state.json").unlink()
    (own_folder / "state.json").mkdir()
    remember("excel", "no")
    assert [path.name for path in own_folder.iterdir()] == ["state.json"]


def test_the_library_is_the_options_then_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READER_LIBRARY", raising=False)
    assert library_path().name == "library.db"
    monkeypatch.setenv("READER_LIBRARY", "~/env.db")
    assert library_path() == Path.home() / "env.db"
    assert library_path("option.db") == Path("option.db")


@pytest.mark.parametrize(("value", "plain"), [(None, False), ("", False), ("1", True)])
def test_no_color_counts_where_it_is_not_empty(
    monkeypatch: pytest.MonkeyPatch, value: str | None, plain: bool
) -> None:
    if value is None:
        monkeypatch.delenv("NO_COLOR", raising=False)
    else:
        monkeypatch.setenv("NO_COLOR", value)
    assert no_color() is plain
