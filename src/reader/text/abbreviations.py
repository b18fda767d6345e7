"""Words that end in a full stop which does not end a sentence.

Data, kept apart from the rules in `reader.text.sentences` that read it. Written without the full stop; case
counts, but for `DOTTED`. Which group an abbreviation is in says what may follow it within a sentence.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NAMED = _set(
    "Mr Mrs Ms Mx Dr Prof Rev Fr Hon Gov Sen Rep Gen Lt Col Maj Capt Cpl Sgt Pvt Adm Cmdr Cdr Brig "
    "Supt Insp Det Pres Amb Sec Msgr Messrs Mme Mlle Ret Gens Sens Reps Govs Profs Drs Sgts Pte Sra "
    "Srta Dra Dña Lic Ing Gral Ud Uds Vd Hr Fru Frl Sig Dott Dipl Mag MR MRS MS DR PROF REV GOV SEN "
    "REP GEN LT COL MAJ CAPT SGT ADM vs v cf viz им ул гр проф"
)
"""Before a name or what else belongs to them: no sentence ends here, whatever follows but the text's end."""

NUMBERED = _set(
    "No Nos no nos Nr nr Art art Arts sec Fig fig Figs figs Vol vol Ch ch p pp Pg pg para paras Abs "
    "approx ca c est Est Rs Ext ext Tel tel Op op Núm núm n° Bd Kap стр"
)
"""Before a number: no sentence ends here if a digit follows."""

MONTHS = _set("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
"""Before a day or a year: as `NUMBERED`, and as `UNCERTAIN` otherwise."""

WEEKDAYS = _set("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun")
"""Before a date: no sentence ends here if a digit or a month follows."""

UNCERTAIN = _set(
    "Inc Co Corp Ltd Bros Cos Plc LLC Jr Sr Esq PhD al St Ste Mt Ft Ave Blvd Rd Dept Univ Assn Assoc "
    "Bldg Apt Natl Intl Intern Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich "
    "Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que EE UU Cía Str "
    "Hrsg geb bzw Me MM"
)
"""Within or at the end of a sentence: it ends here only if the next word is one that begins sentences."""

DOTTED = _set("e.g i.e z.b d.h u.a o.ä s.o v.a p.ej c-à-d т.е")
"""Abbreviations with full stops inside after which no sentence ends. Others, like ``U.S``, are uncertain."""

CLOCK = frozenset({"a.m", "p.m", "A.M", "P.M"})
"""A sentence ends here before a capital letter, unless a day, a month or a time zone follows."""

AFTER_CLOCK = _set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June "
    "July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec "
    "Eastern Central Mountain Pacific Atlantic Greenwich Moscow Beijing GMT UTC BST CET CEST EST EDT "
    "CST CDT MST MDT PST PDT ET CT MT PT IST JST EET EEST WET WAT CAT EAT AEST AEDT"
)
"""Words that go on telling a time."""

AFTER_ORDINAL = _set(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember "
    "Jahrhundert Jahrhunderts Weltkrieg Weltkriegs"
)
"""German words before which a number with a full stop is an ordinal."""

STARTERS = _set(
    "A An The This That These Those There Here He She It They We You I His Her Its Their Our My Your "
    "Who What When Where Why How Which In On At By For From With Without Within Under Over Of To As "
    "And But Or Nor Yet So Because If Although Though While Since Until Unless After Before During "
    "Despite Instead However Meanwhile Moreover Still Then Thus Therefore Also Even Just Only Both "
    "Each Every Some Many Most Several All Another Other Others Such Not Now Once Later Earlier "
    "Yesterday Today Tomorrow Monday Tuesday Wednesday Thursday Friday Saturday Sunday According "
    "Asked Is Are Was Were Will Would Can Could Should Do Does Did Has Have Had Let Yes No Der Die "
    "Das Er Sie Es Ein Eine Wir Und Aber Il Elle Ils Elles Nous Mais Los Las Ella Ellos Pero Он Она "
    "Они Это Мы В На Но И А"
)
"""Words that begin sentences often enough to tell a sentence's end from an abbreviation within one."""

SPEECH = _set(
    "said says asked asks added adds shouted replied replies wrote writes wondered told cried yelled "
    "answered responded tweeted posted exclaimed insisted argued"
)
"""Verbs that attribute what was quoted right before."""
