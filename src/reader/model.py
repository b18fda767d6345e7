"""The frozen objects that cross from one floor of the house to another.

Offsets are Unicode code points, half-open ``[start, end)``. Times are ISO 8601 strings in UTC.
Unknown text is the empty string, never ``None``, and is never invented.

What is only carried from one place to another is a `NamedTuple`: building one costs a fraction of a frozen
dataclass, and an article of 1 MB has several thousand blocks; making the class itself costs a sixth, and
the program is on the screen in the time of two hundred such classes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntFlag
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from array import array

Verdict: TypeAlias = Literal["keep", "doubt", "drop"]
Media: TypeAlias = Literal["text", "markdown", "html"]
BlockKind: TypeAlias = Literal["paragraph", "heading", "item", "code", "rule", "table", "label"]
Voice: TypeAlias = Literal["", "article", "quoted", "reported"]
AnchorStatus: TypeAlias = Literal["ok", "review", "orphan"]
Outcome: TypeAlias = Literal["added", "updated", "unchanged"]
TakenIn: TypeAlias = Literal["added", "unchanged", "different"]
"""What became of something that was made elsewhere: `different` is here already and was left as it is."""
Order: TypeAlias = Literal["added", "published", "rank"]
TargetKind: TypeAlias = Literal["", "claim", "policy", "entity", "topic"]
RelationType: TypeAlias = Literal["supports", "contradicts", "same_claim", "evidence_for"]
Ruling: TypeAlias = Literal["one", "other", "both", "neither"]
Grouping: TypeAlias = Literal["target", "stance", "source", "holder"]

VOICES: tuple[Voice, ...] = ("", "article", "quoted", "reported")
TARGET_KINDS: tuple[TargetKind, ...] = ("", "claim", "policy", "entity", "topic")
RELATION_TYPES: tuple[RelationType, ...] = ("supports", "contradicts", "same_claim", "evidence_for")
SYMMETRIC: frozenset[RelationType] = frozenset({"contradicts", "same_claim"})
"""The types of relation that say the same read from either end; the others have a direction."""


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Segment(NamedTuple):
    """A run of an original's page text with the verdict on it; segments cover the page text in order."""

    start: int
    end: int
    verdict: Verdict
    reason: str
    """Why, in words a reader understands: ``comment form``. Empty for kept article text."""
    rule: str
    """The rule's id: ``form.leave-a-reply``."""


class Repair(NamedTuple):
    """A stretch of a page text that the article's text has otherwise, because it was damaged on its way."""

    start: int
    end: int
    text: str
    """What stands in its place; empty where it is left out."""


class PageLines(NamedTuple):
    """What is counted of one article's page text, to tell what recurs across its source."""

    lines: tuple[int, ...]
    """The keys of its lines (see `reader.clean.recurring`), each once."""
    longest: tuple[int, ...]
    """The keys of its longest lines, by which the same article is recognised when it comes again."""


class Recurring(NamedTuple):
    """The lines that articles of one source have in common: evidence that they are no article's words."""

    articles: Mapping[int, int]
    """A line's key, and in how many distinct articles it was seen: 2 or more."""
    counted: bool
    """Whether the article to be cleaned is one of those that were counted."""

    def others(self, key: int) -> int:
        """In how many other articles of the source a line stands."""
        return max(0, self.articles.get(key, 0) - self.counted)


class Style(IntFlag):
    """How a run of an article's text is set."""

    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    LINK = 8
    STRIKE = 16
    DOUBT = 32
    """The text of a doubtful segment: kept, and drawn dimmed."""
    DROPPED = 64
    """Only in the view of the original: text that cleaning dropped."""
    ADDED = 128
    REMOVED = 256
    """Only in the difference of two texts."""


class Run(NamedTuple):
    """A range of a text that shares one style; runs are sorted and never overlap."""

    start: int
    end: int
    style: int
    """A union of `Style` bits, kept as a plain integer because it is stored and read by the thousand."""


class Block(NamedTuple):
    r"""A paragraph-like range of a text. Blocks are sorted, and the gap between two is ``\n\n``."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    """Heading level, 1 to 6; 0 elsewhere."""
    quotes: int = 0
    """How many block quotes the block stands in."""
    indent: int = 0
    """How many lists the block stands in."""
    marker: str = ""
    """What is drawn before a list item's first row (``• ``, ``3. ``); it is not part of the text."""


