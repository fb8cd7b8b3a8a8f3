"""The trained tagger: what it adds to the rules, and what the house does not leave to it."""

from __future__ import annotations

import importlib.util
import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from newsdigest.base.errors import BuildError
from newsdigest.base.records import Article, Block, Entity
from newsdigest.entities.gazetteer import load_gazetteer
from newsdigest.entities.model.decoder import Decoder, french_decoder, names_labelled
from newsdigest.entities.model.features import (
    TokenWindow,
    rule_labels,
    shape_of,
    tokens_of,
    windows,
)
from newsdigest.entities.model.overlay import with_names
from newsdigest.entities.model.weights import WEIGHTS, Weights, read_weights, write_weights
from newsdigest.entities.rules.reader import read_text
from newsdigest.entities.spans import Reading, Span
from newsdigest.entities.tagger import load_tagger

SHARED = Path(__file__).parents[3] / "shared"
SEED = SHARED / "seeds" / "000_a53a779fda378710.txt"
GOLD = SHARED / "data" / "wikinews-fr"
TAGGER = load_tagger("crf")


def article(headline: str, *body: str, lang: str = "fr") -> Article:
    return Article(
        id="2026/essai",
        path="2026/essai.txt",
        headline=headline,
        published=datetime(2026, 1, 23, tzinfo=UTC),
        date_precision="day",
        lang=lang,
        blocks=tuple(Block("paragraph", text=text) for text in body),
    )


def tag(headline: str, *body: str) -> tuple[Entity, ...]:
    return TAGGER.tag(article(headline, *body))


def names(entities: tuple[Entity, ...], kind: str) -> list[str]:
    return [entity.name for entity in entities if entity.type == kind]


def mentions(entities: tuple[Entity, ...], name: str) -> list[str]:
    [entity] = [entity for entity in entities if entity.name == name]
    return [mention.text for mention in entity.mentions]


# -- what a reader sees ----------------------------------------------------------------------------


def test_names_no_list_holds_are_found_by_their_sentence():
    found = tag(
        "Une usine rouvre",
        "Selon Kélian Drovazec, qui la dirige, l'usine de Trévalnec rouvrira lundi.",
    )
    assert names(found, "person") == ["Kélian Drovazec"]
    assert names(found, "place") == ["Trévalnec"]


def test_a_civil_title_stays_out_and_each_holder_is_a_person():
    found = tag(
        "Un accord trouvé",
        "Anne Lemoine et Paul Girod ont signé. MM. Girod et Delcourt se reverront à Lyon.",
    )
    assert names(found, "person") == ["Anne Lemoine", "Paul Girod", "Delcourt"]
    assert mentions(found, "Paul Girod") == ["Paul Girod", "Girod"]


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        (
            "Le président du Comité populaire de la province de Lâm Dông, M. Hai, a signé.",
            "Comité populaire de la province de Lâm Dông",
        ),
        (
            "Un accord avec le ministère de l'Éducation et de la Formation a été signé.",
            "ministère de l'Éducation et de la Formation",
        ),
        (
            "Selon le Centre de contrôle des maladies de Cân Tho, 840 cas sont connus.",
            "Centre de contrôle des maladies de Cân Tho",
        ),
    ],
)
def test_a_long_official_name_is_taken_whole(sentence: str, whole: str):
    assert names(tag("Un accord", sentence), "organisation") == [whole]


@pytest.mark.parametrize(
    "body",
    [
        "Comité populaire provincial",
        "Comité populaire municipal",
        "Service du tourisme",
        "Service de la santé",
        "Service de l'industrie et du commerce",
    ],
)
def test_a_body_that_every_province_has_is_nobody_without_its_place(body: str):
    assert (
        names(tag("Un projet", f"Le {body} prévoit une seconde voie en 2029."), "organisation")
        == []
    )


@pytest.mark.parametrize(
    ("sentence", "company"),
    [
        ("La compagnie Royal Caribbean a annoncé deux navires.", "Royal Caribbean"),
        ("Le groupe Dorvane investira 90 millions de dollars.", "Dorvane"),
        ("La société norvégienne Nordhav Energi exporte du gaz.", "Nordhav Energi"),
        ("Le constructeur Alverex a perdu 4 % hier.", "Alverex"),
    ],
)
def test_the_noun_that_announces_a_name_tells_its_type(sentence: str, company: str):
    found = tag("Une annonce", sentence)
    assert [(entity.type, entity.name) for entity in found] == [("organisation", company)]


def test_a_portfolio_of_two_fields_is_no_organisation():
    found = tag(
        "Un projet", "Le ministre des Sciences et des Technologies, Cao Thê Vinh, est venu."
    )
    assert [(entity.type, entity.name) for entity in found] == [("person", "Cao Thê Vinh")]


