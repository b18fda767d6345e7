"""Which addresses may be connected to: those of the public internet, unless a person allows others."""

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from reader.errors import InputError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "!#$%&'()*+,/:;=?@[]~"

_KINDS = (
    ("is_unspecified", "unspecified"),
    ("is_loopback", "loopback"),
    ("is_link_local", "link-local"),
    ("is_multicast", "multicast"),
    ("is_private", "private"),
    ("is_reserved", "reserved"),
)


def refusal(address: str) -> str:
    """What kind of address this is, where it is none of the public internet; empty where it is one.

    An IPv6 address that carries an IPv4 address (mapped, 6to4, Teredo, NAT64) is judged by that one too. The
    ranges are those of the IANA registries for special purposes, as Python's `ipaddress` knows them.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    carried = [parsed]
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
        if parsed in _NAT64:
            inner.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
        carried += [address for address in inner if address is not None]
        if parsed.ipv4_mapped or parsed in _NAT64:
            # The wrapping itself is no address of anyone.
            carried = carried[1:]
    for one in carried:
        for name, kind in _KINDS:
            if getattr(one, name):
                return kind
        if not one.is_global:
            return "shared"  # 100.64.0.0/10, between a provider and its customers
    return ""


def web_address(text: str) -> str:
    """A web address in the form in which it is asked for: ASCII, the fragment left out.

    Raises:
        InputError: it is not one of http or https, or holds a name and a password.
    """
    url = text.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"not a web address ({error})") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s\x00-\x1f]", url):
        raise InputError("not a web address: it must begin with http:// or https://")
    if parts.username is not None:
        raise InputError("the address holds a user name or a password, which would be stored for all to see")
    try:
        host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise InputError(f"not a web address: {parts.hostname!r} is no name of a host") from error
    place = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe=_SAFE)
    return urlunsplit(
        (parts.scheme, place if port is None else f"{place}:{port}", path, quote(parts.query, safe=_SAFE), "")
    )
