"""Whose words a sentence is likely to be."""

import pytest
from passages import proposed

FORMS = [
    # Before the verb, after it, and around what is said.
    ("Ada Quill said the gate is safe.", "Ada Quill", "reported"),
    ("The gate, Ada Quill said, is safe.", "Ada Quill", "reported"),
    ("The gate is safe, said Ada Quill, the mayor.", "Ada Quill", "reported"),
    ("The gate is safe, said the mayor, Ada Quill.", "Ada Quill", "reported"),
    ("“The gate is safe,” said one of the engineers, Tom Reed.", "Tom Reed", "quoted"),
    ("“The gate is safe,” Mayor Ada Quill told reporters on Monday.", "Ada Quill", "quoted"),
    ("“The gate,” said Ada Quill, “is safe.”", "Ada Quill", "quoted"),
    ("Ada Quill said: “The gate is safe.”", "Ada Quill", "quoted"),
    ("The mayor, who had come by boat, said the gate was safe.", "the mayor", "reported"),
    ("The mayor (who had come by boat) said the gate was safe.", "the mayor", "reported"),
    ("In a statement, the Harbour Office said the gate was safe.", "Harbour Office", "reported"),
    ("In the morning the mayor said that the gate was safe.", "the mayor", "reported"),
    ("The mayor on Monday insisted that the gate was safe.", "the mayor", "reported"),
    ("As Tom Reed put it, the gate is a toy.", "Tom Reed", "reported"),
    ("According to two engineers, the gate has failed.", "two engineers", "reported"),
    ("The gate has failed, according to the Tidewater Institute.", "Tidewater Institute", "reported"),
    # Passive.
    ("The mayor was accused by the opposition of lying.", "the opposition", "reported"),
    ("Tom Reed was quoted as saying that the gate would hold.", "Tom Reed", "reported"),
    ("It is believed that the gate has failed.", "", "reported"),
    ("The gate is said to be safe.", "", "reported"),
    ("The inquiry was told that the gate had failed.", "", "reported"),
    # Titles, roles and what a name is hung about with.
    ("Mr. Reed said the U.S. paid for the gate.", "Mr. Reed", "reported"),
    ("Prime Minister Ada J. Quill of Norrland said no.", "Ada J. Quill", "reported"),
    ("Foreign Minister Hye-jin Park warned of delays.", "Hye-jin Park", "reported"),
    ("Ludwig van der Berg announced the vote.", "Ludwig van der Berg", "reported"),
    ("The chat company Orbis denied that it had known.", "Orbis", "reported"),
    ("Ada Quill and Tom Reed said the gate was safe.", "Ada Quill and Tom Reed", "reported"),
    ("The mayor and her aides say the gate is safe.", "the mayor and her aides", "reported"),
    # Others pass it on: the holder is whose words they are.
    ("Northern Wire reported that the ministry said the road was open.", "the ministry", "reported"),
    ("The road is open, the ministry said, according to Northern Wire.", "the ministry", "reported"),
    # One's own words, and no one's.
    ("The gate opened on Monday.", "", "article"),
    ("I think the gate is safe.", "", "article"),
    ("The mayor did not say whether the gate was safe.", "", "article"),
    ("The mayor declined to say why.", "", "article"),
    ("The company claimed the top spot this year.", "", "article"),
    # Reworded by a program, or damaged.
    ("In keeping with the State Division, the gate is protected.", "State Division", "reported"),
    ("Tom Reed mentioned the gate can be closed quickly.", "Tom Reed", "reported"),
    ("the mayor , Ada Quill , said the gate is safe", "Ada Quill", "reported"),
    ('" The gate is safe , " said Ada Quill .', "Ada Quill", "quoted"),
]


@pytest.mark.parametrize(("sentence", "holder", "voice"), FORMS, ids=[form[0] for form in FORMS])
def test_the_forms_of_attribution(sentence: str, holder: str, voice: str) -> None:
    proposal = proposed(sentence)
    assert (proposal.holder, proposal.voice) == (holder, voice)


