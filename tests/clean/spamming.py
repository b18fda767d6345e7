"""Advertising of families that no rule has seen: made of invented brands, by a seeded generator."""

import random
from collections.abc import Sequence
from typing import NamedTuple

_CONSONANTS = "bcdfgklmnprstvz"
_SYLLABLES = (
    *(f"{consonant}{vowel}" for consonant in _CONSONANTS for vowel in "aeio"),
    *("lux", "max", "win", "nex", "tron", "vel", "mar", "gol", "dex", "pri", "zan", "quo"),
)


class Family(NamedTuple):
    """What a family is about, and how it says so: w is a word, b a brand, W and B the same in capitals."""

    words: tuple[str, ...]
    forms: tuple[str, ...]


FAMILIES = {
    "betting, Chinese": Family(
        ("百家乐", "娱乐城", "彩票", "棋牌"),
        ("{w}开户", "www.{b}.com{w}", "{w}官网{b}.com", "{b}88{w}", "{w}注册送彩金"),
    ),
    "casino, Russian": Family(
        ("казино", "слоты", "рулетка"),
        ("{w} онлайн", "{w} {b} официальный сайт", "{b}casino.ru", "бонус {w}", "{w}зеркало"),
    ),
    "slots, Indonesian": Family(
        ("slot", "gacor", "togel", "maxwin"),
        ("situs {w} {b}", "link {w}", "{b}77.com", "{b}slot.xyz", "{B}{W}", "daftar {w}"),
    ),
    "betting, Vietnamese": Family(
        ("bóng", "casino", "tài xỉu"),
        ("nhà cái {b}", "{b} đăng nhập", "{b}vip.net", "{w} đổi thưởng", "tải {b}"),
    ),
    "slots, Thai": Family(("สล็อต", "บาคาร่า", "คาสิโน"), ("{w}เว็บตรง", "{b}168.com", "{w}{b}", "ทางเข้า{b}")),
    "betting, Korean": Family(
        ("토토사이트", "카지노사이트", "바카라"), ("{w} 추천", "{b}.com", "{w}{b}", "{b} 먹튀검증")
    ),
    "pills, German": Family(
        ("potenzmittel", "schlaftabletten"),
        ("{w} rezeptfrei kaufen", "{b}kaufen.de", "{B}Rezeptfrei", "billige{B}"),
    ),
    "betting, Spanish": Family(
        ("apuestas", "tragaperras", "ruleta"),
        ("{w} deportivas {b}", "{b}apuestas.es", "{B}{W}", "{w} online gratis"),
    ),
    "betting, Portuguese": Family(
        ("apostas", "tigrinho", "roleta"),
        ("{w} {b} entrar", "{b}bet.br", "{B}{W}", "{w}bonus.com", "jogo do {w}"),
    ),
    "fortune-telling, French": Family(
        ("voyance", "marabout", "tarot"),
        ("{w} gratuite immédiate", "{b}voyance.fr", "retour affectif {w}", "{w}{B}"),
    ),
    "replicas": Family(
        ("watches", "handbags", "sneakers"),
        ("{w} replica", "cheap{W}", "{w}outlet.com", "Replica{W}Bags", "{b}{w}.net"),
    ),
    "essay mills": Family(
        ("essay", "dissertation", "coursework"),
        ("buy {w} online", "{w}writers.com", "WriteMy{W}", "do my {w} cheap"),
    ),
    "loans": Family(
        ("payday", "installment", "cash"),
        ("{w} loans no credit check", "{b}{w}.com", "Instant{W}Loan", "fast {w} online"),
    ),
    "tokens": Family(
        ("token", "airdrop", "wallet"),
        ("{w} {b} presale", "{b}swap.io", "Claim{W}Now", "{b}{w}.finance", "{W}Mining"),
    ),
    "escorts, Turkish": Family(
        ("escort", "bayan", "masaj"),
        ("{b} {w} bayan", "{b}escort.com", "{W}{B}", "ucuz {w}", "www.{b}{w}.net"),
    ),
    "link packages": Family(
        ("backlinks", "traffic", "rankings"),
        ("buy {w} package", "{b}seo.agency", "Cheap{W}", "boost{W}Fast", "rank{b}.com"),
    ),
    "channels": Family(
        ("iptv", "abonnement", "channels"),
        ("{w} premium 12 mois", "iptv{b}.tv", "{b}{W}", "{w} 4k gratis test"),
    ),
    "cracked films": Family(
        ("movie", "torrent", "keygen"),
        ("watch {b} full {w} hd", "{b}{w}.to", "Download{W}Free", "{b} {w} 1080p"),
    ),
    "slimming": Family(
        ("keto", "gummies", "detox"), ("{w} gummies reviews", "{b}{w}.shop", "Buy{W}Now", "order {w} now")
    ),
    "locksmiths": Family(
        ("locksmith", "plumber", "movers"),
        ("{w} near me", "{b}{w}.com", "24 hour {w} {b}", "Emergency{W}", "{w} {b} tx"),
    ),
    "removals, Arabic": Family(
        ("نقل عفش", "تنظيف", "شراء اثاث"), ("شركة {w}", "{w} الرياض", "{b}.com", "ارخص {w}")
    ),
    "lottery, Hindi": Family(("सट्टा", "मटका", "कल्याण"), ("{w} किंग", "{b}matka.in", "{w} रिजल्ट", "satta {b}")),
    "copies, Japanese": Family(
        ("ブランドコピー", "スーパーコピー"), ("{w}専門店", "{b}copy.jp", "{w}n級品", "{w}激安通販")
    ),
    "casino, Polish": Family(
        ("kasyno", "automaty"), ("{w} online {b}", "{b}kasyno.pl", "{w} bez depozytu", "{W}{B}")
    ),
    "brands alone": Family(("",), ("{b}", "{b}.com", "{B}", "www.{b}.net", "{B}{B}", "{b}{b}.org")),
}

PARTS: dict[str, tuple[str, ...]] = {"glued": ("",), "spaced": (" ",), "mixed": ("", "", " ")}
"""What stands between two of its pieces."""


def spam(seed: int, family: str, parts: Sequence[str], pieces: int = 16) -> str:
    """A run of advertising."""
    pick = random.Random(f"{seed} {family}")
    brands = ["".join(pick.choices(_SYLLABLES, k=pick.choice((2, 3, 3)))) for _ in range(5)]
    words, forms = FAMILIES[family]
    run = ""
    for _ in range(pieces):
        word, brand = pick.choice(words), pick.choice(brands)
        piece = pick.choice(forms).format(w=word, W=word.capitalize(), b=brand, B=brand.capitalize())
        run += (pick.choice(list(parts)) if run else "") + piece
    return run