def test_a_phrase_somebody_coined_is_no_organisation():
    found = tag("Une idée", 'M. Girod a présenté son "Conseil de bonté" devant la presse.')
    assert names(found, "organisation") == []


def test_a_listed_organisation_ends_where_the_list_says():
    found = tag("Un forum", "Il parlera lors du Forum économique mondial de Davos, en Suisse.")
    assert names(found, "organisation") == ["Forum économique mondial"]
    assert names(found, "place") == ["Davos", "Suisse"]


def test_months_and_feasts_are_no_names():
    assert tag("Le calendrier", "Janvier, Mars et Pâques passent. Hier encore.") == ()


def test_a_shouted_headline_takes_the_names_of_the_body():
    found = tag(
        "CLAIRE VASSEUR ATTENDUE DEMAIN EN ISLANDE",
        "La ministre Claire Vasseur sera en Islande demain.",
    )
    assert mentions(found, "Claire Vasseur") == ["CLAIRE VASSEUR", "Claire Vasseur"]
    assert mentions(found, "Islande") == ["ISLANDE", "Islande"]


def test_credits_are_no_tags():
    found = TAGGER.tag(article("Un essai", "La mairie de Lyon a voté. Xinhua/VNA/CVN"))
    assert names(found, "organisation") == []


def test_other_languages_are_read_by_the_rules():
    english = article("A visit", "President Paul Girod met Anne Lemoine in Paris.", lang="en")
    assert TAGGER.tag(english) == load_tagger("rules").tag(english)


@pytest.mark.skipif(not SEED.exists(), reason="the seed is not part of the product")
def test_the_seed_article():
    copy = SEED.read_text("utf-8").split("\n\n")
    body = [piece for piece in copy[1:-1] if not piece.startswith((">>", "Photo"))]
    found = tag(copy[0].split(" ", 3)[3], *body)
    assert {(entity.type, entity.name) for entity in found} == {
        ("person", "Vladimir Poutine"),
        ("person", "Steve Witkoff"),
        ("person", "Iouri Ouchakov"),
        ("person", "Kirill Dmitriev"),
        ("person", "Donald Trump"),
        ("person", "Jared Kushner"),
        ("person", "Josh Gruenbaum"),
        ("place", "Moscou"),
        ("place", "Russie"),
        ("place", "États-Unis"),
        ("place", "Ukraine"),
        ("place", "Davos"),
        ("place", "Suisse"),
        ("organisation", "ONU"),
        ("organisation", "Kremlin"),
        ("organisation", "Maison Blanche"),
        ("organisation", "Forum économique mondial"),
    }


# -- the steps -------------------------------------------------------------------------------------


def test_an_elided_article_stands_apart_and_a_hyphen_joins():
    assert [word for _, _, word in tokens_of("L’ONU, à Saint-Denis.")] == [
        "L'",
        "ONU",
        ",",
        "à",
        "Saint-Denis",
        ".",
    ]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("Lyon", "Xx"),
        ("ONU", "XX"),
        ("l'", "x'"),
        ("Jean-Luc", "Xx-Xx"),
        ("2026", "0000"),
        ("«", "«"),
    ],
)
def test_a_shape_tells_case_and_signs(word: str, shape: str):
    assert shape_of(word) == shape


def test_only_the_neighbourhood_of_capitals_is_read():
    text = "un deux trois quatre Lyon cinq six sept huit neuf dix onze douze treize Nice."
    [first, second] = windows(text, [], {})
    assert [word for _, _, word in first.tokens] == [
        "deux", "trois", "quatre", "Lyon", "cinq", "six", "sept",
    ]  # fmt: skip
    assert [word for _, _, word in second.tokens] == ["onze", "douze", "treize", "Nice", "."]


def test_rules_label_the_tokens_they_cover():
    spans = [Span(0, 10, "Paul Girod", "person", titled=True), Span(13, 17, "Lyon", "place")]
    assert rule_labels(tokens_of("Paul Girod à Lyon"), spans) == ["B-PER*", "I-PER*", "O", "B-LOC"]


def test_an_inside_never_follows_another_type():
    labels = ("O", "B-LOC", "B-PER", "I-LOC", "I-PER")
    # Every word would rather be the inside of a person, and every jump is free.
    free = Weights(labels, ((0,) * 5,) * 5, {"0:=a": (0, 5, 4, 0, 9), "0:=b": (0, 0, 0, 1, 9)})
    decoder = Decoder(free, load_gazetteer())
    assert list(decoder.labels(windows("A B", [], {}))) == [["B-PER", "I-PER"]]
    assert list(decoder.labels([])) == []


def test_labels_become_stretches_and_other_types_none():
    window = TokenWindow([(0, 1, "A"), (2, 3, "B"), (4, 5, "C"), (6, 7, "D")], [], {}, [])
    labels = ["B-PER", "I-PER", "O", "B-MISC"]
    assert names_labelled(window, labels) == [(0, 3, "person"), (6, 7, None)]


