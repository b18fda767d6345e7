import pytest

from reader.errors import InputError
from reader.fetch import web_address
from reader.fetch.addresses import refusal


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("::1", "loopback"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fd00::1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("0.0.0.0", "unspecified"),
        ("::", "unspecified"),
        ("100.64.0.1", "shared"),
        ("100.127.255.255", "shared"),
        ("255.255.255.255", "private"),
        ("192.0.2.1", "private"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:10.0.0.1", "private"),
        ("::ffff:169.254.169.254", "link-local"),
        ("64:ff9b::7f00:1", "loopback"),
        ("64:ff9b::a00:1", "private"),
        ("2002:7f00:1::", "loopback"),
        ("2002:a00:1::1", "private"),
        ("not an address", "unknown"),
        ("0x7f.1", "unknown"),
    ],
)
def test_addresses_that_are_none_of_the_public_internet_are_refused(address: str, kind: str) -> None:
    assert refusal(address) == kind


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"],
)
def test_public_addresses_are_not(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (" https://News.Example ", "https://news.example/"),
        ("http://news.example:8080/a|b", "http://news.example:8080/a%7Cb"),
        ("https://bücher.example/straße?q=ä#teil", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4"),
        ("http://[2001:db8::1]:81/x", "http://[2001:db8::1]:81/x"),
        ("https://news.example/a%20b?x=1&y=%2F", "https://news.example/a%20b?x=1&y=%2F"),
    ],
)
def test_an_address_is_asked_for_in_ascii(written: str, asked: str) -> None:
    assert web_address(written) == asked


@pytest.mark.parametrize(
    "written",
    [
        "ftp://news.example/",
        "http://news.example/a b",
        "file:///etc/passwd",
        "exec:cat /etc/passwd",
        "javascript:alert(1)",
        "news.example",
        "http://",
        "http://news.example:port/",
        "http://news.example/\r\nHost: other",
        "http://ada:secret@news.example/",
        "http://" + "a" * 70 + ".example/",
        "",
    ],
)
def test_anything_else_is_no_address(written: str) -> None:
    with pytest.raises(InputError):
        web_address(written)
