"""Bytes to text: every encoding that news comes in, and one clear line for what is no text."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean.decode import decode
from reader.errors import InputError

TEXT = "Ein Bürger sagte: „Das Wasser stieg schnell.“ Übrig blieb wenig.\n"
WESTERN = "The café’s owner said “no” – twice – on Monday, and the bill came to 40 €.\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_recognised(raw: bytes, encoding: str) -> None:
    assert decode(raw) == (TEXT, encoding)


def test_western_text_without_a_declaration_is_windows_1252() -> None:
    assert decode(WESTERN.encode("cp1252")) == (WESTERN, "cp1252")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Городской совет объявил в четверг, что мост откроют в мае. Жители ждали этого два года. " * 3,
            "cp1251",
        ),
        (
            "市議会は木曜日、新しい橋が五月に開通すると発表した。住民は二年間それを待っていた。" * 3,
            "shift_jis",
        ),
    ],
)
def test_other_scripts_are_found_by_statistics(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_what_the_container_says_is_believed_before_anything_else_but_a_mark() -> None:
    assert decode("Łódź, środa".encode("iso8859-2"), "iso-8859-2") == ("Łódź, środa", "iso8859-2")
    assert decode(codecs.BOM_UTF8 + "Łódź".encode(), "iso-8859-2") == ("Łódź", "utf-8")


@pytest.mark.parametrize(
    "head",
    [
        '<html><head><meta charset="windows-1251">',
        "<html><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>",
        '<?xml version="1.0" encoding="windows-1251"?><html>',
    ],
)
def test_what_a_page_says_of_itself_is_believed(head: str) -> None:
    page = f"{head}<p>Мост</p>"
    assert decode(page.encode("cp1251")) == (page, "cp1251")


def test_a_declaration_that_does_not_fit_is_not_believed() -> None:
    page = '<meta charset="utf-16"><p>naïve</p>'
    assert decode(page.encode()) == (page, "utf-8")
    assert decode("naïve".encode(), "no-such-encoding") == ("naïve", "utf-8")
    assert decode("naïve".encode("cp1252"), "utf-8")[0] == "naïve"


def test_latin_1_means_windows_1252_as_on_the_web() -> None:
    assert decode("“so”".encode("cp1252"), "iso-8859-1") == ("“so”", "cp1252")


def test_line_ends_are_newlines_and_what_no_database_holds_is_replaced() -> None:
    assert decode(b"one\r\ntwo\rthree\n")[0] == "one\ntwo\nthree\n"
    text = (
        b"a line of a text that one stray byte does not make binary\x00. " + b"It goes on for a while. " * 9
    )
    assert decode(text)[0].count("\ufffd") == 1
    decode("one \ud800 two".encode("utf-8", "surrogatepass"), "utf-8")[0].encode()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "empty"),
        (b" \n\t \n", "empty"),
        ("\u2003\u00a0\n".encode(), "white space"),
        (b"%PDF-1.7\n%...", "a PDF"),
        (b"PK\x03\x04\x14\x00", "DOCX"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_what_is_no_text_is_told_in_one_line(raw: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        decode(raw)
    assert "\n" not in str(caught.value)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    try:
        text, encoding = decode(raw)
    except InputError:
        return
    assert text.strip()
    assert encoding
    assert "\r" not in text
    assert "\x00" not in text
    text.encode()


def test_central_european_letters_are_not_taken_for_signs() -> None:
    text = (
        "Wiadomości z Łodzi: żółta łódź stała wczoraj na brzegu, mówił burmistrz.\n"
        "Mieszkańcy twierdzą, że wcześniej nikt jej tam nie widział, choć źródła są zgodne.\n"
    )
    assert decode(text.encode("cp1250"))[0] == text
