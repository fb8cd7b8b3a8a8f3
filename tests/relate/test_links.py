"""What a `>>` line means: linked only where there is no doubt."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdigest.relate.links import Candidate, NearCandidate, resolve
from newsdigest.text.headline_key import headline_key, headline_numbers

LINE = "Le port d'Alvéra rouvre après 3 semaines"


def candidate(id_: str, day: str, headline: str = LINE) -> Candidate:
    return Candidate(id_, day, headline_numbers(headline))


def found(
    *candidates: Candidate, day: str = "2026-01-23", citing: str = "citing"
) -> tuple[str, str | None]:
    resolution = resolve(LINE, citing, day, candidates)
    assert resolution.headline == LINE
    return resolution.state, resolution.target


def test_a_headline_nobody_has_waits() -> None:
    assert found() == ("waiting", None)


def test_the_one_article_of_that_headline_is_linked_however_old() -> None:
    assert found(candidate("old", "2019-03-02")) == ("linked", "old")
    assert resolve(LINE, "c", "2026-01-23", [candidate("old", "2019-03-02")]).method == "exact"


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-01-23", "linked"), ("2026-01-24", "linked"), ("2026-01-25", "waiting")],
)
def test_an_article_may_be_dated_the_day_after_and_no_later(day: str, state: str) -> None:
    assert found(candidate("next", day))[0] == state


def test_an_article_is_never_linked_to_itself() -> None:
    assert found(candidate("citing", "2026-01-23")) == ("waiting", None)
    assert found(candidate("citing", "2026-01-23"), candidate("first", "2026-01-01")) == (
        "linked",
        "first",
    )


def test_other_numbers_are_other_news() -> None:
    other = candidate("other", "2026-01-20", "Le port d'Alvéra rouvre après 4 semaines")
    assert found(other) == ("waiting", None)
    assert found(other, candidate("right", "2026-01-02")) == ("linked", "right")


def test_of_several_the_only_one_of_the_last_45_days_is_linked() -> None:
    assert found(candidate("old", "2024-06-01"), candidate("near", "2026-01-10")) == (
        "linked",
        "near",
    )
    # 45 days before 23 January is 9 December.
    assert found(candidate("old", "2024-06-01"), candidate("near", "2025-12-09")) == (
        "linked",
        "near",
    )
    assert found(candidate("old", "2024-06-01"), candidate("far", "2025-12-08")) == (
        "ambiguous",
        None,
    )


def test_two_within_45_days_are_ambiguous() -> None:
    assert found(candidate("a", "2026-01-10"), candidate("b", "2026-01-12")) == ("ambiguous", None)


def test_of_several_none_is_taken_from_the_day_after() -> None:
    assert found(candidate("old", "2024-06-01"), candidate("next", "2026-01-24")) == (
        "ambiguous",
        None,
    )


def test_articles_still_to_come_make_nothing_ambiguous() -> None:
    assert found(candidate("now", "2026-01-20"), candidate("later", "2026-03-01")) == (
        "linked",
        "now",
    )


def test_the_order_of_the_candidates_does_not_matter() -> None:
    lot = [
        candidate("a", "2024-06-01"),
        candidate("b", "2026-01-10"),
        candidate("c", "2026-02-10"),
        candidate("citing", "2026-01-22"),
    ]
    assert {found(*some) for some in permutations(lot)} == {("linked", "b")}


# -- keys and numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "Le port d’Alvéra rouvre après 3 semaines",
        "LE PORT D'ALVERA ROUVRE APRES 3 SEMAINES",
        "« Le port d'Alvéra » rouvre, après 3\u00a0semaines !",
        "Le port d'Alve\u0301ra rouvre apre\u0300s 3 semaines.",
        "Le port dAlvéra rouvre après 3 semaines",
    ],
)
def test_case_accents_and_punctuation_do_not_tell_headlines_apart(written: str) -> None:
    assert headline_key(written) == headline_key(LINE)


def test_ligatures_and_the_vietnamese_d_count_as_plain_letters() -> None:
    assert headline_key("Œuvre ex æquo à Đà Nẵng") == headline_key("Oeuvre ex aequo a Da Nang")


def test_words_tell_headlines_apart() -> None:
    assert headline_key("Le port d'Alvéra ferme") != headline_key("Le port d'Alvéra rouvre")


@pytest.mark.parametrize(
    ("headline", "numbers"),
    [
        ("Les prix montent de 1,2 %", "1.2"),
        ("Les prix montent de 12 %", "12"),
        ("Les prix montent de 1.2 %", "1.2"),
        ("2 400 départs, 2\u202f400 arrivées", "2400 2400"),
        ("1 200 000 habitants", "1200000"),
        ("La bourse de Lune à -1,2 %", "-1.2"),
        ("Reprise (−3 %) en mars", "-3"),
        ("Alvéra-Lune 3-1, saison 2025-2026", "3 1 2025 2026"),
        ("Sans aucun chiffre", ""),
        ("En 2025, 3 usines sur 10", "2025 3 10"),
    ],
)
def test_numbers_are_read_as_readers_do(headline: str, numbers: str) -> None:
    assert headline_numbers(headline) == numbers


@given(st.text(max_size=60))
def test_a_key_is_letters_and_digits_and_the_same_in_capitals(text: str) -> None:
    key = headline_key(text)
    assert key == "" or key.isalnum()
    assert headline_key(f" {text}… ") == key


@given(st.text(max_size=60))
def test_any_headline_answers_to_itself(text: str) -> None:
    same = Candidate("same", "2026-01-20", headline_numbers(text))
    assert resolve(text, "citing", "2026-01-23", [same]).target == "same"


dated = st.tuples(
    st.sampled_from(["a", "b", "c", "citing"]),
    st.dates(min_value=date(2025, 10, 1), max_value=date(2026, 2, 28)),
)


@given(st.lists(dated, max_size=5, unique_by=lambda pair: pair[0]), st.randoms())
def test_a_link_never_depends_on_the_order_of_arrival(lot, rng) -> None:  # type: ignore[no-untyped-def]
    candidates = [candidate(id_, day.isoformat()) for id_, day in lot]
    shuffled = candidates[:]
    rng.shuffle(shuffled)
    assert found(*candidates) == found(*shuffled)
    assert found(*candidates)[1] != "citing"


# -- decorated lines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hung",
    [" | Le Courrier du Vietnam", " - VietnamPlus", " https://journal.example/riz-12", " (15/01/2026)",
     " [15 janvier 2026]", " (15 janvier) - lecourrier.vn"],
)  # fmt: skip
def test_a_line_is_looked_up_without_what_a_page_hung_on_it(hung):
    written = LINE + hung
    assert headline_key(written) == headline_key(LINE)
    link = resolve(written, "c", "2026-01-20", [candidate("a", "2025-02-15")])
    assert (link.state, link.target, link.method) == ("linked", "a", "exact")


def test_a_headline_with_the_same_decoration_comes_first():
    dated, other = f"{LINE} (12 janvier 2026)", f"{LINE} (13 janvier 2026)"
    articles = [
        candidate("a", "2026-01-12", dated),
        candidate("b", "2026-01-13", other),
        candidate("c", "2026-01-14"),
    ]
    assert resolve(other, "z", "2026-01-20", articles).target == "b"
    assert resolve(f"{LINE} (14 janvier 2026)", "z", "2026-01-20", articles).target == "c"
    assert resolve(LINE, "z", "2026-01-20", articles).target == "c"


def test_a_dated_column_is_not_another_days():
    dated = candidate("a", "2026-01-12", f"{LINE} (12 janvier 2026)")
    assert resolve(f"{LINE} (13 janvier 2026)", "z", "2026-01-20", [dated]).state == "waiting"
    assert resolve(LINE, "z", "2026-01-20", [dated]).state == "waiting"


def test_a_decorated_line_may_misquote_too():
    headline = "Les exportations vietnamiennes de riz progressent de 12,8 % en octobre"
    near = [NearCandidate("a", "2026-01-12", headline)]
    written = headline.replace("progressent", "progresent") + " | Le Courrier du Vietnam"
    assert resolve(written, "z", "2026-01-20", [], near).target == "a"


NOTHING_TOLD = (
    *(
        "{} (AFP)",
        "{} [Reuters]",
        "{} (avec AFP)",
        "{} (Xinhua/VNA/CVN)",
        "(TTXVN) {}",
        "{} - Belga",
    ),
    *("HANOÏ (AFP) - {}", "{} (source : AFP)", "{} (theo TTXVN)"),
    *("LIRE AUSSI – {}", "À lire également : {}", "READ ALSO: {}", "See also | {}", "XEM THÊM: {}"),
    *("[Lire aussi] {}", "LIRE AUSSI {}", "Bài liên quan: {}", "Related – {}"),
    *("MAJ 18h30 - {}", "[MAJ à 9h15] {}", "Mis à jour à 18h30 : {}", "Updated 6:30 pm - {}"),
    *("{} (mis à jour le 12 mai à 18h30)", "Cập nhật 18h30: {}", "UPDATE 2-{}", "{} - MAJ 18:30"),
    *("{} (Voir plus)", "{} [Lire la suite]", "{} (Read more…)", "{} » Xem thêm", "{} > Suite"),
    *("{} (abonnés)", "{} (3 min de lecture)", "{} | Le Courrier du Vietnam", "{} - VietnamPlus"),
)


@pytest.mark.parametrize("hung", NOTHING_TOLD)
def test_what_tells_nothing_is_set_aside_on_a_line_and_on_an_article(hung):
    written = hung.format(LINE)
    assert headline_key(written) == headline_key(LINE)
    on_line = resolve(written, "c", "2026-01-20", [candidate("a", "2025-02-15")])
    on_article = resolve(LINE, "c", "2026-01-20", [candidate("a", "2025-02-15", written)])
    assert (
        (on_line.target, on_line.method) == (on_article.target, on_article.method) == ("a", "exact")
    )


@pytest.mark.parametrize(
    "hung",
    ["{} | Le Courrier …", "{} - Le Courrier du V…", "{} | La Gazette de Sar…", "{} | Báo Tin..."],
)
def test_a_sites_name_may_be_cut_off(hung):
    written = hung.format(LINE)
    assert resolve(written, "c", "2026-01-20", [candidate("a", "2025-02-15")]).target == "a"


@pytest.mark.parametrize("hung", ["{} - 12/05/2026", "{} | 12 mai 2026", "12 mai 2026 : {}", "18h30 - {}", "{} (18h30)", "{} (mardi 12 mai)", "AFP - {}"])  # fmt: skip
def test_a_day_or_an_hour_tells_articles_that_bear_one_apart(hung):
    written = hung.format(LINE)
    assert resolve(written, "c", "2026-01-20", [candidate("a", "2025-02-15")]).target == "a"
    bearing = [candidate("a", "2025-02-15", written)]
    assert resolve(LINE, "c", "2026-01-20", bearing).state == "waiting"
    assert resolve(written, "c", "2026-01-20", bearing).target == "a"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Huit marins secourus au large", "8 marins secourus au large"),
        ("Vingt-deux écoles ferment", "22 écoles ferment"),
        ("Neuf morts dans un naufrage", "9 morts dans un naufrage"),
        ("Trois cents pêcheurs en colère", "300 pêcheurs en colère"),
        ("Twelve fishermen rescued", "12 fishermen rescued"),
        ("Ouverture du XIVe congrès", "Ouverture du 14e congrès"),
        ("OUVERTURE DU XIVE CONGRES", "Ouverture du 14ème congrès"),
        ("Une fresque du VIe siècle", "Une fresque du 6ᵉ siècle"),
        ("La Ve République a un musée", "La 5e République a un musée"),
        ("La deuxième ligne de métro", "La 2e ligne de métro"),
        ("The XXth congress opens", "The 20th congress opens"),
        ("Le pape Jean XXIII honoré", "Le pape Jean 23 honoré"),
        ("Décret N°2 sur la pêche", "Décret No2 sur la pêche"),
        ("Décret n° 2 sur la pêche", "Décret numéro 2 sur la pêche"),
        ("Décret № 2 sur la pêche", "Décret No. 2 sur la pêche"),
        ("Nghị quyết số 2 về cá", "Nghị quyết No 2 về cá"),
        ("Madame Orvane en visite", "Mme Orvane en visite"),
        ("Monsieur Marsac en visite", "M. Marsac en visite"),
        ("Docteur Salvi honoré", "Dr Salvi honoré"),
        ("Mademoiselle Trennec élue", "Mlle Trennec élue"),
    ],
)
def test_two_spellings_of_one_number_or_civility_are_equal(one: str, other: str) -> None:
    assert headline_key(one) == headline_key(other)
    assert headline_numbers(one) == headline_numbers(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Le XIVe congrès", "Le 15e congrès"),
        ("Mme Orvane en visite", "M. Orvane en visite"),
        ("La vie des pêcheurs", "La 6e des pêcheurs"),
        ("LA VIE DES PECHEURS", "La 6e des pêcheurs"),
        ("Un stade neuf à Alvéra", "Un stade 9 à Alvéra"),
        ("Xi reçu à Alvéra", "11 reçu à Alvéra"),
        ("Deux cents marins", "2 marins"),
        ("Décret n°2 sur la pêche", "Décret n°12 sur la pêche"),
    ],
)
def test_what_only_looks_like_a_number_is_none(one: str, other: str) -> None:
    assert headline_key(one) != headline_key(other)
