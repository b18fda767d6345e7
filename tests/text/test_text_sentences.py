from itertools import pairwise

import pytest
import regex
from alphabets import lines, paragraphs
from hypothesis import given

from reader.text.sentences import sentences

# A bar stands where a sentence ends.
PROSE = """
Mr. Blinken said so on Tuesday.| He left early.
Aides to Ms. Ortega, Dr. Lee and Prof. Adeyemi met.| They agreed on nothing.
Gov. Hale and Sens. Brandt and Cole signed it.| Rep. Moss did not.
Gen. (Ret.) John Smith, Sgt. 1st Class Lee and Lt. Col. Ruiz testified.
DR. FAUCI: Yes, we do.| MR. ROSE: Why?
U.S. officials met on Monday.| They agreed.
It was made in the U.S.| He returned.
It was made in the U.S. Senate and in the U.K. Parliament.
Police in Washington, D.C. said no.| In Washington, D.C., they said yes.
WASHINGTON, D.C. — Officials said no.
He spoke of the U.S.| “We must act,” he said.
It closes at 5 p.m.| On Friday it opens again.
It closes at 5 p.m. Friday.| Police said so.
It closes at 5 p.m. EST on weekdays.| At 8 a.m. it opens.
The deal is worth $1.5 billion.| Shares rose 2.4 percent.
It costs .5 percent of v2.0.1 at example.com today.| Next year it will not.
Firefighters went to No. 10 and No. 5 Smith Street.
Did he agree?| No.| He did not.
On Jan. 6 they came.| In Sept. 2019 they had gone.
The war began in Aug. 1914 and ended on Nov. 11, 1918.
The meeting on Thurs. March 3 was short.
J. K. Rowling wrote it.| So did J.R.R. Tolkien.
Lloyd J. Austin III spoke.| George W. Bush did not.
Vitamin C.| The study ended.
He did, and so did I.| Nobody cared.
Joseph R. “Joe” Biden won.| George W. “Dubya” Bush had won before.
Apple Inc. Chief Tim Cook and Acme Co. staff met.
He works for Apple Inc.| The firm fell.| It is no Co. of ours.
John Smith Jr. and Sammy Davis Jr.| They sang.
She lives on Main St. in St. Louis, Mo. and in Mt. Vernon.
The case of Roe v. Wade, Smith vs. Jones, cf. Brown, ended.
Some, e.g. Anthony, i.e. him, and so on, etc., left.
Lee et al. found it.| The others did not.
“No,” he said.| “Yes.”
“It failed.”| The minister left.
“It failed,” the minister said.| “It will again.”
"Straight quotes end."| "So do these."| 'And these.'
“Why now?” Ms. Ruiz asked.| “Who knows?” he replied.
“Go!”| Nobody moved.
“Stop!” he cried.| Then: silence!
What?!| Really?!!| Yes!
He said (in 2019).| Then he left.
(He left early.)| She stayed (until 5 p.m.).| Then she went.
The claim is false.[1]| It was made up.[12]| So they say.
He paused…| Then he went on.| Then he... stopped.
The … Council met.| It met again.
He said it […] The end is near.
It failed. …| Then it worked.
FADEL: Yeah.
FADEL: Yeah.| INSKEEP: And then?
(SOUNDBITE OF MUSIC)
The score was 3-2.| Then it was 5.| 20 people left in 2019.| 40 came.
1. The plan works.| 2. It fails.
World War II.| The end.
He said: First, no.| Second: yes; third, maybe.
He works at Yahoo! in Jeopardy! fashion, really? he asked.
Temperatures fell to -5 C.| In the north it snowed.
The bill, H.R. 1234, passed.| It is law.
Read pp. 12 and 13, Art. 5, Fig. 2, Vol. 3 and approx. 30 more.
¿Qué dijo?| ¡Nada!| —No —respondió.
El Sr. Gómez y la Sra. Ruiz callaron.| EE. UU. respondió.| El Dr. Paz, no.
Das gilt z. B. heute nicht.| Das gilt z.B. Montag nicht.
Am 3. Oktober 1990 kam er.| Im 19. Jahrhundert nicht.
»Nein.«| Er ging.| „Ja.“| Sie blieb.
« Non. »| Il part.| « Oui ! » dit-il.
M. Dupont et Mme. Roy restent.| Me. Klein part.
В. В. Иванов сказал.| Он ушёл.| Было 5 млн. рублей.
""".strip().split("\n")

WITHOUT_SPACES = """
政府は発表した。|「はい。」と彼は言った。|次へ！|行く？
他说：“是的。”|她走了。|为什么？！|不知道……
नेता ने कहा।| वह चला गया।| क्यों?| पता नहीं।
كيف حالك؟| أنا بخير۔| نعم.
""".strip().split("\n")


@pytest.mark.parametrize("case", PROSE)
def test_prose_ends_its_sentences_where_a_reader_does(case: str) -> None:
    expected = case.split("| ")
    text = " ".join(expected)
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected


@pytest.mark.parametrize("case", WITHOUT_SPACES)
def test_other_scripts_have_their_own_full_stops(case: str) -> None:
    text = case.replace("|", "")
    expected = [part.strip() for part in case.split("|")]
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected


def test_there_are_cases_enough() -> None:
    assert sum(case.count("|") + 1 for case in PROSE + WITHOUT_SPACES) > 120


def test_a_line_ends_a_sentence() -> None:
    text = "Roses are red,\nviolets are blue. So\n\nthey say."
    found = [text[start:end] for start, end in sentences(text, 0, len(text))]
    assert found == ["Roses are red,", "violets are blue.", "So", "they say."]


def test_only_the_range_is_looked_at() -> None:
    text = "One. Two. Three."
    assert sentences(text, 5, 9) == [(5, 9)]
    assert sentences("  \n ", 0, 4) == []
    assert sentences("", 0, 0) == []


@given(paragraphs)
def test_sentences_hold_all_but_white_space_and_cut_no_cluster(text: str) -> None:
    found = sentences(text, 0, len(text))
    edges = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    assert all(one.end <= other.start for one, other in pairwise(found))
    rest = text
    for start, end in reversed(found):
        assert start < end
        assert {start, end} <= edges
        rest = rest[:start] + rest[end:]
    assert not rest.strip()


@given(lines, lines)
def test_a_block_is_cut_the_same_wherever_it_stands(before: str, text: str) -> None:
    alone = sentences(text, 0, len(text))
    shift = len(before) + 2
    within = sentences(f"{before}\n\n{text}\n\nAnd on.", shift, shift + len(text))
    assert [(start - shift, end - shift) for start, end in within] == alone
