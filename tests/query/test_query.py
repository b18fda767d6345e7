import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from printing import printed

from reader.errors import QueryError
from reader.query import And, Code, Dated, Flag, Not, Or, Query, Words, parse
from reader.query.lexing import FIELDS
from reader.query.tree import FLAGS, RELATIONS, WORD_FIELDS

A, B, C = Words("", "a"), Words("", "b"), Words("", "c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", And(())),
        (" \t ", And(())),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a and b", And((A, Words("", "and"), B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a (b (c))", And((A, B, C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("a a", A),
        ("NOT a", Not(A)),
        ("-a b", And((Not(A), B))),
        ("-(a b)", Not(And((A, B)))),
        ("NOT NOT a", Not(Not(A))),
        ("a-b", Words("", "a-b")),
        ("a - b", And((A, Words("", "-"), B))),
        ('"tide  levy"', Words("", "tide levy")),
        ("“tide levy” «a»", And((Words("", "tide levy"), A))),
        ('"" a ""', A),
        ('NOT "" a', A),
        ("brid*", Words("", "brid", True)),
        ("b* *", And((Words("", "b*"), Words("", "*")))),
        ("TITLE:a", Words("title", "a")),
        ('target:"the levee"', Words("target", "the levee")),
        ("tag:brid*", Words("tag", "brid", True)),
        ("target:-x", Words("target", "-x")),
        ("source:NOT", Words("source", "NOT")),
        ("title:10:30 10:30", And((Words("title", "10:30"), Words("", "10:30")))),
        ("paris: a", And((Words("", "paris:"), A))),
        ("https://news.example/a", Words("", "https://news.example/a")),
        ("stance:Oppose voice:quoted", And((Code("stance", "oppose"), Code("voice", "quoted")))),
        ("is:unread has:note", And((Flag("is", "unread"), Flag("has", "note")))),
        ("-is:read", Not(Flag("is", "read"))),
        (
            "after:2023 before:2023-03 on:2023-03-02",
            And((Dated("after", "2023"), Dated("before", "2023-03"), Dated("on", "2023-03-02"))),
        ),
        ("cafe\u0301", Words("", "caf\u00e9")),
        ("a\0b", And((A, B))),
        ("\ud800", Words("", "?")),
    ],
)
def test_what_is_typed_and_what_it_means(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("a OR", 2, "something must follow OR"),
        ("a AND", 2, "something must follow AND"),
        ("a AND OR b", 2, "something must follow AND"),
        ("a NOT", 2, "something must follow NOT"),
        ("OR a", 0, "something must stand before OR"),
        ("(OR a)", 1, "something must stand before OR"),
        ("a (b", 2, "this ( is not closed"),
        ("(", 0, "this ( is not closed"),
        ("a)", 1, "there is no ( that this ) would close"),
        ("()", 0, "there is nothing between these brackets"),
        ('a "b c', 2, "the quote that begins here has no end"),
        ("a titel:b", 2, "there is no field titel: did you mean title?"),
        ("xyzzy:b", 0, 'there is no field xyzzy: a word with a colon stands in "quotes"'),
        ("tag: a", 0, 'tag: wants a word or a "phrase" right after the colon'),
        ("tag:(a)", 0, 'tag: wants a word or a "phrase" right after the colon'),
        ('a tag:""', 6, 'tag: wants a word or a "phrase" right after the colon'),
        (
            "is:unred",
            3,
            "is: wants read, unread, starred, orphan or review: did you mean unread?",
        ),
        ("has:wings", 4, "has: wants date, mark, note, tag, holder, stance or target"),
        ("voice:loud", 6, "voice: wants article, quoted or reported"),
        ("on:yesterday", 3, "on: wants a date as 2023, 2023-03 or 2023-03-02"),
        ("on:2023-3", 3, "on: wants a date as 2023, 2023-03 or 2023-03-02"),
        ("on:٢٠٢٣", 3, "on: wants a date as 2023, 2023-03 or 2023-03-02"),
        ("before:2023-02-30", 7, "there is no such date as 2023-02-30"),
        ("(" * 31 + "a" + ")" * 31, 30, "brackets and NOTs stand in each other more than 30 deep"),
        (" OR ".join(f"w{n}" for n in range(101)), 690, "these are more than 100 conditions"),
    ],
)
def test_what_is_wrong_and_where(text: str, at: int, what: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    error = caught.value
    assert (error.at, error.what, error.query) == (at, what, text)
    assert str(error) == f"the query cannot be followed at column {at + 1}: {what}"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a OR", A),
        ("a AND", A),
        ("a NOT", A),
        ("a -", And((A, Words("", "-")))),
        ("a (", A),
        ("a (b OR", And((A, B))),
        ("(a (b", And((A, B))),
        ('a "b c', And((A, Words("", "b c")))),
        ('a tag:"', A),
        ("a tag:", A),
        ("a before:", A),
        ("a bri", And((A, Words("", "bri", True)))),
        ("a tag:bri", And((A, Words("tag", "bri", True)))),
        ("a bri ", And((A, Words("", "bri")))),
        ('a "bri"', And((A, Words("", "bri")))),
        ("(bri)", Words("", "bri")),
        ("a", A),
        ("-bri", Not(Words("", "bri", True))),
    ],
)
def test_what_is_still_being_typed_is_no_mistake(text: str, tree: Query) -> None:
    assert parse(text, typing=True) == tree


