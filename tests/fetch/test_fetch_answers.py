"""What comes back from a real server on loopback: bodies, validators, redirects, refusals, limits."""

import gzip
import http.server
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from reader.fetch import Fetcher, Policy, fetch
from reader.sources import Fetched, Missed, Request
from served import Answer, Elsewhere, Server, serving

HERE = Policy(allow_private=True)
PUBLIC, OTHER, INSIDE = "93.184.216.34", "93.184.216.35", "127.0.0.1"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def one(request: Request | str, policy: Policy = HERE, network: Elsewhere | None = None) -> Fetched | Missed:
    (answer,) = fetch([Request(request) if isinstance(request, str) else request], policy, network)
    return answer


def came(answer: Fetched | Missed) -> Fetched:
    assert isinstance(answer, Fetched), answer
    return answer


def why(answer: Fetched | Missed) -> str:
    assert isinstance(answer, Missed), answer
    return answer.message


def test_a_body_comes_with_what_is_known_of_it(server: Server) -> None:
    url = server.serve(
        "/feed",
        "grüße",
        media='text/xml; charset="UTF-8"; x=y',
        etag='"1"',
        modified="Mon, 02 Mar 2026 09:00:00 GMT",
    )
    answer = came(one(url))
    assert answer.body == "grüße".encode()
    assert (answer.media, answer.charset, answer.etag) == ("text/xml", "UTF-8", '"1"')
    assert (answer.url, answer.moved, answer.unchanged) == (url, "", False)
    (asked,) = server.asked
    assert asked.headers["user-agent"].startswith("stance-reader")
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"
    assert "cookie" not in asked.headers


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    url = server.serve("/feed", "news", etag='"1"')
    assert came(one(Request(url, etag='"1"'))) == Fetched(
        url, "", True, b"", "application/rss+xml", "", '"1"', ""
    )
    assert came(one(Request(url, etag='"0"'))).body == b"news"
    when = "Mon, 02 Mar 2026 09:00:00 GMT"
    url = server.serve("/dated", "news", modified=when)
    assert came(one(Request(url, modified=when))).unchanged


def test_no_cookie_is_kept(server: Server) -> None:
    url = server.serve("/feed", "news", headers={"Set-Cookie": "who=you"})
    fetch([Request(url), Request(url)], HERE)
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, None]


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"news", mtime=0)),
        ("x-gzip", gzip.compress(b"news", mtime=0)),
        ("gzip", gzip.compress(b"ne", mtime=0) + gzip.compress(b"ws", mtime=0)),
        ("gzip", gzip.compress(b"news", mtime=0) + b"rubbish"),
        ("deflate", zlib.compress(b"news")),
        ("deflate", zlib.compress(b"news")[2:-4]),
        ("identity", b"news"),
    ],
)
def test_packed_bodies_are_unpacked(server: Server, encoding: str, packed: bytes) -> None:
    url = server.serve("/feed", packed, headers={"Content-Encoding": encoding})
    assert came(one(url)).body == b"news"


def test_what_cannot_be_unpacked_is_told(server: Server) -> None:
    url = server.serve("/feed", b"no gzip", headers={"Content-Encoding": "gzip"})
    assert "cannot be unpacked" in why(one(url))
    url = server.serve("/feed", b"news", headers={"Content-Encoding": "br"})
    assert "which was not asked for" in why(one(url))


def test_a_bomb_does_not_burst(server: Server) -> None:
    bomb = gzip.compress(bytes(64 << 20))
    url = server.serve("/bomb", bomb, headers={"Content-Encoding": "gzip"})
    assert why(one(url)) == "it is larger than 15 MB, which is not taken in"
    nested = server.serve("/plain", bytes(200), gzipped=True)
    assert "larger than" in why(one(nested, replace(HERE, limit=199)))
    assert came(one(nested, replace(HERE, limit=200))).body == bytes(200)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "there is nothing at this address"),
        (401, "it wants a login"),
        (403, "does not let programs read it"),
        (410, "it is gone for good"),
        (429, "was asked too often"),
        (500, "is in trouble (500)"),
        (418, "answers with 418"),
        (204, "answers with 204"),
    ],
)
def test_each_status_has_its_words(server: Server, status: int, words: str) -> None:
    answer = one(server.serve("/feed", b"", status=status))
    assert words in why(answer)
    assert isinstance(answer, Missed)
    assert answer.status == status


