"""When two pieces of news are one article: by the bytes, else by the address, else by the file."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

_RECORD = re.compile(r"#\d+$")
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|twclid|ttclid|mc_cid|mc_eid|igshid|yclid|srsltid"
    r"|_hsenc|_hsmi|mkt_tok|wt_mc|xtor|cmpid|ocid|smid|ns_campaign|ns_mchannel|at_medium|at_campaign"
)
_AMP = re.compile(r"(?:/amp|\.amp(?:\.html)?)$")
_AMP_QUERY = {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("outputtype", "amp-type")}
_OTHER_DOORS = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.)")
"""Names before a site's own under which the same pages are set for a telephone, or just as well."""
_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=256)
def url_key(url: str) -> str:
    """What is the same for all spellings of a web address that name one page; empty for anything else.

    Leaves out the scheme (http or https), the default port, tracking parameters, a slash at the end, and what
    names the same page set for telephones (``m.``, ``amp.``, ``/amp``) or at ``www.``; the host is in lower
    case. The order of the other parameters counts. A fragment is a place in a page,
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
    name = _OTHER_DOORS.sub("", parts.hostname)
    host = name if port in (None, _PORTS[parts.scheme]) else f"{name}:{port}"
    kept = urlencode([pair for pair in query if not _says_nothing(*pair)])
    route = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    page = _AMP.sub("", parts.path.rstrip("/")) + (f"?{kept}" if kept else "") + route
    return host + page if page else ""


def _says_nothing(name: str, value: str) -> bool:
    """Whether a parameter tells only how one came there, or that the page is set for a telephone."""
    return bool(_TRACKING.fullmatch(name.lower())) or (name.lower(), value.lower()) in _AMP_QUERY


def host_of(url: str) -> str:
    """The site that an address is on, as `url_key` names it; empty for what is no address of a page."""
    return url_key(url).partition("/")[0]


def is_record(origin: str) -> bool:
    """Whether an origin is a place in a corpus (``path#3``), which another record may take."""
    return bool(_RECORD.search(origin))


IS_RECORD = "(rtrim(origin, '0123456789') <> origin AND substr(rtrim(origin, '0123456789'), -1) = '#')"
"""What `is_record` tells of a stored article, in SQL."""
