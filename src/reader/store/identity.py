"""When two pieces of news are one article: by the bytes, else by the address, else by the file."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_RECORD = re.compile(r"#\d+$")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid")
_PORTS = {"http": 80, "https": 443}


def url_key(url: str) -> str:
    """What is the same for all spellings of a web address that name one page; empty for anything else.

    Leaves out the scheme (http or https), the default port, the fragment, tracking parameters and a
    slash at the end; the host is in lower case. The order of the other parameters counts.
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
    return host + parts.path.rstrip("/") + (f"?{kept}" if kept else "")


def is_record(origin: str) -> bool:
    """Whether an origin is a place in a corpus (``path#3``), which another record may take."""
    return bool(_RECORD.search(origin))
