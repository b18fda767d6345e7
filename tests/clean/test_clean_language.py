"""The language of a text that does not say it: told by function words or script, or left unknown."""

import pytest

from reader.clean import clean
from reader.clean.language import language_of
from reader.model import Incoming, Media, Metadata

TEXTS = {
    "en": "The council met in the old hall on Tuesday, and nobody had expected that it would vote for "
    "the new bridge before the summer was over.",
    "de": "Der Rat kam am Dienstag in der alten Halle zusammen, und niemand hatte erwartet, dass er "
    "noch vor dem Ende des Sommers für die neue Brücke stimmen würde.",
    "fr": "Le conseil s’est réuni mardi dans la vieille salle, et personne ne pensait qu’il allait "
    "voter pour le nouveau pont avant la fin de l’été, alors que la ville n’a pas les moyens de "
    "le payer.",
    "es": "El consejo se reunió el martes en la vieja sala, y nadie esperaba que fuera a votar por el "
    "nuevo puente antes de que terminara el verano, porque la ciudad no tiene con qué pagarlo.",
    "pt": "O conselho reuniu-se na terça-feira na velha sala, e ninguém esperava que fosse votar pela "
    "nova ponte antes do fim do verão, porque a cidade não tem como pagar uma obra como essa.",
    "it": "Il consiglio si è riunito martedì nella vecchia sala, e nessuno pensava che avrebbe votato "
    "per il nuovo ponte prima della fine dell’estate, perché la città non ha i soldi per pagarlo.",
    "nl": "De raad kwam op dinsdag bijeen in de oude zaal, en niemand had verwacht dat hij nog voor "
    "het einde van de zomer voor de nieuwe brug zou stemmen, want de stad heeft er geen geld "
    "voor.",
    "sv": "Rådet möttes på tisdagen i den gamla salen, och ingen hade väntat sig att det skulle rösta "
    "för den nya bron innan sommaren var över, eftersom staden inte har pengar till det.",
    "fi": "Neuvosto kokoontui tiistaina vanhassa salissa, eikä kukaan ollut odottanut, että se "
    "äänestäisi uuden sillan puolesta ennen kuin kesä on ohi, koska kaupungilla ei ole rahaa "
    "siihen ja se on liian kallis.",
    "pl": "Rada zebrała się we wtorek w starej sali i nikt nie spodziewał się, że jeszcze przed końcem "
    "lata zagłosuje za nowym mostem, bo miasto nie ma na to pieniędzy, a most nie jest tani.",
    "cs": "Rada se sešla v úterý ve starém sále a nikdo nečekal, že ještě před koncem léta bude "
    "hlasovat pro nový most, protože město na to nemá peníze a most by nebyl levný, jak už bylo "
    "řečeno.",
    "tr": "Konsey salı günü eski salonda toplandı ve kimse yaz bitmeden yeni köprü için oy vereceğini "
    "beklemiyordu, çünkü şehrin bunun için parası yok ve bu köprü çok pahalı olacak gibi "
    "görünüyor.",
    "ru": "Совет собрался во вторник в старом зале, и никто не ожидал, что он ещё до конца лета "
    "проголосует за новый мост, потому что у города нет на это денег, а мост не может быть "
    "дешёвым.",
    "uk": "Рада зібралася у вівторок у старій залі, і ніхто не очікував, що вона ще до кінця літа "
    "проголосує за новий міст, бо у міста немає на це грошей, а міст не може бути дешевим.",
    "ja": "市議会は火曜日に古い講堂で開かれ、夏が終わる前に新しい橋に賛成するとは誰も思っていなかった。"
    "市にはそのための資金がないからである。",
    "zh": "市议会星期二在旧礼堂开会,没有人料到它会在夏天结束之前投票赞成修建新桥,因为这座城市没有钱来支"
    "付这笔费用,而桥也不便宜。",
    "ko": "시의회는 화요일 낡은 강당에서 열렸고, 여름이 끝나기 전에 새 다리에 찬성표를 던질 것이라고는 "
    "아무도 예상하지 못했다. 시에는 그럴 돈이 없기 때문이다.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_few_sentences_are_enough(code: str) -> None:
    assert language_of(TEXTS[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bridge closed",
        "Yeah.",
        "1 2 3 4 5 " * 20,
        "Vell Orne Tarn Holm Brack Marl " * 9,
        "Det er en " * 20,
    ],
    ids=["nothing", "a title", "a word", "numbers", "names", "words of two languages"],
)
def test_what_does_not_tell_stays_unknown(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.parametrize("media", ["text", "markdown", "html"])
def test_what_is_said_of_the_language_wins_and_where_it_is_from_is_told(media: Media) -> None:
    page = f"<html><body><article><p>{TEXTS['de']}</p></article></body></html>"
    raw = (page if media == "html" else TEXTS["de"]).encode()
    told = clean(Incoming(raw=raw, media=media, origin="-"))
    assert told.metadata.language == "de"
    assert dict(told.sources)["language"] == "its words"
    given = clean(Incoming(raw=raw, media=media, origin="-", metadata=Metadata(language="de-AT")))
    assert given.metadata.language == "de-AT"
    assert dict(given.sources)["language"] == "given"
