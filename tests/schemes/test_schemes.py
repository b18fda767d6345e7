import io
import re
from pathlib import Path

import pandas  # type: ignore[import-untyped]
import pytest

from reader.errors import SchemeError
from reader.schemes import DEFAULT, installed, load_scheme, parse_scheme, scheme_names

GOOD = {
    "key": "1",
    "code": "agree",
    "name": "agree",
    "symbol": "+",
    "colour": "support",
    "definition": "says so",
}
OTHER = GOOD | {"key": "2", "code": "deny", "symbol": "-"}


def scheme_of(*labels: dict[str, str], head: str = 'name = "mine"\nversion = 1\n') -> str:
    tables = (
        "[[label]]\n" + "".join(f"{field} = {value!r}\n" for field, value in label.items())
        for label in labels
    )
    return head + "\n".join(tables)


def test_the_default_scheme_is_the_designed_table() -> None:
    scheme = load_scheme()
    assert (scheme.name, scheme.version) == ("stance", 1)
    assert [(label.key, label.code, label.symbol) for label in scheme.labels] == [
        ("1", "support", "+"),
        ("2", "oppose", "−"),
        ("3", "question", "?"),
        ("4", "discuss", "·"),
        ("5", "mixed", "±"),
        ("6", "unclear", "~"),
    ]
    assert [label.colour for label in scheme.labels] == [label.code for label in scheme.labels]
    assert scheme.labels[0].definition == "says it, endorses it or gives grounds for it"


@pytest.mark.parametrize("name", scheme_names())
def test_every_scheme_file_loads_and_is_named_after_its_file(name: str) -> None:
    scheme = load_scheme(name)
    assert scheme.name == name
    assert all(all(label[:-1]) for label in scheme.labels)


@pytest.mark.parametrize("name", scheme_names())
def test_pandas_reads_each_code_as_the_word_it_is(name: str) -> None:
    codes = [label.code for label in load_scheme(name).labels]
    for code in codes:
        assert pandas.read_csv(io.StringIO(f"stance\n{code}\n"))["stance"].tolist() == [code]


def test_an_unknown_scheme_names_the_known_ones() -> None:
    with pytest.raises(SchemeError, match=r"no scheme '\.\./stance': known are .*stance"):
        load_scheme("../stance")


def test_labels_keep_the_order_of_the_file() -> None:
    scheme = parse_scheme(scheme_of(OTHER, GOOD), "mine.toml")
    assert [label.code for label in scheme.labels] == ["deny", "agree"]
    assert scheme.label("agree") is scheme.labels[1]
    assert scheme.label("maybe") is None


@pytest.mark.parametrize(
    ("label", "line", "reason"),
    [
        (OTHER | {"key": "1"}, 12, "label 2 has the same key '1' as label 1"),
        (OTHER | {"code": "agree"}, 13, "label 2 has the same code 'agree' as label 1"),
        (OTHER | {"symbol": "+"}, 15, "label 2 has the same symbol '+' as label 1"),
        (OTHER | {"key": "0"}, 12, "the key must be a digit from 1 to 9, not '0'"),
        (OTHER | {"key": "12"}, 12, "the key must be a digit from 1 to 9, not '12'"),
        (OTHER | {"key": "٣"}, 12, "the key must be a digit from 1 to 9, not '٣'"),
        (OTHER | {"symbol": "ab"}, 15, "the symbol must be exactly one character of one cell, not 'ab'"),
        (OTHER | {"symbol": "字"}, 15, "the symbol must be exactly one character of one cell, not '字'"),
        (OTHER | {"symbol": "\u0301"}, 15, "the symbol must be exactly one character of one cell"),
        (OTHER | {"symbol": ""}, 15, "label 2 needs symbol as text in quotes"),
        (OTHER | {"colour": "pink"}, 16, "the colour must be one of support, oppose"),
        (OTHER | {"definition": " "}, 17, "label 2 needs definition as text in quotes"),
        (OTHER | {"code": "-1"}, 13, "the code '-1' must be small letters"),
        (OTHER | {"code": "Deny"}, 13, "the code 'Deny' must be small letters"),
        (OTHER | {"note": "x"}, 18, "unknown field 'note'"),
        (OTHER | {"retired": "yes"}, 18, "retired must be true or false, not 'yes'"),
    ],
)
def test_a_bad_label_is_refused_with_its_line_and_reason(
    label: dict[str, str], line: int, reason: str
) -> None:
    with pytest.raises(SchemeError, match="^" + re.escape(f"mine.toml:{line}: {reason}")):
        parse_scheme(scheme_of(GOOD, label), "mine.toml")


@pytest.mark.parametrize("field", sorted(GOOD))
def test_every_field_of_a_label_is_required(field: str) -> None:
    label = {name: value for name, value in OTHER.items() if name != field}
    with pytest.raises(SchemeError, match=f"^mine.toml:11: label 2 needs {field} as text in quotes$"):
        parse_scheme(scheme_of(GOOD, label), "mine.toml")


