import io
import re

import pandas  # type: ignore[import-untyped]
import pytest

from reader.errors import SchemeError
from reader.schemes import load_scheme, parse_scheme, scheme_names

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
    ("label", "reason"),
    [
        (OTHER | {"key": "1"}, "label 2 has the same key '1' as label 1"),
        (OTHER | {"code": "agree"}, "label 2 has the same code 'agree' as label 1"),
        (OTHER | {"symbol": "+"}, "label 2 has the same symbol '+' as label 1"),
        (OTHER | {"key": "0"}, "label 2: the key must be a digit from 1 to 9, not '0'"),
        (OTHER | {"key": "12"}, "label 2: the key must be a digit from 1 to 9, not '12'"),
        (OTHER | {"key": "٣"}, "label 2: the key must be a digit from 1 to 9, not '٣'"),
        (OTHER | {"symbol": "ab"}, "label 2: the symbol must be exactly one character of one cell, not 'ab'"),
        (OTHER | {"symbol": "字"}, "label 2: the symbol must be exactly one character of one cell, not '字'"),
        (OTHER | {"symbol": "\u0301"}, "label 2: the symbol must be exactly one character of one cell"),
        (OTHER | {"symbol": ""}, "label 2 needs symbol as text in quotes"),
        (OTHER | {"definition": " "}, "label 2 needs definition as text in quotes"),
        (OTHER | {"code": "-1"}, "label 2: the code '-1' must be small letters"),
        (OTHER | {"code": "Deny"}, "label 2: the code 'Deny' must be small letters"),
        (OTHER | {"note": "x"}, "label 2 has an unknown field 'note'"),
    ],
)
def test_a_bad_label_is_refused_with_its_reason(label: dict[str, str], reason: str) -> None:
    with pytest.raises(SchemeError, match="^" + re.escape(f"mine.toml: {reason}")):
        parse_scheme(scheme_of(GOOD, label), "mine.toml")


@pytest.mark.parametrize("field", sorted(GOOD))
def test_every_field_of_a_label_is_required(field: str) -> None:
    label = {name: value for name, value in OTHER.items() if name != field}
    with pytest.raises(SchemeError, match=f"label 2 needs {field} as text in quotes$"):
        parse_scheme(scheme_of(GOOD, label), "mine.toml")


@pytest.mark.parametrize(
    "code", ["none", "None", "na", "NA", "n/a", "N/A", "null", "NULL", "nan", "NaN", "true", "inf"]
)
def test_no_code_may_be_a_word_that_analysis_misreads(code: str) -> None:
    with pytest.raises(SchemeError, match="would be read as a missing or truth value"):
        parse_scheme(scheme_of(GOOD | {"code": code}), "mine.toml")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("name = ", "mine.toml: is not TOML"),
        ('version = 1\n[[label]]\nkey = "1"', "mine.toml: label 1 needs code as text in quotes"),
        (scheme_of(GOOD, head="version = 1\n"), "mine.toml: the scheme needs name as text in quotes"),
        (
            scheme_of(GOOD, head='name = "mine"\n'),
            "mine.toml: version must be a whole number from 1, not None",
        ),
        (scheme_of(GOOD, head='name = "mine"\nversion = true\n'), "not True"),
        (
            scheme_of(GOOD, head='name = "mine"\nversion = 1\ncolor = 2\n'),
            "the scheme has an unknown field 'color'",
        ),
        ('name = "mine"\nversion = 1\n', "it needs at least one [[label]] table"),
        ('name = "mine"\nversion = 1\nlabel = ["a"]\n', "it needs at least one [[label]] table"),
        (scheme_of(GOOD | {"key": "1"}).replace("'1'", "1"), "label 1 needs key as text in quotes, not 1"),
    ],
)
def test_a_bad_scheme_is_refused_with_its_reason(content: str, reason: str) -> None:
    with pytest.raises(SchemeError, match=re.escape(reason)):
        parse_scheme(content, "mine.toml")
