"""doccano's JSON Lines for sequence labelling, which spaCy's `char_span` takes too: one object an article.

``{"text": …, "label": [[start, end, code], …]}`` with offsets in code points
(https://github.com/doccano/doccano). doccano keeps the other names as the document's metadata. Its projects
refuse overlapping spans unless they are set to allow them; spaCy keeps them in ``doc.spans``, not in
``doc.ents``.
"""

from typing import Any, BinaryIO

from reader.exchange.atomic import text_on
from reader.exchange.base import NO_STANCE, UNLABELLED, Export, Losses, Written, by_article, json_line, placed
from reader.model import ExportRow


def write(export: Export, stream: BinaryIO) -> Written:
    """Write a line for each article, with a label for each mark and stance."""
    losses = Losses(
        "note", "tag", "target", "holder", "voice", "confidence value", always="ids, who marked and when"
    )
    count = 0
    with text_on(stream) as text:
        for article, rows in by_article(export.rows):
            labels: dict[tuple[int, int, str], None] = {}
            for row in rows:
                losses.look(row.annotation)
                if not placed(row):
                    losses.count("mark without a place")
                    continue
                for stance in row.annotation.stances or (NO_STANCE,):
                    labels[*row.annotation.span, stance.code or UNLABELLED] = None
            count += len(labels)
            text.write(json_line(_line(article, list(labels))) + "\n")
    losses.count("link", len(export.relations))
    return Written(count, "label", losses.line("doccano"))


def _line(article: ExportRow, labels: list[tuple[int, int, str]]) -> dict[str, Any]:
    return {
        "text": article.text,
        "label": labels,
        "article_id": article.article_id,
        "title": article.metadata.title,
        "url": article.metadata.url,
        "source": article.metadata.source,
        "text_sha256": article.text_sha256,
    }
