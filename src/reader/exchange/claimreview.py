"""ClaimReview (https://schema.org/ClaimReview): what a fact-checker publishes beside a verdict.

Only stances of the scheme `verdict` are verdicts. A claim is the mark's target, or its words where it has
none.
"""

from typing import Any, BinaryIO
from urllib.parse import quote

from reader.exchange.atomic import text_on
from reader.exchange.base import Export, Losses, Written, json_line
from reader.exchange.w3c import iri
from reader.model import ExportRow, Stance

SCHEME = "verdict"


def write(export: Export, stream: BinaryIO) -> Written:
    """Write a graph of one review for each verdict."""
    names = {
        label.code: label.name
        for scheme in export.schemes
        if scheme.name == SCHEME
        for label in scheme.labels
    }
    losses = Losses()
    count = 0
    with text_on(stream) as text:
        text.write('{"@context":"https://schema.org","@graph":[')
        for row in export.rows:
            verdicts = [stance for stance in row.annotation.stances if stance.scheme == SCHEME]
            losses.count("mark without a verdict", not verdicts)
            for stance in verdicts:
                rating = names.get(stance.code, stance.code.replace("_", " "))
                text.write(",\n" if count else "\n")
                text.write(json_line(_review(row, stance, rating)))
                losses.count("tag", len(row.annotation.tags))
                losses.count("confidence value", row.annotation.confidence is not None)
                losses.count("voice", bool(row.annotation.voice))
                count += 1
        text.write("\n]}\n")
    losses.count("link", len(export.relations))
    told = [losses.line("ClaimReview")]
    if count:
        told.append("each review still needs its url, the page on which you publish it")
    return Written(count, "review", "; ".join(filter(None, told)))


def _review(row: ExportRow, stance: Stance, rating: str) -> dict[str, Any]:
    annotation = row.annotation
    appearance: dict[str, Any] = {"@type": "NewsArticle", "headline": row.metadata.title}
    for name, value in (
        ("url", row.metadata.url),
        ("datePublished", row.metadata.published),
    ):
        if value:
            appearance[name] = value
    if row.metadata.source:
        appearance["publisher"] = {"@type": "Organization", "name": row.metadata.source}
    claim: dict[str, Any] = {"@type": "Claim", "appearance": appearance, "text": annotation.anchor.exact}
    if annotation.holder:
        claim["author"] = {"@type": "Thing", "name": annotation.holder}
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": f"{iri(annotation.id)}#{quote(stance.target)}" if stance.target else iri(annotation.id),
        "claimReviewed": stance.target or annotation.anchor.exact,
        "itemReviewed": claim,
        "reviewRating": {"@type": "Rating", "alternateName": rating},
        "author": {"@type": "Person", "name": annotation.annotator.name},
        "datePublished": annotation.updated_at[:10],
    }
    if annotation.note:
        review["reviewBody"] = annotation.note
    return review
