"""What kind of text has come without a name to tell it by."""

import re
from io import BytesIO

from reader.importers.jsonl import looks_like_record
from reader.importers.records import lines

_HEAD = 4096
_HTML = re.compile(
    r"(?>\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*)"
    r"<(?:!doctype\s+html|html|head|title|meta|link|script|style|body|main|article|section|header|div|h1|table|p)"
    r"(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
"""The tags a page can begin with, after https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type."""


def is_html(raw: bytes) -> bool:
    """Whether this begins as a web page does."""
    return _HTML.match(_head(raw)) is not None


def is_jsonl(raw: bytes) -> bool:
    """Whether the first line that is not empty is a record; bad lines after it are told one by one."""
    first = next((line for line in lines(BytesIO(raw)) if line is None or line.strip()), None)
    return first is not None and first.lstrip().startswith("{") and looks_like_record(first)


def _head(raw: bytes) -> str:
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return raw[:_HEAD].decode(encoding, "replace")
