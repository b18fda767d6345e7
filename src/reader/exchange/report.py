"""A report to print: the matrix of sources by targets as a picture, then the quotes target by target.

One page of HTML that needs nothing else: no scripts, no fonts, no addresses that are loaded. It reads without
colour: each stance's symbol and count stand in the matrix, and each quote names its stance.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import BinaryIO, NamedTuple

from reader.exchange.atomic import text_on
from reader.exchange.base import NO_STANCE, Export, Losses, Written
from reader.exchange.matrix import Matrix, drawn
from reader.model import Annotation, Label, Metadata, Stance
from reader.text.visible import visible

_STYLE = """
body { font: 11pt/1.45 Georgia, 'Times New Roman', serif; color: #111; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3, table, svg, .by { font-family: 'Helvetica Neue', Arial, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #999; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
blockquote { margin: .3rem 0 .2rem; padding-left: .8rem; border-left: 3px solid #999; white-space: pre-line; }
.by { font-size: .85rem; color: #444; margin: 0 0 .2rem; } .note { white-space: pre-line; margin: .2rem 0; }
.mark { margin: 0 0 1rem; break-inside: avoid; } table { border-collapse: collapse; font-size: .9rem; }
td, th { text-align: left; vertical-align: top; padding: .15rem .8rem .15rem 0; }
svg { max-width: 100%; height: auto; break-inside: avoid; display: block; margin: 1rem 0; }
@media print { body { margin: 0; max-width: none; } h2, h3 { break-after: avoid; } @page { margin: 18mm; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_UNSAID = "no target"
_STATUSES = {"review": "place to be reviewed", "orphan": "no longer in the text"}


class _Quote(NamedTuple):
    """What is kept of a mark until the matrix is drawn: everything but the article's text."""

    stance: Stance
    annotation: Annotation
    metadata: Metadata


def write(export: Export, stream: BinaryIO) -> Written:
    """Write the report."""
    # By version, so that the newest definition is the one that is told.
    labels: dict[str, dict[str, Label]] = {}
    for scheme in export.schemes:
        labels.setdefault(scheme.name, {}).update({label.code: label for label in scheme.labels})
    losses = Losses(always="offsets, ids and when each was marked")
    losses.count("link", len(export.relations))
    counts: dict[str, dict[tuple[str, str], Counter[str]]] = {}
    by_target: dict[str, list[_Quote]] = {}
    marks = 0
    articles = set()
    for row in export.rows:
        marks += 1
        articles.add(row.article_id)
        losses.look(row.annotation)
        for stance in row.annotation.stances or (NO_STANCE,):
            by_target.setdefault(stance.target, []).append(_Quote(stance, row.annotation, row.metadata))
            if stance.code:
                cells = counts.setdefault(stance.scheme, {})
                cells.setdefault((_source(row.metadata), stance.target), Counter())[stance.code] += 1
    # What is toward nothing in particular comes last.
    targets = sorted(by_target, key=lambda target: (target == "", target.casefold(), target))
    with text_on(stream) as text:
        text.writelines(
            f"{line}\n" for line in _page(counts, targets, by_target, labels, marks, len(articles))
        )
    return Written(marks, "mark", losses.line("the report"))


def _page(
    counts: Mapping[str, Mapping[tuple[str, str], Counter[str]]],
    targets: Sequence[str],
    by_target: Mapping[str, Sequence[_Quote]],
    labels: Mapping[str, Mapping[str, Label]],
    marks: int,
    articles: int,
) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Claims and stances</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield "<h1>Claims and stances</h1>"
    yield (
        f"<p>{marks:,} {'mark' if marks == 1 else 'marks'} in {articles:,} "
        f"{'article' if articles == 1 else 'articles'}.</p>"
    )
    for scheme in sorted(counts):
        cells, known = counts[scheme], labels.get(scheme, {})
        yield f"<h2>Who says what: {_shown(scheme)}</h2>"
        matrix = Matrix(
            sources=sorted({source for source, _ in cells}, key=lambda source: (source.casefold(), source)),
            targets=[target for target in targets if any(target == toward for _, toward in cells)],
            counts=cells,
            labels=known,
            unsaid=_UNSAID,
        )
        yield from drawn(matrix)
        yield from _legend(sorted({code for cell in cells.values() for code in cell}), known)
    for target in targets:
        yield f"<h2>{_shown(target or _UNSAID)}</h2>"
        yield from _quotes(by_target[target], labels)
    yield "</body>\n</html>"


def _legend(used: Sequence[str], labels: Mapping[str, Label]) -> Iterator[str]:
    names = "".join(f"<th>{name}</th>" for name in ("sign", "stance", "meaning"))
    yield f"<table>\n<thead><tr>{names}</tr></thead>\n<tbody>"
    for code in (*(code for code in labels if code in used), *(code for code in used if code not in labels)):
        label = labels.get(code)
        cells = (label.symbol, label.name, label.definition) if label else (code, code, "")
        yield "<tr>" + "".join(f"<td>{_shown(cell)}</td>" for cell in cells) + "</tr>"
    yield "</tbody>\n</table>"


def _quotes(quotes: Sequence[_Quote], labels: Mapping[str, Mapping[str, Label]]) -> Iterator[str]:
    source = None
    ordered = sorted(quotes, key=lambda quote: (_source(quote.metadata).casefold(), _source(quote.metadata)))
    for quote in ordered:
        if source != (source := _source(quote.metadata)):
            yield f"<h3>{_shown(source)}</h3>"
        yield from _quote(quote, labels)


def _quote(quote: _Quote, labels: Mapping[str, Mapping[str, Label]]) -> Iterator[str]:
    annotation, metadata, stance = quote.annotation, quote.metadata, quote.stance
    label = labels.get(stance.scheme, {}).get(stance.code)
    said = [f"{label.symbol} {label.name}" if label else stance.code]
    if annotation.holder or annotation.voice:
        said.append(", ".join(filter(None, (annotation.holder, annotation.voice))))
    if annotation.confidence is not None:
        said.append(f"confidence {annotation.confidence}")
    if annotation.tags:
        said.append(", ".join(f"#{tag}" for tag in annotation.tags))
    if annotation.anchor.status != "ok":
        said.append(_STATUSES[annotation.anchor.status])
    cited = [metadata.title or "without a title", metadata.author, metadata.published, metadata.url]
    yield '<div class="mark">'
    yield f"<blockquote>{_shown(annotation.anchor.exact)}</blockquote>"
    yield f'<p class="by"><strong>{_shown(" · ".join(filter(None, said)) or "marked")}</strong></p>'
    if annotation.note:
        yield f'<p class="note">{_shown(annotation.note)}</p>'
    told = " · ".join(filter(None, (*cited, f"marked by {annotation.annotator.name}")))
    yield f'<p class="by">{_shown(told)}</p>\n</div>'


def _source(metadata: Metadata) -> str:
    return metadata.source or "source not known"


def _shown(text: str) -> str:
    return escape(visible(text))
