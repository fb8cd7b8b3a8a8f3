"""A `>>` line that is not quite the headline: linked when it can mean nothing else."""

from __future__ import annotations

from dataclasses import astuple
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdigest.base.link_reasons import Cause, Change, Difference, LinkReason
from newsdigest.base.records import Resolution
from newsdigest.relate.links import (
    MOST_NEAR,
    NearCandidate,
    posting_words,
    probe_words,
    reaches,
    resolve,
    window,
)

DAY = "2026-01-23"
FLAGGED = LinkReason(Cause.DIFFERENCES, differences=(Difference(Change.FLAG),))
RICE = "Les exportations de riz en hausse de 12,8 % en octobre"
PORT = "Le port d'Alvéra rouvre aux chalutiers de la région"


def near(*headlines: str, day: str = "2026-01-20") -> list[NearCandidate]:
    return [NearCandidate(f"a{n}", day, headline) for n, headline in enumerate(headlines)]


def found(line: str, *headlines: str) -> Resolution:
    return resolve(line, "citing", DAY, [], near(*headlines))


def why(line: str, headline: str) -> str:
    """The reason of the link, "" for a line left as text."""
    resolution = found(line, headline)
    differences = resolution.reason.differences if resolution.state == "linked" else ()
    return ", ".join(" ".join(filter(None, astuple(one))) for one in differences)


# -- what may differ -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"EN DIRECT : {PORT}", "flag"),
        (f"VIDÉO - {PORT}", "flag"),
        (f"[Reportage] {PORT}", "flag"),
        (f"{PORT} (mise à jour)", "flag"),
        (f"ALERTE {PORT}", "flag"),
        ("Le port d'Alvéra rouvre aux chalutiers de…", "truncated"),
        ("Le port d'Alvéra rouvre aux chalu...", "truncated"),
        ("Port d'Alvéra rouvre aux chalutiers de la région", "function-word le"),
        ("Le port d'Alvéra rouvre à des chalutiers de la région", "function-word a aux"),
        ("Le port d'Alvéra rouvre au chalutier de la région", "inflection chalutier chalutiers"),
        ("Le port d'Alvéra rouvre aux chaltuiers de la région", "typo chaltuiers chalutiers"),
        ("Le port d'Alvéra rouvre aux chalutiers de la réegion", "typo reegion region"),
    ],
)
def test_what_changes_nothing_is_linked_and_named(line: str, reason: str) -> None:
    assert reason in why(line, PORT)


def test_a_flag_may_stand_on_the_article_alone() -> None:
    assert why(PORT, f"VIDÉO : {PORT}") == "flag"


def test_two_different_flags_are_two_pieces() -> None:
    assert why(f"ENTRETIEN : {PORT}", f"REPORTAGE : {PORT}") == ""


def test_the_parts_around_a_colon_may_change_places() -> None:
    assert why("La récolte double en un an : riz", "Riz : la récolte double en un an") == (
        "parts-swapped"
    )
    # Two matches.
    assert why("Alvéra - Port-Lune-sur-Mer", "Port-Lune-sur-Mer - Alvéra") == ""


def test_a_light_word_may_be_left_out_and_none_added() -> None:
    told = "Le pont des Tanneurs officiellement ouvert à la circulation"
    less = "Le pont des Tanneurs ouvert à la circulation"
    assert why(less, told) == "word-dropped officiellement"
    assert why(told, less) == ""


def test_two_slips_are_forgiven_in_a_long_headline_only() -> None:
    told = "Les pêcheurs de la région demandent une réunion urgente avec les assureurs"
    assert "typo" in why(told.replace("région", "régoin").replace("réunion", "réunoin"), told)
    assert why("La régoin et la réunoin", "La région et la réunion") == ""