def test_a_wish_to_be_left_alone_is_passed_on(server: Server) -> None:
    answer = one(server.serve("/feed", b"", status=429, headers={"Retry-After": "120"}))
    assert isinstance(answer, Missed)
    assert answer.retry_after == "120"


def test_redirects_are_followed_and_those_for_good_remembered(server: Server) -> None:
    last = server.serve("/last", "news")
    server.redirect("/b", "/last", 308)
    first = server.redirect("/a", server.url("/b"), 301)
    assert came(one(first))[:2] == (last, last)
    # What moved for now may be elsewhere tomorrow, and so may all behind it.
    server.redirect("/c", "/b", 302)
    assert came(one(server.url("/c"))).moved == ""
    server.redirect("/d", "/c", 301)
    assert came(one(server.url("/d"))).moved == server.url("/c")


def test_redirects_end(server: Server) -> None:
    server.redirect("/x", "/y")
    server.redirect("/y", "/x")
    assert "redirects more than 5 times" in why(one(server.url("/x")))
    for hop in range(5):
        server.redirect(f"/{hop}", f"/{hop + 1}")
    server.serve("/5", "news")
    assert came(one(server.url("/0"))).body == b"news"


def test_a_redirect_to_another_scheme_is_not_followed(server: Server) -> None:
    assert "it redirects to not a web address" in why(one(server.redirect("/a", "file:///etc/passwd")))
    assert "answers with 302" in why(one(server.serve("/b", b"", status=302)))


def test_private_addresses_are_refused_unless_allowed(server: Server) -> None:
    url = server.serve("/feed", "news")
    assert "127.0.0.1 is a loopback address" in why(one(url, Policy()))
    assert server.asked == []
    assert came(one(url, HERE)).body == b"news"


def test_a_redirect_to_a_private_address_is_refused(server: Server) -> None:
    network = Elsewhere({"feeds.example": [[PUBLIC]], "inside.example": [[INSIDE]]}, {PUBLIC: server.port})
    server.redirect("/feed", "http://inside.example/secret")
    assert "127.0.0.1 is a loopback address" in why(one("http://feeds.example/feed", Policy(), network))
    server.redirect("/feed", "http://[::ffff:10.0.0.1]/secret")
    network = Elsewhere(
        {"feeds.example": [[PUBLIC]], "::ffff:10.0.0.1": [["::ffff:10.0.0.1"]]}, {PUBLIC: server.port}
    )
    assert "is a private address" in why(one("http://feeds.example/feed", Policy(), network))
    assert set(network.connected) == {PUBLIC}


def test_a_name_that_means_another_address_a_moment_later_changes_nothing(server: Server) -> None:
    """DNS rebinding: what was checked is what is connected to, and nothing is looked up in between."""
    server.serve("/feed", "news")
    network = Elsewhere({"feeds.example": [[PUBLIC], [INSIDE]]}, {PUBLIC: server.port, INSIDE: server.port})
    assert came(one("http://feeds.example/feed", Policy(), network)).body == b"news"
    assert (network.resolved, network.connected) == (["feeds.example"], [PUBLIC])
    assert server.asked[0].headers["host"] == "feeds.example"


def test_a_host_with_several_addresses_is_reached_by_one_that_may_be(server: Server) -> None:
    server.serve("/feed", "news")
    network = Elsewhere({"feeds.example": [[INSIDE, OTHER, PUBLIC]]}, {PUBLIC: server.port})
    assert came(one("http://feeds.example/feed", Policy(), network)).body == b"news"
    assert network.connected == [OTHER, PUBLIC]