class TextWarning(NamedTuple):
    """Something about a text as a whole that whoever quotes it must know."""

    kind: str
    """``machine-spun``."""
    message: str
    """In one line, without the evidence."""
    evidence: tuple[tuple[str, str], ...]
    """What stands in the text, and what was probably meant."""

    def told(self, most: int = 3) -> str:
        """The message with the first pieces of evidence, in one line."""
        shown = [f"“{says}” for “{means}”" for says, means in self.evidence[:most]]
        more = len(self.evidence) - len(shown)
        return f"{self.message}: {', '.join(shown)}{f' and {more} more' if more else ''}"


class Link(NamedTuple):
    """A stretch of an article's text and the one of its page text that it comes from.

    Both are the same; where a repair made the text's, a code point is linked by itself to one of those that
    it was made of, the first of the repair to the first and the last to the last.
    """

    text_start: int
    page_start: int
    length: int


class Canonical(NamedTuple):
    """An article's canonical plain text (NFC) with what is needed to draw it."""

    text: str
    blocks: tuple[Block, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about an article beside its text."""

    title: str = ""
    url: str = ""
    source: str = ""
    author: str = ""
    published: str = ""
    """ISO 8601 at the precision that is known: ``2023``, ``2023-03-02`` or ``2023-03-02T09:14:05Z``."""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One piece of news as an importer found it, before cleaning."""

    raw: bytes
    media: Media
    origin: str
    """Where it came from: an absolute path, ``path#3`` for the third record of a corpus, or ``-``."""
    metadata: Metadata = field(default_factory=Metadata)
    """What the container says (the columns of a corpus); it wins over what the text says of itself."""
    encoding: str = ""
    """The encoding if the container fixed it, else empty: to be detected."""
    fragment: bool = False
    """Whether markup is the article alone, as a feed gives it, without a page around it."""


class Fact(NamedTuple):
    """One field of what is known of an article."""

    name: str
    """The field of `Metadata`."""
    value: str
    source: str
    """What said so, in words: ``json-ld``, ``byline``, ``by hand``; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What cleaning makes of an `Incoming`: its page text, the verdicts on it, the Markdown that is left."""

    page_text: str
    segments: tuple[Segment, ...]
    markdown: str
    metadata: Metadata
    repairs: tuple[Repair, ...] = ()
    """What the Markdown has otherwise than the page text, in its order."""
    cleaner: str
    """Which cleaner and version made it: ``plain/1``. A draft's says what set the text too:
    ``plain/1+canon/1``."""
    encoding: str
    sources: tuple[tuple[str, str], ...] = ()
    """Where each field of the metadata was found: ``("title", "json-ld")``."""


class Draft(NamedTuple):
    """An article ready to be stored: everything that cleaning and canonicalising made of one `Incoming`."""

    incoming: Incoming
    cleaned: Cleaned
    canonical: Canonical
    links: tuple[Link, ...]
    """The map between text and page text, sorted by `text_start`."""
    sha256: str
    """Of the canonical text in UTF-8, hexadecimal."""
    sketch: tuple[int, ...] = ()
    """Numbers of which copies of the text share at least one; none for a short text."""


class Known(NamedTuple):
    """What an `Incoming` is whose very bytes came in before: there is nothing to clean."""

    number: int
    """The number of the article that they became, which may have been removed since."""
    origin: str
    original: int
    """The store's number for them."""


class ArticleRow(NamedTuple):
    """What the library's list shows of one article."""

    number: int
    id: str
    title: str
    source: str
    published: str
    added_at: str
    read: bool
    starred: bool
    claims: int
    """How many annotations it bears that are not deleted."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece of news."""

    number: int
    id: str
    metadata: Metadata
    origin: str
    added_at: str
    updated_at: str
    read: bool
    starred: bool
    position: int
    """The code point at which reading stopped, in the shown revision's text."""
    revision_id: str
    """The revision that is shown."""
    newer_revision: bool
    """Whether a newer revision is there that is not shown, because this one bears marks."""
    tags: tuple[str, ...] = ()
    """Words of the person's own and the feed's categories."""


class Revision(NamedTuple):
    """One immutable cleaned text of an article."""

    id: str
    article_id: str
    original_id: str
    canonical: Canonical
    sha256: str
    cleaner: str
    created_at: str


class Annotator(NamedTuple):
    """Who marks."""

    id: str
    name: str


class Label(NamedTuple):
    """One stance of a scheme."""

    code: str
    key: str
    """The digit that gives it; empty for a retired label, which no key gives any longer."""
    name: str
    symbol: str
    """One character of one cell that stands for it where colour cannot."""
    colour: str
    """The name of a colour role the TUI's themes define: ``support``, ``oppose``, …"""
    definition: str
    retired: bool = False
    """Whether it is only there for the marks that were made with it."""


class Scheme(NamedTuple):
    """A set of stances."""

    name: str
    version: int
    labels: tuple[Label, ...]
    """In the order in which the screens show them, retired ones included."""
    description: str = ""
    """What it is for and where it comes from, in a line."""

    @property
    def offered(self) -> tuple[Label, ...]:
        """The labels that new marks can be given."""
        return tuple(label for label in self.labels if not label.retired)

    def label(self, code: str) -> Label | None:
        """The label with this code, or None."""
        return next((label for label in self.labels if label.code == code), None)


class Target(NamedTuple):
    """What a stance is toward; shared by articles."""

    id: str
    text: str
    kind: TargetKind = ""
    """What it is: a claim, a policy, an entity, a topic; empty where nobody said."""


class TargetUse(NamedTuple):
    """A target with what is toward it."""

    target: Target
    marks: int
    """How many annotations have a stance toward it."""
    articles: int
    """In how many articles those stand."""


class Stance(NamedTuple):
    """The label an annotation carries toward one target."""

    target: str
    """The target's text; empty where the stance is toward the claim as a whole."""
    scheme: str
    code: str


class Anchor(NamedTuple):
    """Where an annotation sits in one revision's text."""

    revision_id: str
    span: Span
    exact: str
    prefix: str
    suffix: str
    status: AnchorStatus = "ok"
    """``review``: a proposal that a person has not confirmed. ``orphan``: it has no place in this text; its
    span is empty, and what it quotes is from the text in which it had one."""
    score: float = 1.0
    """How much of the words that were marked is the same here, 0 to 1."""
    changed: bool = False
    """Whether the words are not those that were marked, case and typography aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A marked claim."""

    id: str
    article_id: str
    annotator: Annotator
    anchor: Anchor
    stances: tuple[Stance, ...] = ()
    """At most one toward each target, ordered by target."""
    note: str = ""
    tags: tuple[str, ...] = ()
    holder: str = ""
    """Whose words they are."""
    voice: Voice = ""
    confidence: int | None = None
    """1 to 3, or None where it was not said."""
    created_at: str = ""
    updated_at: str = ""

    @property
    def span(self) -> Span:
        """Where it sits."""
        return self.anchor.span

    def stance_toward(self, target: str) -> Stance | None:
        """Its stance toward this target, or None."""
        return next((stance for stance in self.stances if stance.target == target), None)


class Relation(NamedTuple):
    """What one marked claim is to another, in the same article or in two."""

    id: str
    type: RelationType
    from_id: str
    """The annotation that supports, contradicts, says the same as, or is evidence for the other."""
    to_id: str
    annotator: Annotator
    note: str = ""
    created_at: str = ""

    @property
    def symmetric(self) -> bool:
        """Whether it says the same read from either end."""
        return self.type in SYMMETRIC

    def other_end(self, annotation_id: str) -> str:
        """The annotation at the end that this one is not at."""
        return self.from_id if annotation_id == self.to_id else self.to_id


class Settlement(NamedTuple):
    """What an adjudicator made of the marks that two annotators gave one claim."""

    id: str
    one_id: str
    """The first annotator's mark; empty where only the other one marked it."""
    other_id: str
    """The other annotator's; empty where only the first one marked it."""
    ruling: Ruling
    """Which of the two stands."""
    results: tuple[str, ...]
    """The marks that the adjudicator was given by it; a mark of one's own that stands is not made again."""
    annotator: Annotator
    """The adjudicator."""
    created_at: str = ""


class RelatedMark(NamedTuple):
    """A relation seen from one of its ends."""

    relation: Relation
    outgoing: bool
    """Whether it is seen from the annotation that it starts at."""
    other: Annotation
    """The annotation at the other end."""
    article: int
    """The number of the other end's article."""
    title: str
    """The other end's article's title."""


class Waiting(NamedTuple):
    """A mark that lost its place when a text changed, and waits for a person."""

    annotation: Annotation
    """With its anchor in the text that is shown: a proposal, or none."""
    number: int
    """The article's number."""
    title: str
    origin: Anchor
    """The last place that was sure, in an earlier text; where there is none, what was imported."""
    before: str
    """What stood before it there, up to some 300 code points."""
    after: str
    """What stood after it there."""


class Version(NamedTuple):
    """One of the texts that an article has had."""

    revision_id: str
    number: int
    """Counted from 1, the oldest."""
    created_at: str
    sha256: str
    cleaner: str
    origin: str
    """Where the original that it was made of came from."""
    shown: bool


class Source(NamedTuple):
    """A place at which an article was found."""

    source: str
    """The outlet."""
    url: str
    origin: str
    """The file, or the record of a corpus."""
    first_seen: str


class Related(NamedTuple):
    """Another account of the same event."""

    number: int
    title: str
    source: str
    published: str
    likeness: float
    """How much of what the one is about the other speaks of, 0 to 1."""


class Change(NamedTuple):
    """What an undo or a redo did, for the line that tells it."""

    what: str
    """In the direction it was carried out: ``oppose → support``."""
    article_id: str
    """The article concerned, or empty."""
    annotation_id: str
    """The annotation concerned, or empty."""


class Added(NamedTuple):
    """What became of one `Draft`, or of what was `Known`."""

    outcome: Outcome
    number: int
    article_id: str
    title: str
    note: str = ""
    """One line where something is to be known: a newer text waits because the shown one bears marks."""


class Merged(NamedTuple):
    """What merging another library into this one did."""

    articles: int = 0
    """Articles that are new here."""
    marks: int = 0
    """Annotations that are new here."""
    changed: int = 0
    """Annotations that were here in an earlier state and are now in the other library's."""
    deleted: int = 0
    """Annotations of others that were deleted in the other library and are now here."""
    conflicts: int = 0
    """Annotations that both libraries changed: both versions are kept."""
    links: int = 0
    """Relations that are new here."""
    waiting: int = 0
    """Annotations on a text that is not the one shown here, and that have no exact place in that one."""

    @property
    def nothing(self) -> bool:
        """Whether nothing changed."""
        return not any(self)


class Problem(NamedTuple):
    """Something that could not be taken in, while the rest went on."""

    origin: str
    """What failed: a path, ``path#3`` for a record of a corpus, or ``-``."""
    message: str
    """Why, and what to do, in one line that does not repeat the origin."""
    failed: bool = True
    """False where it is only told that something in a folder was passed over, as was to be expected."""


class Whole(NamedTuple):
    """An article with all that is stored of its shown text, so that another library can hold the same."""

    id: str
    metadata: Metadata
    """As it is now, corrected or not; what came in is the draft's."""
    edited: tuple[str, ...]
    """The fields of the metadata that a person corrected."""
    added_at: str
    updated_at: str
    original_id: str
    original_at: str
    """When the original came in."""
    revision_id: str
    revision_at: str
    draft: Draft


class ExportRow(NamedTuple):
    """One annotation with its article, as exporters receive it, ordered for export."""

    annotation: Annotation
    article_id: str
    metadata: Metadata
    text: str
    """The text that the annotation sits in, canonical and whole. A mark whose place in the text shown now is
    not sure is given in the last text where it was; the others of an article share one object."""
    text_sha256: str
    """Of the text in UTF-8, hexadecimal."""


class SavedQuery(NamedTuple):
    """A query that was saved under a name."""

    id: str
    name: str
    query: str


class BoardRows:
    """Stances in an order, as numbers alone: what there is to group without what is to be shown of it.

    Attributes:
        keys: the annotations' keys (type code ``q``).
        pairs: targets and labels (type code ``q``), both in one number, since a hundred thousand are counted
            in a third of the time so: the target's number, 0 for an annotation without a stance, times how
            many codes there are, plus the label's place among them.
        codes: scheme and code; the first is empty and stands for no stance.
    """

    def __init__(self, keys: "array[int]", pairs: "array[int]", codes: tuple[tuple[str, str], ...]) -> None:
        self.keys = keys
        self.pairs = pairs
        self.codes = codes

    def target(self, place: int) -> int:
        """The number of the target of the stance at a place."""
        return self.pairs[place] // len(self.codes)

    def label(self, place: int) -> int:
        """The place in `codes` of the label of the stance at a place."""
        return self.pairs[place] % len(self.codes)


class BoardClaim(NamedTuple):
    """What the board shows of an annotation with one of its stances."""

    annotation_id: str
    article: int
    """The article's number."""
    title: str
    source: str
    published: str
    target: str
    scheme: str
    code: str
    holder: str
    note: str
    quote: str
    status: AnchorStatus
    annotator: Annotator