def test_words_of_an_events_name_are_not_free():
    text = "Le Tour de Valdoria"
    reading = Reading([], [(3, 7, "Tour"), (11, 19, "Valdoria")], {})
    assert with_names(text, reading, [(3, 19, None)]) == Reading([], [], {})


def test_names_stand_in_order_and_apart_whatever_the_text():
    hostile = "A'B-C. " * 50 + "M. M. M. " * 50 + "« É »\n" * 50 + "de la Île d'Or (X) " * 50
    readings = {0: read_text(hostile, "fr")}
    found = french_decoder().find({0: hostile}, readings)[0]
    spans = with_names(hostile, readings[0], found).spans
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(hostile[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(
    ("module", "limit"),
    [("sums", "MOST_KEPT"), ("sums", "LONGEST_KEPT"), ("decoder", "MOST_TOKENS")],
)
def test_what_the_decoder_remembers_changes_no_name(
    module: str, limit: str, monkeypatch: pytest.MonkeyPatch
):
    texts = {
        0: "Le maire de Trévalnec, Kélian Drovazec, a reçu Anne Lemoine, présidente de l'ONU.",
        1: "À Trévalnec, Mme Lemoine a salué la Fédération italienne des sports de glace.",
        2: "Selon l'AFP, M. Drovazec a quitté Lyon pour la Nouvelle-Zélande vendredi.",
    }
    readings = {block: read_text(text, "fr") for block, text in texts.items()}
    at_ease = french_decoder().find(texts, readings)
    assert all(at_ease.values())
    monkeypatch.setattr(f"newsdigest.entities.model.{module}.{limit}", 3)
    pressed = Decoder(read_weights(WEIGHTS), load_gazetteer())
    assert [pressed.find(texts, readings) for _ in range(2)] == [at_ease, at_ease]


def test_a_name_without_end_is_none():
    text = "Anne " * 40
    name = text.rstrip()
    assert with_names(text, Reading([], [], {}), [(0, len(name), "person")]).spans == []


# -- weights ---------------------------------------------------------------------------------------


def test_weights_come_back_as_written(tmp_path: Path):
    weights = Weights(("O", "B-LOC"), ((1, -2), (3, 0)), {"0:=à": (0, 7), "5:#role": (-40, 0)})
    write_weights(weights, tmp_path / "weights")
    assert read_weights(tmp_path / "weights") == weights


def test_the_shipped_weights_are_small():
    assert WEIGHTS.stat().st_size < 1_500_000


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated articles are not part of the product")
def test_the_shipped_weights_beat_the_rules():
    from benchmarks.entities import measure, read_documents

    documents = read_documents(GOLD / "dev.jsonl")
    trained, trained_sets, _, _ = measure("crf", documents)
    ruled, ruled_sets, _, _ = measure("rules", documents)
    assert trained.f() > max(88, ruled.f())
    assert trained_sets.f() > ruled_sets.f()


@pytest.mark.skipif(
    not GOLD.exists() or importlib.util.find_spec("pycrfsuite") is None,
    reason="needs the annotated articles and python-crfsuite",
)
def test_training_again_gives_the_shipped_score(tmp_path: Path):
    from benchmarks.entities import measure, read_documents
    from benchmarks.train import train

    # A fifth of our own articles and half the rounds are enough to tell: they give 88.56, the whole 88.62.
    again = Decoder(train(read_documents(GOLD / "train.jsonl"), 200, rounds=40), load_gazetteer())
    documents = read_documents(GOLD / "dev.jsonl")
    shipped = measure("crf", documents)[0].f()
    assert measure("crf", documents, find=again.find)[0].f() == pytest.approx(shipped, abs=0.5)


def test_no_training_articles_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture):
    from benchmarks.train import main

    assert main(tmp_path) == 1
    assert capsys.readouterr().err.count("\n") == 1


# -- the door --------------------------------------------------------------------------------------


def test_a_version_names_weights_rules_and_data():
    assert re.fullmatch(r"crf-\d+-[0-9a-f]{12}-\d+-[0-9a-f]{12}", TAGGER.version)
    assert load_tagger("rules").version != TAGGER.version


@pytest.mark.parametrize("name", ["", "crfs", "spacy", "spacy:"])
def test_an_unknown_tagger_is_refused(name: str):
    with pytest.raises(BuildError, match=f'there is no tagger "{name}"'):
        load_tagger(name)


def test_a_missing_spacy_model_is_one_clear_line():
    with pytest.raises(BuildError) as refused:
        load_tagger("spacy:fr_none_such")
    assert "fr_none_such" in str(refused.value)
    assert "\n" not in str(refused.value)