@pytest.mark.parametrize(
    "code", ["none", "None", "na", "NA", "n/a", "N/A", "null", "NULL", "nan", "NaN", "true", "inf"]
)
def test_no_code_may_be_a_word_that_analysis_misreads(code: str) -> None:
    with pytest.raises(SchemeError, match=r"^mine.toml:5: .* would be read as a missing or truth value"):
        parse_scheme(scheme_of(GOOD | {"code": code}), "mine.toml")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("name = ", "mine.toml:1: is not TOML: Invalid value"),
        ('name = "mine"\nversion = 1\n\n[[label]', "mine.toml:4: is not TOML"),
        (
            'name = "a"\nversion = 1\n[[label]]\nkey = "1"',
            "mine.toml:3: label 1 needs code as text in quotes",
        ),
        (scheme_of(GOOD, head="version = 1\n"), "mine.toml:1: the scheme needs name as text in quotes"),
        (scheme_of(GOOD, head='version = 1\nname = "My own"\n'), "mine.toml:2: the name 'My own' must be"),
        (
            scheme_of(GOOD, head='name = "mine"\n'),
            "mine.toml:1: version must be a whole number from 1, not None",
        ),
        (scheme_of(GOOD, head='name = "mine"\nversion = true\n'), "not True"),
        (
            scheme_of(GOOD, head='name = "mine"\nversion = 1\ncolor = 2\n'),
            "mine.toml:3: unknown field 'color'",
        ),
        ('name = "mine"\nversion = 1\n', "it needs at least one [[label]] table"),
        ('name = "mine"\nversion = 1\nlabel = ["a"]\n', "it needs at least one [[label]] table"),
        (
            scheme_of(GOOD).replace("definition", "retired = true\ndefinition"),
            "all its labels are retired: at least one must be offered",
        ),
        (scheme_of(GOOD | {"key": "1"}).replace("'1'", "1"), "label 1 needs key as text in quotes, not 1"),
    ],
)
def test_a_bad_scheme_is_refused_with_its_reason(content: str, reason: str) -> None:
    with pytest.raises(SchemeError, match=re.escape(reason)):
        parse_scheme(content, "mine.toml")


def test_the_schemes_of_the_field_come_with_the_program() -> None:
    assert {scheme.name: [label.code for label in scheme.labels] for scheme in installed()[0]} == {
        "stance": ["support", "oppose", "question", "discuss", "mixed", "unclear"],
        "favor-against": ["favor", "against", "neither"],
        "fnc": ["agree", "disagree", "discuss", "unrelated"],
        "rumour": ["support", "deny", "query", "comment"],
        "verdict": ["supported", "refuted", "not_enough_evidence", "conflicting"],
    }


def test_a_retired_label_leaves_its_key_to_another() -> None:
    old = {name: value for name, value in OTHER.items() if name != "key"}
    content = (
        scheme_of(GOOD, old) + "retired = true\n" + scheme_of(OTHER | {"code": "b", "symbol": "b"}, head="")
    )
    scheme = parse_scheme(content, "mine.toml")
    assert [(label.key, label.code) for label in scheme.labels] == [("1", "agree"), ("", "deny"), ("2", "b")]
    assert [label.code for label in scheme.offered] == ["agree", "b"]


def own_schemes(folder: Path, **contents: str) -> Path:
    for name, content in contents.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def test_the_users_own_schemes_stand_beside_those_of_the_program(tmp_path: Path) -> None:
    own = own_schemes(tmp_path, mine=scheme_of(GOOD, OTHER))
    assert load_scheme("mine", own).labels[1].code == "deny"
    assert scheme_names(own) == (DEFAULT, "favor-against", "fnc", "mine", "rumour", "verdict")
    assert scheme_names(tmp_path / "none") == scheme_names()


def test_of_two_schemes_with_one_name_the_users_counts(tmp_path: Path) -> None:
    own = own_schemes(tmp_path, fnc=scheme_of(GOOD, head='name = "fnc"\nversion = 2\n'))
    assert load_scheme("fnc", own).version == 2
    assert load_scheme("fnc").version == 1


def test_a_file_that_cannot_be_used_leaves_the_others_usable(tmp_path: Path) -> None:
    own = own_schemes(tmp_path, bad=scheme_of(GOOD | {"code": "none"}), other=scheme_of(GOOD))
    (own / "latin.toml").write_bytes('name = "é"'.encode("latin-1"))
    schemes, problems = installed(own)
    assert schemes == installed()[0]
    assert len(problems) == 3
    assert problems[0].startswith(f"{own / 'bad.toml'}:5: the code 'none' would be read as")
    assert problems[1].startswith(f"{own / 'latin.toml'}: cannot be read")
    assert problems[2] == f"{own / 'other.toml'}: names itself 'mine': the file must be named mine.toml"
