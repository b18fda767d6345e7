"""Which sentences are stops, and how they are gone through."""

from hypothesis import given
from hypothesis import strategies as st
from passages import canonical, kinds, proposed

from reader.claims.finder import Finder
from reader.claims.found import KINDS
from reader.model import Block, Canonical


def test_the_reasons() -> None:
    assert kinds("The mayor said the gate was safe.") == [("statement",)]
    assert kinds("“We have never agreed to the sum,” she said.") == [("statement", "quote", "denial")]
    assert kinds("Rents rose by 7.9 percent.") == [("figure",)]
    assert kinds("The gate will open in June.") == [("forecast",)]
    assert kinds("There is no evidence that the gate failed.") == [("denial",)]
    assert kinds("The mayor denied it.") == [("statement", "denial")]
    assert kinds("Analysts expect 300 houses to be sold.") == [("statement", "figure", "forecast")]


def test_what_is_no_stop() -> None:
    for sentence in (
        "The gate opened on Monday, May 5, 2019, at 10:30 a.m.",
        "He was born in 1974 and died aged 91.",
        "Turn to page 14 or call 555 0199.",
        "The Group of 20 met at Pier 9.",
        "Can the mayor be trusted?",
        "Why did the minister say so?",
        "The museum shows “The Long Winter” until June.",
        "The so-called “quiet room” is green.",
        "He left a will and the will of his wife.",
        "Most readers find the book hard.",
        "The report is long.",
        "The United States released him.",
    ):
        assert kinds(sentence) == [], sentence


TRANSCRIPT = (
    "RITA SOLOMON, HOST: Good morning.\n\n"
    "SOLOMON: The ferry stopped on Friday, and nobody knows when it runs again.\n\n"
    "OWEN PRYCE, BYLINE: The engine failed twice last week, and no part is there.\n\n"
    "SOLOMON: Why?\n\n"
    "PRYCE: It is stuck in customs, according to the company that owns it.\n\n"
    "All rights reserved.\n"
)


def test_a_speakers_turn() -> None:
    assert proposed(TRANSCRIPT, "nobody knows")[:2] == ("Rita Solomon", "quoted")
    assert proposed(TRANSCRIPT, "The engine failed")[:2] == ("Owen Pryce", "quoted")
    assert proposed(TRANSCRIPT, "It is stuck")[0] == "the company"
    # The last turn ends with its line, and courtesies and questions are no stops.
    assert proposed(TRANSCRIPT, "All rights")[:2] == ("", "article")
    assert kinds(TRANSCRIPT) == [("quote",), ("quote",), ("statement", "quote")]


def test_other_labels_are_no_speakers() -> None:
    noted = (
        TRANSCRIPT.replace("All rights", "Copyright: all rights")
        + "\nNOTE: Written in haste by somebody else."
    )
    assert proposed(noted, "The engine failed")[:2] == ("Owen Pryce", "quoted")
    interview = (
        "Q: Is it safe?\n\nA: It has been safe for as long as I can remember.\n\nQ: And now?\n\nA: Now too."
    )
    assert proposed(interview, "It has been safe") == ("", "quoted", "")
    assert kinds(interview) == [("quote",)]


def test_a_list_with_headings_is_no_transcript() -> None:
    things = ("tent", "pot", "map", "cup", "hat", "rope", "lamp", "coat")
    items = "\n\n".join(f"A {thing} that one needs on a long walk in the hills" for thing in things)
    labels = ("What To Pack: all of this", "Optional: a book", "What To Pack: more of it", "Optional: a lamp")
    assert kinds("\n\n".join(f"{label}\n\n{items}" for label in labels)) == []


def test_going_from_claim_to_claim() -> None:
    made = canonical(
        "The gate opened. The mayor said it was safe.\n\nIt rained.\n\nThe mayor denied it. Then she left."
    )
    finder = Finder(made)
    said, denied = made.text.index("The mayor said"), made.text.index("The mayor denied")

    def ahead(offset: int, direction: int) -> list[int | None]:
        return [claim.span.start if claim else None for claim in finder.beyond(offset, direction)]

    assert ahead(0, 1) == [said, None, denied, None]
    assert ahead(said, 1) == [None, denied, None]
    # From within a sentence back to where it begins, as by (.
    assert ahead(denied + 5, -1) == [denied, None, said, None]
    assert ahead(denied, -1) == [None, said, None]
    assert [claim.span.start for claim in finder.claims()] == [said, denied]


def test_another_language_has_quotes_and_figures_only() -> None:
    german = (
        "Der Bürgermeister sagte, das Tor sei sicher und werde bald geöffnet. "
        "„Wir haben es zweimal geprüft und nichts gefunden“, sagte er. "
        "Das Tor kostet 4,5 Millionen Kronen und die Mieten stiegen um 7 %. "
        "Er ist seit dem Frühjahr im Amt und kennt die Stadt gut, sagen alle, die ihn gewählt haben."
    )
    assert kinds(german) == [("quote",), ("figure",)]
    assert proposed(german, "Wir haben es zweimal geprüft und nichts gefunden") == ("", "quoted", "")
    assert proposed(german, "Der Bürgermeister sagte") == ("", "", "")


def test_code_is_passed_over() -> None:
    text = "The mayor said it was safe."
    assert not list(Finder(Canonical(text, (Block(0, len(text), "code"),), ())).claims())


PIECES = st.lists(
    st.sampled_from(
        [
            *"“”‘’\"'.,:;—–()!? \n",
            *(
                "\n\n",
                "said",
                "says",
                "according to",
                "denied",
                "it",
                "The mayor",
                "Mr. Reed",
                "REED:",
                "who",
            ),
            *("and", "that", "7 %", "was", "quoted as saying", "by", "of", "é", "👩🏾‍⚕️", "will", "e\u0301"),
        ]
    ),
    max_size=40,
)


@given(PIECES)
def test_whatever_the_text_claims_are_sentences_with_reasons_in_them(pieces: list[str]) -> None:
    made = canonical(" ".join(pieces))
    finder = Finder(made)
    claims = list(finder.claims())
    assert [claim.span for claim in claims] == sorted({claim.span for claim in claims})
    for claim in claims:
        assert 0 <= claim.span.start < claim.span.end <= len(made.text)
        given = [reason.kind for reason in claim.reasons]
        assert given == [kind for kind in KINDS if kind in given]
        for _, cue in claim.reasons:
            assert 0 <= cue.start < cue.end <= len(made.text)
        assert claim.proposal == Finder(made).proposal(claim.span)
        assert claim.proposal.voice in {"", "article", "quoted", "reported"}
        assert "\n\n" not in claim.proposal.holder