# -- what may not --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "twin",
    [
        RICE.replace("12,8", "12,9"),
        RICE.replace("12,8", "1,28"),
        RICE.replace("12,8", "-12,8"),
        RICE.replace("octobre", "novembre"),
        RICE.replace("hausse", "baisse"),
        RICE.replace("riz", "café"),
        RICE.replace("exportations", "importations"),
        RICE.replace("en octobre", "avant octobre"),
        RICE + " à Hanoï",
        RICE.replace("riz", "riz parfumé"),
    ],
)
def test_a_twin_of_the_same_pattern_is_other_news(twin: str) -> None:
    assert why(RICE, twin) == ""
    assert why(twin, RICE) == ""


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Le port d'Alvéra ouvre aux chalutiers de la région", PORT),
        ("Le port d'Alvira rouvre aux chalutiers de la région", PORT),
        ("Le port rouvre aux chalutiers de la région", PORT),
        ("Jean Marquel élu maire de la commune voisine", "Jean Marquet élu maire de la commune voisine"),
        ("Accord de pêche entre l'Iran et ses voisins", "Accord de pêche entre l'Irak et ses voisins"),
        ("Les députés votent pour la réforme du port", "Les députés votent contre la réforme du port"),
        ("Les députés votent la réforme du port", "Les députés votent pour la réforme du port"),
        ("Le ministre ira au sommet de la pêche", "Le ministre n'ira pas au sommet de la pêche"),
        ("L'ex-président du syndicat des pêcheurs", "Le président du syndicat des pêcheurs"),
        ("Le port ouvrira aux chalutiers de la région", "Le port ouvre aux chalutiers de la région"),
        ("Deux marins blessés dans un naufrage au large", "Dix marins blessés dans un naufrage au large"),
        ("La finale du tournoi régional féminin de judo", "La finale du tournoi régional de judo"),
    ],
)  # fmt: skip
def test_a_turn_or_a_name_tells_news_apart(line: str, headline: str) -> None:
    assert why(line, headline) == ""
    assert why(headline, line) == ""


def test_a_known_name_misspelt_is_that_name() -> None:
    told = "Le Premier ministre du Cambodge reçu par ses voisins"
    assert why(told.replace("Cambodge", "Cambdoge"), told) == "typo cambdoge cambodge"
    # Two unknown names are two people, whatever they share.
    told = "Pol Maravec reçu par les pêcheurs de la région"
    assert why(told.replace("Maravec", "Maravoc"), told) == ""


def test_numbers_come_in_the_same_order() -> None:
    assert (
        why(
            "De 12 à 15 chalutiers dans le nouveau port",
            "De 15 à 12 chalutiers dans le nouveau port",
        )
        == ""
    )


# -- cut lines -----------------------------------------------------------------------------------


def test_a_cut_line_keeps_four_words() -> None:
    told = "Pourparlers rompus sur la pêche au thon rouge"
    assert why("Pourparlers rompus sur la…", told) == "truncated"
    assert why("Pourparlers rompus sur…", told) == ""


def test_a_cut_line_that_two_articles_begin_with_is_ambiguous() -> None:
    line = "Les exportations de riz en hausse de…"
    resolution = found(line, RICE, RICE.replace("12,8", "3,1").replace("octobre", "mars"))
    assert (resolution.state, resolution.reason) == ("ambiguous", LinkReason(Cause.ALIKE, 2))


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (RICE, RICE[:-7] + "novembre"),
        (PORT, PORT.replace("de la région", "de Port-Lune")),
        ("Le pont des Tanneurs ouvert à la circulation", "Le pont des Tanneurs ouvert dimanche"),
        ("La halle rouvre ses portes au public", "La halle rouvre ses portes à 12 marchands"),
    ],
)
def test_of_two_that_begin_so_the_one_with_a_plainer_end_is_not_taken(
    line: str, other: str
) -> None:
    words = line.split()
    kept = sum(one == two for one, two in zip(words, other.split(), strict=False))
    cut = " ".join(words[:kept]) + "…"
    assert found(cut, line, other).state == "ambiguous"