def test_who_passes_it_on_is_told() -> None:
    assert proposed("Northern Wire reported that the ministry said the road was open.").via == "Northern Wire"
    assert proposed("“It is open,” Tom Reed said, according to Northern Wire.").via == "Northern Wire"
    assert proposed("Tom Reed said the road was open.").via == ""


HEADLINES = [
    ("#Minister: Dam is safe", "Minister", "reported"),
    ("#‘It will not hold’: engineer", "engineer", "quoted"),
    ("#Dam should be emptied – experts", "experts", "reported"),
    ("#Dam should be emptied, experts say", "experts", "reported"),
    ("#Bank Denies Rewriting Ledgers", "Bank", "reported"),
    ("#Opinion: The dam and us", "", "article"),
    ("#Five things to do: a list", "", "article"),
]


@pytest.mark.parametrize(("headline", "holder", "voice"), HEADLINES, ids=[one[0] for one in HEADLINES])
def test_headlines(headline: str, holder: str, voice: str) -> None:
    proposal = proposed(headline)
    assert (proposal.holder, proposal.voice) == (holder, voice)


FULL = "Ada Quill opened the gate.\n\nTom Reed had built it.\n\n"


def test_a_person_has_the_fullest_name_that_the_text_has() -> None:
    assert proposed(FULL + "Ms. Quill said it was safe.", "Ms. Quill said").holder == "Ada Quill"
    assert proposed(FULL + "Mayor Quill said it was safe.", "Mayor Quill said").holder == "Ada Quill"
    later = "#Quill: Gate is safe\n\nMayor Ada Quill said so on Monday."
    assert proposed(later).holder == "Ada Quill"


def test_a_name_that_two_share_stays_as_it_is() -> None:
    text = FULL + "Her brother, Ben Quill, was there.\n\nMs. Quill said it was safe."
    assert proposed(text, "Ms. Quill said").holder == "Ms. Quill"


PRONOUNS = [
    ("Ada Quill said the gate was safe. She added that it was new.", "She added", "Ada Quill"),
    ("Ada Quill said Tom Reed had built it. “It is good,” she said.", "“It is good,” she", "Ada Quill"),
    ("The company said the gate was safe. It denied any fault.", "It denied", "company"),
    ("Ada Quill came late. “It is open,” she said.", "“It is open,” she", "Ada Quill"),
    ("Ada Quill met Tom Reed. “It is open,” he said.", "“It is open,” he", ""),
    ("Ms. Ada Quill spoke of the gate. He said it leaked.", "He said", ""),
    ("The gate opened. They said it was safe.", "They said", ""),
]


@pytest.mark.parametrize(("text", "quote", "holder"), PRONOUNS, ids=[one[0] for one in PRONOUNS])
def test_a_pronoun_is_followed_only_where_it_is_certain(text: str, quote: str, holder: str) -> None:
    assert proposed(text, quote).holder.removeprefix("the ") == holder


def test_a_quote_may_have_several_sentences_and_paragraphs() -> None:
    text = "“The gate is safe. We tested it twice,” Ada Quill said. “Then we tested it again.”"
    for part in ("“The gate is safe.", "We tested it twice", "“Then we tested it again.”"):
        assert proposed(text, part)[:2] == ("Ada Quill", "quoted")
    long = "“The gate is safe.\n\n“And we tested it,” Ada Quill said.\n\n“Nobody else did.”"
    for part in ("“The gate is safe.", "“Nobody else did.”"):
        assert proposed(long, part)[:2] == ("Ada Quill", "quoted")


def test_a_part_of_a_sentence_has_a_voice_of_its_own() -> None:
    text = "Ada Quill said the plan was “a gift to the town” and would cost little."
    assert proposed(text, "a gift to the town")[:2] == ("Ada Quill", "quoted")
    assert proposed(text, "would cost little")[:2] == ("Ada Quill", "reported")
    assert proposed(text)[:2] == ("Ada Quill", "reported")


def test_an_empty_span_and_an_empty_text_are_nobodys() -> None:
    assert proposed("").voice == ""
    assert proposed("Ada Quill said so.", "")[:2] == ("Ada Quill", "reported")