def test_a_mistake_is_one_while_typing_too() -> None:
    for text in ("a OR OR b", ")", "foo:bar", "is:unred", "on:20", "() a"):
        with pytest.raises(QueryError):
            parse(text, typing=True)


SIGNS = [
    "(",
    ")",
    '"',
    "“",
    "-",
    ":",
    "*",
    " ",
    "AND",
    "OR",
    "NOT",
    "a",
    "bri",
    "é",
    "東",
    "\0",
    "\ud800",
    "://",
]
TYPED = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from([*SIGNS, *(f"{field}:" for field in FIELDS), "2023-03", "unread", "quoted"])
    ).map("".join),
)


@given(text=TYPED, typing=st.booleans())
@example(text="AND*", typing=False)
def test_any_text_is_a_query_or_told_to_be_none(text: str, typing: bool) -> None:
    try:
        tree = parse(text, typing=typing)
    except QueryError as error:
        place = error.at
    else:
        place = 0
        assert parse(printed(tree)) == tree
    assert 0 <= place <= max(0, len(text) - 1)


WORD = st.text(st.characters(categories=["L", "Nd"], max_codepoint=0x17F), min_size=1, max_size=4)
TEXT = st.one_of(
    WORD,
    st.lists(WORD, min_size=2, max_size=3).map(" ".join),
    st.sampled_from(["AND", "OR", "NOT", "-a", "a:b", "title:", "bri*", "(", "*", "https://x", "is:read"]),
).map(lambda text: parse(f'"{text}"').text)  # type: ignore[union-attr]
LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(Words, st.sampled_from(["", *WORD_FIELDS]), TEXT),
    st.builds(
        Words, st.sampled_from(["", *WORD_FIELDS]), st.sampled_from(["bri", "ça", "10:3"]), st.just(True)
    ),
    st.builds(Code, st.just("stance"), st.sampled_from(["support", "not_enough", "a b", "(x)"])),
    st.builds(Code, st.just("voice"), st.sampled_from(["quoted", "reported"])),
    st.sampled_from([Flag(kind, value) for kind, values in FLAGS.items() for value in values]),
    st.builds(Dated, st.sampled_from(RELATIONS), st.sampled_from(["2023", "2023-03", "2023-03-02"])),
)


def _combined(items: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(items, min_size=2, max_size=4, unique=True)

    def joined(kind: type[And] | type[Or]) -> st.SearchStrategy[Query]:
        flat = several.map(lambda some: tuple(item for item in some if not isinstance(item, kind)))
        return flat.filter(lambda some: len(some) > 1).map(kind)

    return st.one_of(items.map(Not), joined(And), joined(Or))


TREES = st.recursive(LEAVES, _combined, max_leaves=12)


@given(tree=TREES)
def test_what_is_printed_is_read_as_it_was(tree: Query) -> None:
    assert parse(printed(tree)) == tree


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (And((A, Not(Or((B, C))))), "a NOT (b OR c)"),
        (Or((And((A, B)), C)), "(a b) OR c"),
        (Words("", "tide levy"), '"tide levy"'),
        (Words("target", "tide levy"), 'target:"tide levy"'),
        (Words("", "OR"), '"OR"'),
        (Words("", "bri", True), "bri*"),
        (Words("", "bri*"), '"bri*"'),
    ],
)
def test_the_shortest_form(tree: Query, text: str) -> None:
    assert printed(tree) == text