@pytest.mark.parametrize(
    "headline",
    [
        RICE,  # a number and a month
        "Le Premier ministre reçoit les pêcheurs à Alvéra",
        "Les députés adoptent la loi sur les ports contre l'avis du gouvernement",
        "Un incendie ravage la criée et fait 3 morts",
        "La finale du tournoi est reportée à dimanche",
        "Le musée de la mer fermé sans date de retour",
    ],
)
def test_a_line_is_not_believed_where_a_twin_may_differ_in_what_is_cut_off(headline: str) -> None:
    assert why(" ".join(headline.split()[:5]) + "…", headline) == ""


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Les pêcheurs de la région demandent une réunion…", "Les pêcheurs de la région demandent une réunion urgente avec les assureurs"),
        ("Le port d'Alvéra rouvre aux…", PORT),
        ("Une fresque oubliée retrouvée sous [...]", "Une fresque oubliée retrouvée sous les planches du vieux théâtre"),
        ("Les litiges de voisinage se règlent mi…", "Les litiges de voisinage se règlent mieux autour d'un café"),
    ],
)  # fmt: skip
def test_a_line_is_believed_where_what_is_cut_off_tells_nothing(line: str, headline: str) -> None:
    assert why(line, headline) == "truncated"


def test_a_line_that_lacks_next_to_nothing_may_lack_a_month() -> None:
    told = "Les exportations vietnamiennes de riz parfumé progressent encore de 12,8 % en mai"
    assert why(told[:-4] + "…", told) == "truncated"
    assert why(told[:-4], told) == ""  # it does not say that it is cut


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Accord sur la pêche entre la France et l'Alle", "Accord sur la pêche entre la France et l'Allemagne"),
        ("Les pêcheurs de thon attendus demain à Port-Lu", "Les pêcheurs de thon attendus demain à Port-Lune"),
        ("Le prix de la mer remis à Ilona Mar", "Le prix de la mer remis à Ilona Marsac"),
        ("Une mission des assureurs est attendue à Hano", "Une mission des assureurs est attendue à Hanoï"),
    ],
)  # fmt: skip
def test_an_unmarked_line_is_never_cut_within_a_name(line: str, headline: str) -> None:
    assert "truncated" not in why(line, headline)


@pytest.mark.parametrize(
    "headline",
    [
        "La récolte double",
        "Le point sur la situation",
        "Les écoles ferment leurs portes",
        "Grève des bus",
    ],
)
def test_a_short_headline_that_names_nothing_is_quoted_exactly_or_not_at_all(headline: str) -> None:
    function_word = headline.replace("La ", "Une ").replace("Le ", "Un ").replace("Les ", "Des ")
    assert why(function_word.replace("des bus", "de bus"), headline) == ""
    assert why(f"EN DIRECT : {headline}", headline) == "flag"


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Les maires marchent pour le nouveau port de pêche", "Les maires marchent sur le nouveau port de pêche"),
        ("Un festival avec les pêcheurs de la côte", "Un festival sans les pêcheurs de la côte"),
        ("Un plan contre la pêche au large de la côte", "Un plan pour la pêche au large de la côte"),
        ("The mayor votes for the new harbour plan", "The mayor votes against the new harbour plan"),
        ("Les élus malgré la réforme du port de pêche", "Les élus et la réforme du port de pêche"),
    ],
)  # fmt: skip
def test_for_against_and_without_turn_the_news(line: str, headline: str) -> None:
    assert why(line, headline) == ""
    assert why(headline, line) == ""


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Mme Dorval reçue par le maire de la ville", "Dorval reçue par le maire de la ville"),
        ("Marsac nommé ambassadeur à Alvéra", "M. Marsac nommé ambassadeur à Alvéra"),
        ("Le maire reçoit Mlle Orvane au vieux port", "Le maire reçoit Orvane au vieux port"),
        ("La visite de Dr Salvi au musée de la mer", "La visite de Salvi au musée de la mer"),
    ],
)
def test_a_civility_may_be_missing(line: str, headline: str) -> None:
    assert why(line, headline).startswith("function-word")


def test_one_civility_is_not_the_other() -> None:
    told = "Le maire reçoit Mme Orvane au vieux port"
    assert why(told.replace("Mme", "M."), told) == ""
    assert why(told.replace("Mme", "Mlle"), told) == ""


def test_a_number_cut_within_is_no_beginning() -> None:
    assert why("Les exportations de riz en hausse de 12…", RICE) == ""
    assert why("Les exportations de riz en hausse de 12", RICE) == ""


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Le port d'Alvéra rouvre aux chalutiers de la", "truncated"),
        ("Le port d'Alvéra rouvre aux chaluti", "truncated"),
        ("Le port d'Alvéra rouvre", ""),  # a headline of its own, perhaps
    ],
)
def test_a_line_that_does_not_say_it_is_cut_must_look_so(line: str, reason: str) -> None:
    assert why(line, PORT) == reason


