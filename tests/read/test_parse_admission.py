"""Which files are text, in which encoding, and what is cleaned before anything is read."""

from __future__ import annotations

import unicodedata

import pytest
from newsdigest.base.settings import ParseRules
from wire import LAST, LEDE, MORE, NOW, TITLE, copy, read, refuse, texts

ACCENTS = copy(
    "À l'été, la fête du hameau de Sérigny a été déplacée près de l'étang à la demande générale.",
    "L'événement a réuni des écoliers, très fiers d'avoir répété là même où l'on dansait déjà.",
    "AFP",
    title="Sérigny déplace sa fête",
)


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\xff\xfe"]
)
def test_a_file_of_nothing_but_space_is_empty(data):
    assert (refuse(data).code, refuse(data).line) == ("E_EMPTY", 1)


@pytest.mark.parametrize("text", ["\u200b\ufeff\n\u200b", "\u00a0\u2003\n", "<p></p>"])
def test_what_only_looks_like_something_is_empty_too(text):
    assert refuse(text).code == "E_EMPTY"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"GIF89a....", "GIF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08...", "gzip"),
        (b"{\\rtf1\\ansi date 2026-01-05}", "RTF"),
    ],
)
def test_known_binary_files_are_named(data, kind):
    assert (refuse(data).code, refuse(data).facts) == ("E_BINARY", {"kind": kind})


def test_a_nul_byte_is_not_text_and_its_place_is_told():
    rejection = refuse(copy(LEDE).encode() + b"ab\0")
    assert rejection.code == "E_BINARY"
    assert rejection.facts == {"offset": len(copy(LEDE).encode()) + 2}


def test_one_control_byte_in_twenty_is_the_limit():
    assert refuse(b"date 2026-01-05 Abc" + b"\x02" * 2).code == "E_BINARY"
    article = read(copy(LEDE).replace("halle", "hal\x02le"))
    assert (texts(article), article.warnings) == ([LEDE], ("W_CONTROL", "W_NO_CREDIT"))


def test_utf_16_is_read_when_it_says_so():
    for codec, bom in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        article = read(bom + ACCENTS.encode(codec))
        assert (article.headline, article.warnings) == ("Sérigny déplace sa fête", ("W_ENCODING",))


def test_utf_16_that_stops_within_a_character_is_truncated():
    article = read(b"\xff\xfe" + ACCENTS.encode("utf-16-le")[:-1])
    assert article.warnings == ("W_ENCODING", "W_TRUNCATED")


def test_utf_16_broken_in_the_middle_is_refused():
    data = b"\xff\xfe" + "date ".encode("utf-16-le") + b"\x00\xdc" + ACCENTS.encode("utf-16-le")
    assert (refuse(data).code, refuse(data).facts) == ("E_ENCODING", {"offset": 12})


def test_the_byte_order_mark_of_utf_8_is_nothing_to_report():
    assert read(b"\xef\xbb\xbf" + ACCENTS.encode()).warnings == ()


def test_windows_1252_is_read_as_such():
    article = read(ACCENTS.replace("'", "’").encode("cp1252"))
    assert article.warnings == ("W_ENCODING",)
    assert article.lede.startswith("À l’été, la fête du hameau")


def test_a_cut_character_at_the_very_end_is_dropped():
    article = read(
        copy(LEDE, "Le maire a dit à la presse que tout allait bien, malgré").encode()[:-1]
    )
    cut = read(copy(LEDE, "Le maire a dit à la presse que tout allait bien, malgré").encode()[:-2])
    assert "W_TRUNCATED" not in article.warnings
    assert texts(article)[-1].endswith("malgré")
    assert "W_TRUNCATED" in cut.warnings
    assert texts(cut)[-1].endswith("malgr")


def test_two_encodings_in_one_file_are_refused_with_the_place():
    data = copy(LEDE + " Déjà.").encode() + b"\n\nvoil\xe0 la suite du texte\n"
    rejection = refuse(data)
    assert (rejection.code, rejection.line) == ("E_ENCODING", 6)
    assert rejection.facts == {"byte": "0xE0", "offset": data.index(b"\xe0"), "line": 6}


def test_a_byte_windows_1252_does_not_have_is_refused():
    rejection = refuse(copy("En \xe9t\xe9 \x81.", title="La halle").encode("latin-1"))
    assert (rejection.code, rejection.facts["byte"]) == ("E_ENCODING", "0x81")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html>\n<html>", "HTML"),
        ("  <html lang=fr>", "HTML"),
        ("<div><p>Le texte</p></div>", "HTML"),
        ('<?xml version="1.0"?><rss/>', "XML"),
        ("<newsItem guid='1'><p>x</p></newsItem>", "XML"),
        ('{"date": "2026-01-05"}', "JSON"),
        ('\ufeff[ {"a": 1} ]', "JSON"),
        ('["a"]', "JSON"),
        ("[1, 2]", "JSON"),
    ],
)
def test_other_raw_formats_are_told_apart(text, kind):
    rejection = refuse(text)
    assert (rejection.code, rejection.facts["kind"]) == ("E_WRONG_KIND", kind)


