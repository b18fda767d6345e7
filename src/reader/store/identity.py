"""When two pieces of news are one article: by the bytes, else by the address, else by the file."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

_RECORD = re.compile(r"#\d+$")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid")
_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=256)
def url_key(url: str) -> str:
    """What is the same for all spellings of a web address that name one page; empty for anything else.

    Leaves out the scheme (http or https), the default port, tracking parameters and a slash at the end;
    the host is in lower case. The order of the other parameters counts. A fragment is a place in a page,
    unless it begins with ``!`` or ``/``: then the site's own script finds the page by it. The address of a
    whole site names no page: corpora give it for all of its articles.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not parts.hostname:
        return ""
    host = parts.hostname if port in (None, _PORTS[parts.scheme]) else f"{parts.hostname}:{port}"
    kept = urlencode([(name, value) for name, value in query if not _TRACKING.fullmatch(name.lower())])
    route = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    page = parts.path.rstrip("/") + (f"?{kept}" if kept else "") + route
    return host + page if page else ""


def is_record(origin: str) -> bool:
    """Whether an origin is a place in a corpus (``path#3``), which another record may take."""
    return bool(_RECORD.search(origin))


IS_RECORD = "(rtrim(origin, '0123456789') <> origin AND substr(rtrim(origin, '0123456789'), -1) = '#')"
"""What `is_record` tells of a stored article, in SQL."""