def test_a_longer_name_is_no_unmarked_end() -> None:
    line = "Une mission des pêcheurs attendue en Guinée"
    assert why(line, f"{line} équatoriale") == ""


# -- which articles are asked --------------------------------------------------------------------

LINE = f"EN DIRECT : {PORT}"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-12-08", "waiting"),
        ("2025-12-09", "linked"),
        ("2026-01-23", "linked"),
        ("2026-01-24", "waiting"),
    ],
)
def test_only_the_45_days_before_are_searched(day: str, state: str) -> None:
    assert resolve(LINE, "citing", DAY, [], near(PORT, day=day)).state == state
    assert window(DAY) == ("2025-12-09", "2026-01-23")


def test_an_article_never_means_itself() -> None:
    assert resolve(LINE, "a0", DAY, [], near(PORT)).state == "waiting"


def test_two_that_would_do_are_ambiguous() -> None:
    assert (
        found("Port d'Alvéra rouvre aux chalutiers de la région", PORT, PORT).state == "ambiguous"
    )


def test_the_very_words_under_a_flag_come_before_words_that_differ() -> None:
    other = PORT.replace("aux chalutiers", "à des chalutiers")
    assert found(LINE, other, PORT).target == "a1"


def test_a_crowd_is_ambiguous_never_searched_in_part() -> None:
    crowd = [NearCandidate(f"c{n}", "2026-01-10", PORT + " lundi") for n in range(MOST_NEAR)]
    target = near(PORT)
    assert resolve(LINE, "citing", DAY, [], [*crowd[1:], *target]).target == "a0"
    found = resolve(LINE, "citing", DAY, [], [*crowd, *target])
    assert (found.state, found.reason) == ("ambiguous", LinkReason(Cause.TOO_MANY, 500))


@pytest.mark.parametrize("line", ["", "…", "?" * 5000, "a " * 5000, "1 000 " * 5000, ". " * 5000])
def test_a_hostile_line_stays_text(line: str) -> None:
    assert found(line, PORT, line).state == "waiting"


def test_a_headline_is_filed_under_few_words() -> None:
    assert len(posting_words(PORT)) <= 10
    assert len(posting_words(" ".join(f"mot{chr(97 + n)}" for n in range(40)))) == 10
    assert len(probe_words(PORT)) <= 6


_WORDS = st.sampled_from(
    str.split(
        "le la de du à port Alvéra Hanoï ouvre rouvre chalutiers chalutier chaltuiers réunion réunions"
        " 12 13 octobre hausse baisse région pêche : … EN DIRECT pas officiellement"
    )
)
_HEADLINES = st.lists(_WORDS, min_size=3, max_size=9).map(" ".join)


@given(st.lists(_HEADLINES, min_size=1, max_size=12), st.data())
def test_asking_every_article_finds_what_asking_those_reached_does(headlines, data) -> None:  # type: ignore[no-untyped-def]
    line = data.draw(st.one_of(_HEADLINES, st.sampled_from(headlines)))
    if data.draw(st.booleans()):
        words = line.split()
        del words[data.draw(st.integers(0, len(words) - 1))]
        line = " ".join(words)
    all_near = near(*headlines)
    probe = probe_words(line)
    reached = [one for one in all_near if reaches(probe, posting_words(one.headline))]
    asked_all = resolve(line, "citing", DAY, [], all_near)
    assert resolve(line, "citing", DAY, [], reached) == asked_all
    assert resolve(line, "citing", DAY, [], all_near[::-1]) == asked_all


def test_the_order_of_the_candidates_does_not_matter() -> None:
    lot = near(PORT, RICE, PORT + " lundi", "Le port d'Alvéra ferme")
    assert {resolve(LINE, "citing", DAY, [], some) for some in permutations(lot)} == {
        Resolution(LINE, "linked", "a0", "fuzzy", FLAGGED)
    }