def test_a_tag_before_the_date_is_only_a_leftover():
    article = read(f"<p>date 2026-01-05 {TITLE}</p>\n<p>{LEDE}</p>")
    assert (article.headline, texts(article)) == (TITLE, [LEDE])
    assert "W_HTML" in article.warnings


def test_a_bracket_is_not_json_yet():
    assert refuse("[MAJ] date 2026-01-05 Titre").code == "E_DATE_MISSING"


def test_accents_encoded_twice_are_mended():
    article = read(ACCENTS.encode().decode("cp1252").encode())
    assert article.warnings == ("W_MOJIBAKE",)
    assert article == read(ACCENTS.encode().decode("cp1252").encode())
    assert article.headline == "Sérigny déplace sa fête"


def test_bytes_windows_1252_leaves_undefined_survive_the_mending():
    text = copy("Le café « Í la ronde » a été fermé en été, à la demande d'Élodie Íñigo, gérante.")
    twice = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )
    assert read(twice).lede == read(text).lede


def test_accents_encoded_twice_in_places_are_left():
    article = read(ACCENTS.encode().decode("cp1252") + "\nUn café ailleurs, bien écrit celui-là.")
    assert article.warnings[0] == "W_MOJIBAKE_KEPT"
    assert article.headline == "SÃ©rigny dÃ©place sa fÃªte"


def test_two_such_signs_are_too_few_to_tell():
    article = read(
        copy(LEDE, "On lit Ã© puis Ã© dans ce message reçu hier par la rédaction.", "AFP")
    )
    assert article.warnings == ()


def test_every_line_break_counts_as_one():
    breaks = ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\n"]
    for mark in breaks:
        article = read(f"date 2026-01-05 {TITLE}{mark}{mark}{LEDE}{mark}{mark}{MORE}{mark}AFP")
        assert (texts(article), article.warnings) == ([LEDE, MORE], ())


def test_letters_are_composed_but_signs_keep_their_form():
    text = copy(
        LEDE.replace("habitants", "élèves"), "Louis XIVᵉ du nom, dit-on, y a dormi une nuit."
    )
    article = read(unicodedata.normalize("NFD", text))
    assert article.blocks == read(text).blocks
    assert "XIVᵉ" in texts(article)[1]


def test_invisible_characters_go():
    hidden = LEDE.replace("halle", "ha\xadl\u200ble\u202e\u2060\ufeff\u2066")
    article = read(copy(hidden, "AFP"))
    assert (article.lede, article.warnings) == (LEDE, ("W_INVISIBLE",))


def test_all_spaces_are_one_space():
    article = read(copy("  " + LEDE.replace(" ", "\u00a0\u202f\t \u3000") + " ", "AFP"))
    assert (article.lede, article.warnings) == (LEDE, ())


def test_html_leftovers_are_taken_out():
    text = copy(
        f"<script type='x'>var a = 1;\n\nalert(a)</script><p>{LEDE}</p>{MORE}<br/>Suite.",
        "<!-- note\n\nà garder -->R&amp;D : &laquo;&nbsp;trois points&nbsp;&raquo; le 3<sup>e</sup> jour.",
        "AFP",
    )
    article = read(text)
    assert texts(article) == [LEDE, MORE, "Suite.", "R&D : « trois points » le 3e jour."]
    assert article.warnings == ("W_HTML",)


def test_entities_are_decoded_once_and_stay_text():
    article = read(
        copy(LEDE, "Écrire &lt;script&gt; ou &amp;lt;b&amp;gt; ne coûte rien à personne.")
    )
    assert texts(article)[1] == "Écrire <script> ou &lt;b&gt; ne coûte rien à personne."


def test_what_is_no_tag_and_no_entity_stays():
    odd = (
        "Si a < b et c <d, voir <inaudible> et <https://x.example>, AT&T, &copie; et a <b et c> d."
    )
    article = read(copy(LEDE, odd, "AFP"))
    assert (texts(article)[1], article.warnings) == (odd, ())


def test_an_unclosed_comment_or_script_swallows_nothing():
    article = read(copy(LEDE, f"<!-- {MORE}", f"<script>{LAST}"))
    assert texts(article) == [LEDE, f"<!-- {MORE}", LAST]


def test_an_entity_cannot_bring_back_what_was_removed():
    article = read(copy(LEDE.replace("halle", "ha&shy;l&#8203;l&#8238;e&#1;"), "AFP"))
    assert article.lede == LEDE


def test_line_numbers_are_the_files_own():
    text = f"date 2026-01-05 {TITLE}\n<script>\n\n</script>\n{LEDE}<br><br>x\n\n<b\n>date 2026-01-06 Autre</b>"
    assert refuse(text).line == 7
    plain = f"\n\ndate 2026-01-05 {TITLE}\n\n{LEDE}\r\n\r\ndate 2026-01-06 Autre\n"
    assert refuse(plain).line == 7


def test_the_size_limit_is_a_rule():
    rules = ParseRules(now=NOW, max_bytes=50)
    assert refuse("date 2026-01-05 " + "x" * 35, rules).facts == {"size": 51, "limit": 50}
    assert refuse("date 2026-01-05 " + "x" * 34, rules).code == "E_NO_BODY"