def test_the_certificate_must_bear_the_name_that_was_asked_for() -> None:
    with serving(tls=True) as server:
        server.serve("/feed", "news")
        names = {"feeds.example": [[PUBLIC]], "other.example": [[PUBLIC]]}
        network = Elsewhere(names, {PUBLIC: server.port})
        assert came(one("https://feeds.example/feed", Policy(), network)).body == b"news"
        assert "its certificate cannot be trusted" in why(
            one("https://other.example/feed", Policy(), network)
        )
        assert len(server.asked) == 1


def test_what_loses_its_encryption_has_not_moved_for_good() -> None:
    with serving() as plain, serving(tls=True) as secure:
        plain.serve("/feed", "news")
        secure.redirect("/feed", "http://plain.example/feed", 301)
        network = Elsewhere(
            {"feeds.example": [[PUBLIC]], "plain.example": [[OTHER]]},
            {PUBLIC: secure.port, OTHER: plain.port},
        )
        assert came(one("https://feeds.example/feed", Policy(), network)).moved == ""


def test_nobody_is_there(server: Server) -> None:
    port = server.port
    assert "there is no host named nowhere.example" in why(
        one("http://nowhere.example/", Policy(), Elsewhere({}, {}))
    )
    network = Elsewhere({"feeds.example": [[PUBLIC]]}, {PUBLIC: 1})
    assert "cannot be reached" in why(one("http://feeds.example/", Policy(), network))
    assert port


def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        time.sleep(0.02)
        handler.wfile.write(b"z")


def drop(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nnot all of it")


def rubbish(handler: http.server.BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n")


def test_a_slow_drip_ends_when_its_time_is_over(server: Server) -> None:
    server.answers["/drip"] = Answer(stall=drip)
    assert "took longer than 0.3 seconds" in why(one(server.url("/drip"), replace(HERE, seconds=0.3)))


def test_a_dropped_connection_is_told(server: Server) -> None:
    server.answers["/drop"] = Answer(stall=drop)
    assert "the connection broke" in why(one(server.url("/drop")))
    server.answers["/none"] = Answer(stall=lambda handler: None)
    assert "the connection broke" in why(one(server.url("/none")))
    server.answers["/rubbish"] = Answer(stall=rubbish)
    assert "makes no sense" in why(one(server.url("/rubbish")))


def test_a_host_is_asked_one_thing_at_a_time_and_many_hosts_at_once(server: Server) -> None:
    """Whoever asks waits for the others at the same host; at another host it does not."""
    server.answers.update({f"/{n}": Answer(b"x") for n in range(12)})
    fetch([Request(server.url(f"/{n}")) for n in range(12)], HERE)
    assert server.most_at_once == 1
    hosts = 8
    arrived: list[str] = []

    def meet(handler: http.server.BaseHTTPRequestHandler) -> None:
        arrived.append(handler.headers["Host"])
        deadline = time.monotonic() + 20
        while len(arrived) < hosts and time.monotonic() < deadline:
            time.sleep(0.005)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    server.answers["/meet"] = Answer(stall=meet)
    answers = fetch([Request(server.url("/meet", f"127.0.0.{n + 1}")) for n in range(hosts)], HERE)
    assert [came(answer).body for answer in answers] == [b"ok"] * hosts
    assert len(set(arrived)) == hosts


def test_leaving_stops_what_is_under_way(server: Server) -> None:
    server.answers["/drip"] = Answer(stall=drip)
    with Fetcher[int](HERE) as fetcher:
        for place in range(5):
            fetcher.submit(place, Request(server.url("/drip", f"127.0.0.{place + 1}")))
        assert fetcher.take(0.3) is None
        assert fetcher.outstanding == 5
        begun = time.monotonic()
    assert time.monotonic() - begun < 10
