"""Everything about one mark, to read and to change."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

from reader.claims.found import Proposal
from reader.desk.linking import NAMES, arrow
from reader.model import VOICES, Annotation, RelatedMark, Relation, Scheme, Stance, Voice
from reader.text.visible import visible_line
from reader.tui.codebook import Codebook
from reader.tui.dialogs.form import Field, Form, Offer

_VOICES = (
    ("not said", ""),
    ("article: the article's own words", "article"),
    ("quoted: in quotation marks", "quoted"),
    ("reported: told in the article's words", "reported"),
)
_KEEP, _REMOVE = "keep", "remove"
_CONFIDENCE = (("not said", ""), ("1 low", "1"), ("2 middling", "2"), ("3 high", "3"))


def details_form(
    annotation: Annotation,
    scheme: Scheme,
    codebook: Codebook,
    targets: Sequence[str],
    target: str,
    related: Sequence[RelatedMark],
    proposal: Proposal,
    *,
    check: Callable[[Mapping[str, str]], object],
) -> Form:
    """The form of a mark: a stance and a target for each stance it has and for one more, and its links.

    `proposal` is offered for a holder and a voice that are not said. `check` is called with the values before
    the form closes; a ReaderError from it keeps it open.
    """
    offered = [Stance("", scheme.name, label.code) for label in scheme.offered]
    labels = {"": "none"} | {_value(new): _shown(new, codebook) for new in offered}
    # A label of another scheme, or a retired one, stays as it is.
    for borne in annotation.stances:
        labels.setdefault(_value(borne), f"{_shown(borne, codebook)} ({borne.scheme})")
    choices = tuple((shown, value) for value, shown in labels.items())
    stances = [*annotation.stances]
    spare_target = "" if annotation.stance_toward(target) or not stances else target
    fields = []
    for n, stance in enumerate([*stances, None]):
        more = f" {n + 1}" if n else ""
        value = _value(stance) if stance else ""
        fields.append(Field(f"stance{n}", f"Stance{more}", value, choices=choices))
        fields.append(
            Field(
                f"target{n}",
                "toward",
                stance.target if stance else (spare_target if stances else target),
                "the claim as a whole",
                suggestions=tuple(targets),
                beside=True,
            )
        )
    fields += [
        Field("holder", "Holder", annotation.holder, "whose words they are"),
        Field("voice", "Voice", annotation.voice, choices=_VOICES),
        Field("confidence", "Confidence", str(annotation.confidence or ""), choices=_CONFIDENCE),
        Field("tags", "Tags", ", ".join(annotation.tags), "parted by commas"),
        Field("note", "Note", annotation.note),
        *(_link_field(n, one) for n, one in enumerate(related)),
    ]
    made = f"by {annotation.annotator.name}, {annotation.created_at[:10]}"
    return Form(
        annotation.anchor.exact,
        fields,
        check=check,
        hint=visible_line(f"Enter or Ctrl-s stores · Tab next field · Esc leaves · {made}"),
        first="note",
        offer=_offer(annotation, proposal),
    )


def _offer(annotation: Annotation, proposal: Proposal) -> Offer | None:
    """The proposed holder and voice, where the mark says none."""
    values = {}
    if not annotation.holder and proposal.holder:
        values["holder"] = proposal.holder
    if not annotation.voice and proposal.voice:
        values["voice"] = proposal.voice
    via = f" (via {proposal.via})" if proposal.via and "holder" in values else ""
    return Offer(", ".join(values.values()) + via, values) if values else None


def _link_field(n: int, related: RelatedMark) -> Field:
    quote = visible_line(related.other.anchor.exact)
    choices = ((f"{arrow(related)} {related.article}: {quote}", _KEEP), ("take this link away", _REMOVE))
    return Field(f"link{n}", NAMES[related.relation.type], _KEEP, choices=choices)


def removed_links(values: Mapping[str, str], related: Sequence[RelatedMark]) -> list[Relation]:
    """Those of the links that the form was opened with that are to be taken away."""
    return [one.relation for n, one in enumerate(related) if values[f"link{n}"] == _REMOVE]


def _value(stance: Stance) -> str:
    """A stance's label as the value of a choice: its scheme and its code, neither of which has a space."""
    return f"{stance.scheme} {stance.code}"


def _shown(stance: Stance, codebook: Codebook) -> str:
    label = codebook.label(stance)
    return visible_line(f"{label.symbol} {label.name}")


class Details(TypedDict, total=False):
    """Those details of a mark that were changed; the rest is left as it is, whoever changes it meanwhile."""

    stances: Sequence[Stance]
    holder: str
    voice: Voice
    confidence: int | None
    tags: Sequence[str]
    note: str


def changed_details(values: Mapping[str, str], annotation: Annotation) -> Details:
    """What the form says otherwise than the mark did when the form was opened."""
    changed: Details = {}
    stances = _stances(values, annotation)
    if set(stances) != set(annotation.stances):
        changed["stances"] = stances
    if values["holder"] != annotation.holder:
        changed["holder"] = values["holder"]
    if values["voice"] != annotation.voice:
        changed["voice"] = next(voice for voice in VOICES if voice == values["voice"])
    confidence = int(values["confidence"]) if values["confidence"] else None
    if confidence != annotation.confidence:
        changed["confidence"] = confidence
    tags = list(dict.fromkeys(tag.strip() for tag in values["tags"].split(",") if tag.strip()))
    if tags != list(annotation.tags):
        changed["tags"] = tags
    if values["note"] != annotation.note:
        changed["note"] = values["note"]
    return changed


def _stances(values: Mapping[str, str], annotation: Annotation) -> list[Stance]:
    """The stances that stand in the form; a later one toward the same target wins."""
    found: dict[str, Stance] = {}
    for n in range(len(annotation.stances) + 1):
        value, target = values[f"stance{n}"], values[f"target{n}"].strip()
        if value:
            scheme, _, code = value.rpartition(" ")
            found[target] = Stance(target=target, scheme=scheme, code=code)
    return list(found.values())
