"""Dispatches with each agency's habits: what is above the text, below it, and before its first word.

`tests/data/dispatches/told.json` says what an editor would call each one's headline, day and text. They
were written, from agencies' public samples, before anybody looked at what became of them.
"""

from __future__ import annotations

import json

import pytest
from newsdigest.base.records import Article
from newsdigest.base.settings import ParseRules
from newsdigest.read.agencies import known_agencies
from newsdigest.read.formats import parse_raw
from newsdigest.read.wire.habits import closes, dateline_of
from publication import ROOT
from wire import RULES

FILES = ROOT / "tests" / "data" / "dispatches"
TOLD = json.loads((FILES / "told.json").read_text(encoding="utf-8"))
KNOWN = known_agencies(ParseRules(now=RULES.now).agencies)


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_dispatch_is_its_headline_its_day_and_its_text_alone(name: str) -> None:
    told = TOLD[name]
    found = parse_raw((FILES / name).read_bytes(), name, RULES)
    assert isinstance(found, Article), found
    texts = [one.text or " ".join(one.items) for one in found.blocks if one.type != "photo"]
    assert found.headline == told.get("headline", found.headline)
    assert f"{found.published:%Y-%m-%d}" == told["day"]
    assert texts[0].startswith(told.get("start", ""))
    assert texts[-1].endswith(told.get("end", ""))
    assert list(found.agencies) == told.get("agencies", list(found.agencies))
    assert not [one for one in told.get("not_in", ()) if one in "\n".join(texts)]


@pytest.mark.parametrize(
    ("text", "place", "agencies"),
    [
        ("(ANSA) - ROMA, 23 GEN - Il governo cade.", "ROMA", ("ANSA",)),
        ("Madrid, 23 ene (EFE).- El Gobierno cae.", "Madrid", ("EFE",)),
        ("Oslo (NTB): Regjeringen går av.", "Oslo", ("NTB",)),
        ("Berne (ats) Le gouvernement tombe.", "Berne", ("ATS",)),
        ("MOSCOW, January 23. /TASS/. The government falls.", "MOSCOW", ("TASS",)),
        ("TOKYO, Jan. 23, Kyodo - The government falls.", "TOKYO", ("Kyodo",)),
        ("BEIJING, Jan. 23 (Xinhua) -- The government falls.", "BEIJING", ("Xinhua",)),
        ("Hà Nội (TTXVN 23/1) Chính phủ họp.", "Hà Nội", ("TTXVN",)),
        ("OTTAWA — The government falls.", "OTTAWA", ()),
    ],
)
def test_datelines_are_told_in_every_agencys_manner(
    text: str, place: str, agencies: tuple[str, ...]
) -> None:
    found = dateline_of(text, KNOWN)
    assert found is not None
    assert (found.place, found.agencies) == (place, agencies)
    assert found.text in text
    assert found.text[0].isupper()


@pytest.mark.parametrize(
    "text",
    [
        "Le port (AFP) et le quai rouvrent.",
        "Odile Marchais (Parti du port) a été élue.",
        "NATO — as it was then — had twelve members.",
        "UN — so the minister said.",
        "Le 23 janvier (AFP) restera.",
    ],
)
def test_a_sentence_with_brackets_or_dashes_is_no_dateline(text: str) -> None:
    found = dateline_of(text, KNOWN)
    assert found is None or not found.agencies


@pytest.mark.parametrize(
    "text",
    [
        "-0-",
        "END",
        "end",
        "(©NTB)",
        "YJ4-GIU",
        "ABC // DEF",
        "Lusa/Fim",
        "(Schluss) mm/hu",
        "- FIN -",
        "==Kyodo",
    ],
)
def test_marks_and_initials_close_a_dispatch(text: str) -> None:
    assert closes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ende gut, alles gut.",
        "Fin de partie au port",
        "The end is near",
        "(photo prise jeudi)",
        "NATO",
        "3-1",
    ],
)
def test_a_last_line_of_words_does_not(text: str) -> None:
    assert not closes(text)
