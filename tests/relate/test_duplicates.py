"""One dispatch that several agencies carry is shown once; two dispatches of one affair stay two."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from random import Random

import pytest
from newsdigest.base.records import Article, Block
from newsdigest.base.settings import ParseRules
from newsdigest.read.article import parse_article
from newsdigest.relate.copies import Copy, CopyWindow, containment, leaders, split_pairs
from newsdigest.relate.sketch import sketch

RULES = ParseRules(now=datetime(2026, 2, 1, tzinfo=UTC))

HEADLINE = "Le port d'Alvéra rouvre après trois semaines de fermeture"
LEDE = (
    "Le port d'Alvéra a rouvert mardi matin à tous les navires, trois semaines après la tempête qui"
    " avait couché deux grues sur le quai principal, a annoncé la capitainerie."
)
FERRIES = (
    "Deux ferries ont quitté les quais à midi avec 640 passagers à bord, sous les sirènes des"
    " remorqueurs. La liaison avec les îles Calandes reprendra jeudi, à raison d'un départ par jour"
    " jusqu'à la fin du mois."
)
COST = (
    "Les réparations ont coûté 8,4 millions d'écus, dont la moitié sera prise en charge par le"
    " fonds des catastrophes. Le ministre des Transports, Orso Bellane, avait promis une"
    " réouverture avant la fin de l'année, mais les pièces commandées à l'étranger ont tardé."
)
QUOTE = (
    '"Nous avons travaillé jour et nuit, souvent dans un vent qui nous empêchait de tenir debout",'
    " a raconté Ilona Marsac, qui dirigeait l'équipe des plongeurs."
)
BACKGROUND = (
    "La tempête du 3 janvier, la plus forte depuis 1987, avait fait douze morts dans l'archipel et"
    " privé d'électricité plus de 40.000 foyers pendant quatre jours. Les deux tiers de la flotte"
    " de pêche ont été coulés ou endommagés, et les criées de la côte est n'ont toujours pas"
    " retrouvé leur activité. Le gouvernement a débloqué une aide d'urgence, que les syndicats de"
    " marins jugent très inférieure aux besoins, et promis un plan de modernisation des digues."
)
DISPATCH = (LEDE, FERRIES, COST, QUOTE, BACKGROUND)
HALL = (
    "Le toit de la criée de Port-Mirel s'est effondré dans la nuit de mercredi à jeudi sous le"
    " poids de la neige, sans faire de blessé, ont indiqué les pompiers de la ville, appelés par un"
    " gardien qui avait entendu craquer la charpente.",
    "Le bâtiment de brique, construit en 1911, devait être restauré au printemps. La maire, Tessa"
    " Orvane, a demandé que le marché aux poissons soit installé dès samedi dans l'ancienne gare"
    " maritime, où une centaine d'étals peuvent prendre place.",
)
STRANGER = (
    "Les écoles de la province de Sarmel accueilleront à la rentrée des classes de langue des"
    " signes, ouvertes aux élèves entendants, a décidé le conseil de l'éducation, qui recrutera"
    " cinquante professeurs."
)


def dispatch(*paragraphs: str, headline: str = HEADLINE, credit: str = "AFP") -> bytes:
    raw = "\n\n".join((f"date 2026-01-20 {headline}", *paragraphs, credit))
    article = parse_article(raw.encode(), "fr/depeche.txt", RULES)
    assert isinstance(article, Article)
    return sketch(article)


ORIGINAL = dispatch(*DISPATCH)


def test_another_agency_changes_credit_dateline_and_signs() -> None:
    retyped = [p.replace("'", "’").replace('"', "«") for p in DISPATCH]
    carried = dispatch(f"ALVÉRA (Xinhua) - {retyped[0]}", *retyped[1:], credit="Xinhua/VNA/CVN")
    assert containment(ORIGINAL, carried) > 0.95


def test_a_third_of_the_dispatch_is_a_copy() -> None:
    assert containment(ORIGINAL, dispatch(LEDE, FERRIES)) == 1.0


def test_the_very_words_of_one_line_are_a_copy_and_of_another_line_none() -> None:
    line = "La liaison avec les îles Calandes reprendra jeudi, a annoncé la capitainerie d'Alvéra."
    other = "La liaison avec les îles Calandes est reportée sans date par la capitainerie d'Alvéra."
    assert containment(dispatch(line), dispatch(line, credit="VNA")) == 1.0
    assert containment(dispatch(line), dispatch(other)) == 0.0


def test_an_edited_dispatch_is_a_copy() -> None:
    edited = [
        LEDE.replace("a annoncé", "a fait savoir"),
        FERRIES.replace("sous les sirènes des remorqueurs", "sous les applaudissements"),
        COST.replace("avait promis", "s'était engagé à"),
        BACKGROUND.replace("n'ont toujours pas retrouvé", "attendent de retrouver"),
    ]
    assert containment(ORIGINAL, dispatch(*edited)) > 0.6


def test_paragraphs_on_top_and_inside_are_an_update_even_under_another_headline() -> None:
    updated = dispatch(STRANGER, LEDE, FERRIES, STRANGER[::-1], COST, QUOTE, BACKGROUND)
    assert containment(ORIGINAL, updated) > 0.9
    renamed = dispatch(STRANGER, *DISPATCH, headline="Alvéra : des ferries et des écoles")
    assert containment(ORIGINAL, renamed) > 0.9


def test_a_toll_brought_up_to_date_is_an_update() -> None:
    toll = BACKGROUND.replace("douze morts", "quinze morts")
    assert containment(ORIGINAL, dispatch(LEDE, FERRIES, COST, QUOTE, toll)) > 0.9


def with_figures(*changes: tuple[str, str], headline: str = HEADLINE) -> bytes:
    paragraphs = list(DISPATCH)
    for before, after in changes:
        assert any(before in one for one in (*paragraphs, headline))
        paragraphs = [one.replace(before, after) for one in paragraphs]
        headline = headline.replace(before, after)
    return dispatch(*paragraphs, headline=headline)


@pytest.mark.parametrize(
    "changes",
    [
        (("douze morts", "quinze morts"), ("640 passagers", "702 passagers")),
        (("640 passagers", "655 passagers"), ("40.000 foyers", "63.000 foyers")),
        (("trois semaines", "quatre semaines"), ("douze morts", "seize morts"), ("quatre jours", "six jours")),
        (("8,4 millions", "9,1 millions"), ("douze morts", "vingt morts"), ("40.000", "52.500")),
    ],
)  # fmt: skip
def test_figures_brought_up_to_date_in_text_and_headline_are_an_update(
    changes: tuple[tuple[str, str], ...],
) -> None:
    assert containment(ORIGINAL, with_figures(*changes)) > 0.7


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("fait douze morts", "fait quinze morts"),
        ("fait 12 morts et 40 blessés", "fait 15 morts et 63 blessés"),
        ("fait deux disparus", "fait 14 disparus"),
        ("kills 12", "kills 15"),
    ],
)
def test_a_toll_in_the_headline_is_brought_up_to_date(before: str, after: str) -> None:
    headline = f"La tempête {before} dans l'archipel des Calandes"
    lede = f"La tempête {before} dans l'archipel, selon un bilan des secours."
    first = dispatch(lede, *DISPATCH, headline=headline)
    later = dispatch(
        lede.replace(before, after), *DISPATCH, headline=headline.replace(before, after)
    )
    assert containment(first, later) > 0.9


@pytest.mark.parametrize(
    "changes",
    [
        (("mardi matin", "samedi matin"), ("reprendra jeudi", "reprendra lundi"), ("du 3 janvier", "du 9 janvier"), ("Orso Bellane", "Tessa Orvane")),
        (("d'Alvéra", "de Sarmel"), ("Orso Bellane", "Tessa Orvane"), ("Ilona Marsac", "Pol Trennec")),
        (("du 3 janvier", "du 11 janvier"), ("depuis 1987", "depuis 1999"), ("mardi", "vendredi"), ("640", "655")),
    ],
)  # fmt: skip
def test_the_same_text_with_other_days_and_names_is_another_dispatch(
    changes: tuple[tuple[str, str], ...],
) -> None:
    assert containment(ORIGINAL, with_figures(*changes)) == 0.0


@pytest.mark.parametrize(
    "lede",
    [
        "Les navires sont de nouveau admis dans le bassin principal, a fait savoir la capitainerie.",
        "Grand soulagement chez les marins : on décharge, on peint et on chante depuis ce matin.",
        "C'est sous un ciel bas que les amarres ont été larguées, devant une foule silencieuse.",
        "Plus rien ne gêne le passage des bateaux dans la rade, assurent les autorités portuaires.",
    ],
)
def test_a_first_sentence_written_anew_leaves_a_copy(lede: str) -> None:
    assert containment(ORIGINAL, dispatch(lede, *DISPATCH[1:])) > 0.6


@pytest.mark.parametrize("seed", range(4))
def test_a_dispatch_of_which_every_seventh_word_was_edited_is_a_copy(seed: int) -> None:
    draw = Random(seed)
    edited = [
        " ".join(
            word if at % 7 != seed or not word.islower() else draw.choice(WORDS)
            for at, word in enumerate(paragraph.split())
        )
        for paragraph in DISPATCH
    ]
    assert containment(ORIGINAL, dispatch(*edited)) > 0.38


def test_another_event_with_the_same_background_is_no_copy() -> None:
    other = dispatch(*HALL, BACKGROUND, headline="Le toit de la criée de Port-Mirel s'effondre")
    assert containment(dispatch(LEDE, FERRIES, BACKGROUND), other) == 0.0


WORDS = (
    *("maison", "forêt", "rivière", "montagne", "chemin", "lumière", "ombre", "silence", "pierre"),
    *("sable", "vague", "vent", "orage", "pluie", "neige", "soleil", "jardin", "marché", "moulin"),
    *("boulanger", "tonneau", "charpente", "écluse", "barque", "filet"),
)


def prose(seed: int, words: int) -> str:
    """A paragraph without a name or a figure."""
    random = Random(seed)
    return f"Ici {' '.join(random.choice(WORDS) for _ in range(words))}."


def test_two_texts_that_begin_otherwise_are_two_though_most_is_background() -> None:
    background = [prose(seed, 60) for seed in range(4)]
    one = dispatch(prose(100, 50), *background, headline="Le toit de la criée tombe")
    other = dispatch(prose(200, 50), *background, headline="Des classes nouvelles ouvrent ailleurs")
    assert containment(one, other) == 0.0
    assert containment(dispatch(*background), one) > 0.9


def test_a_larger_dispatch_that_begins_otherwise_holds_the_smaller_whichever_comes_first() -> None:
    larger = dispatch(
        *(STRANGER, LEDE, FERRIES, COST, BACKGROUND),
        headline="Sarmel ouvre des classes, Alvéra des quais",
    )
    assert 0.8 < containment(ORIGINAL, larger) < 0.9
    assert containment(larger, ORIGINAL) == containment(ORIGINAL, larger)


def test_the_same_quotation_makes_no_copy() -> None:
    one = dispatch(LEDE, QUOTE, FERRIES)
    assert containment(one, dispatch(HALL[0], QUOTE, HALL[1], headline="Port-Mirel")) == 0.0


def test_a_brief_is_no_copy_of_the_synthesis_that_retells_it() -> None:
    brief = dispatch(LEDE, headline="Réouverture à Alvéra")
    synthesis = dispatch(*HALL, STRANGER, *DISPATCH, headline="Le point sur la côte est")
    assert containment(brief, synthesis) == 0.0


def weather(day: str, *degrees: int) -> bytes:
    cities = ("Alvéra", "Port-Mirel", "Sarmel", "Saint-Orens")
    lines = [
        f"À {city}, le ciel sera nuageux le matin et le thermomètre affichera {value} degrés"
        " dans l'après-midi, avec un vent modéré de secteur ouest."
        for city, value in zip(cities, degrees, strict=True)
    ]
    first = f"Voici les prévisions de l'office météorologique pour la journée de {day}."
    return dispatch(first, *lines, headline=f"La météo de {day}")


def test_a_report_with_other_figures_is_another_report() -> None:
    monday = weather("lundi 19 janvier", 7, 9, 12, 8)
    assert containment(monday, weather("mardi 20 janvier", 6, 11, 13, 10)) == 0.0
    assert containment(monday, weather("lundi 19 janvier", 7, 9, 12, 8)) == 1.0


RACES = (
    "La Coupe du monde de patinage de vitesse se dispute sur six étapes, de novembre à mars, et les"
    " vingt meilleurs patineurs de chaque distance sont qualifiés pour la finale, qui attribue une"
    " fois et demie plus de points que les autres étapes. Les épreuves sont retransmises en direct."
)


def skating(place: str, winner: str, points: int, day: str) -> bytes:
    first = f"{winner} a remporté {day} l'épreuve de {place} et compte {points} points, devant"
    return dispatch(
        f"{first} les deux favoris de la saison.",
        RACES,
        headline=f"Patinage : la course de {place}",
    )


@pytest.mark.parametrize(
    "other",
    [
        skating("Sarmel", "Tessa Orvane", 410, "samedi"),
        skating("Port-Mirel", "Tessa Orvane", 410, "samedi"),
        skating("Sarmel", "Ilona Marsac", 390, "samedi"),
        skating("Port-Mirel", "Ilona Marsac", 390, "dimanche"),
    ],
)
def test_results_that_share_their_boilerplate_are_two(other: bytes) -> None:
    assert containment(skating("Alvéra", "Ilona Marsac", 330, "samedi"), other) == 0.0


def test_a_standing_notice_below_two_briefs_is_no_copy() -> None:
    notice = (
        "Cet article a été mis à jour. Retrouvez toute l'actualité de la région dans notre lettre"
        " du matin, envoyée chaque jour à six heures à nos abonnés."
    )
    assert containment(dispatch(STRANGER, notice), dispatch(HALL[0], notice, headline="x")) == 0.0


def test_vietnamese_is_compared_syllable_by_syllable() -> None:
    first = (
        "Cảng Hải Phong mở cửa trở lại vào sáng thứ ba sau ba tuần đóng cửa vì bão lớn, theo thông"
        " báo của ban quản lý cảng. Hai tàu khách đã rời bến lúc mười hai giờ trưa."
    )
    second = (
        "Sở giáo dục thành phố cho biết các trường học sẽ tổ chức lớp học ngôn ngữ ký hiệu từ"
        " tháng chín năm nay. Năm mươi giáo viên mới sẽ được tuyển dụng trong mùa hè."
    )
    assert containment(dispatch(first, second), dispatch(first, second, credit="VNA")) == 1.0
    assert containment(dispatch(first), dispatch(second)) == 0.0


def test_other_scripts_are_compared_too() -> None:
    text = "Порт Альверы вновь открыт для всех судов через три недели после сильной бури."
    signs = "阿尔韦拉港口周二上午在关闭三周后重新向所有船只开放港务局宣布修复工程耗资八百万"
    assert containment(dispatch(text), dispatch(text)) == 1.0
    assert containment(dispatch(signs), dispatch(signs)) == 1.0
    assert containment(dispatch(signs), dispatch(signs[::-1])) == 0.0


def test_too_few_words_are_never_compared() -> None:
    assert dispatch("Le port est rouvert.") == b""
    assert containment(b"", ORIGINAL) == 0.0


def test_captions_count_only_for_an_article_of_pictures() -> None:
    article = parse_article(f"date 2026-01-20 {HEADLINE}\n\n{LEDE}".encode(), "fr/a.txt", RULES)
    assert isinstance(article, Article)
    pictures = Article(
        id="p",
        path="p.txt",
        headline=HEADLINE,
        published=article.published,
        date_precision="day",
        lang="fr",
        blocks=(Block("photo", caption=LEDE),),
    )
    assert containment(sketch(article), sketch(pictures)) == 1.0


def test_a_sketch_is_small_and_the_same_everywhere() -> None:
    long = sketch_of(" ".join(f"mot{n} et Nom{n} {n}" for n in range(5000)))
    assert len(ORIGINAL) < 410
    assert len(long) < 410
    assert sketch_of("un deux trois quatre cinq six sept huit neuf dix onze Douze").hex() == FROZEN


def sketch_of(text: str) -> bytes:
    published = datetime(2026, 1, 20, tzinfo=UTC)
    blocks = (Block("paragraph", text),)
    return sketch(Article("a", "a.txt", "Un titre", published, "day", "fr", blocks))


FROZEN = (
    "09000109090001b4b929192f895fd67e5342a1b775d19b237fe50b1a9376"
    "8e542169f8fa5c1775d19b237fe50b1a93768e542169f8fa5c17"
)


@pytest.mark.parametrize(
    "text",
    [
        "mot " * 400_000,
        "a" + "\u0301\u0323" * 300_000,
        "1,2 " * 300_000,
        "新华社" * 200_000,
        "A." * 500_000,
    ],
)
def test_hostile_texts_take_no_longer(text: str) -> None:
    began = time.process_time()
    sketch_of(text)
    assert time.process_time() - began < 5


def order(id_: str, day: int) -> tuple[str, str]:
    return (f"{date(2026, 1, 1) + timedelta(day)}T00:00", id_)


@pytest.mark.parametrize(("day", "copy"), [(0, "a"), (3, "a"), (4, None)])
def test_a_copy_is_at_most_three_days_later(day: int, copy: str | None) -> None:
    window = CopyWindow()
    window.add(order("a", 0), ORIGINAL)
    found = window.best(order("b", day), ORIGINAL)
    assert found == (Copy(copy, 1.0) if copy else None)


def test_the_earlier_of_one_day_is_the_one_of_the_smaller_id() -> None:
    window = CopyWindow()
    window.add(order("m", 0), ORIGINAL)
    assert window.best(order("z", 0), ORIGINAL) == Copy("m", 1.0)
    assert window.best(order("a", 0), ORIGINAL) is None


def test_the_answer_does_not_depend_on_arrival() -> None:
    part = dispatch(LEDE, FERRIES.replace("passagers", "voyageurs"), QUOTE)
    texts = {order("cut", 0): part, order("first", 1): ORIGINAL, order("second", 2): ORIGINAL}
    for arrival in permutations(texts):
        window = CopyWindow()
        for one in arrival:
            window.add(one, texts[one])
        assert window.best(order("late", 3), ORIGINAL) == Copy("first", 1.0)
        assert window.best(order("first", 1), ORIGINAL) == Copy("cut", containment(part, ORIGINAL))


def test_days_forgotten_are_those_out_of_reach() -> None:
    window = CopyWindow()
    window.add(order("a", 0), ORIGINAL)
    window.forget_before("2026-01-04")
    assert window.best(order("b", 3), ORIGINAL) == Copy("a", 1.0)
    window.forget_before("2026-01-05")
    assert window.best(order("b", 3), ORIGINAL) is None


def test_a_pair_that_editors_split_is_passed_over_for_the_next_best() -> None:
    window = CopyWindow()
    window.add(order("a", 0), ORIGINAL)
    window.add(order("b", 0), dispatch(LEDE, FERRIES))
    assert window.best(order("c", 1), ORIGINAL, split_pairs([("c", "a")])) == Copy("b", 1.0)


def test_copies_of_copies_follow_the_first() -> None:
    assert leaders({"c": "b", "b": "a", "z": "y"}) == {"b": "a", "c": "a", "z": "y"}


def test_an_article_split_from_its_leader_leads_its_own_copies() -> None:
    split = split_pairs([("c", "a")])
    assert leaders({"b": "a", "c": "b", "d": "c"}, split) == {"b": "a", "d": "c"}


def test_leaders_are_the_same_in_any_order() -> None:
    copies = {f"{n:03}": f"{n - 1 - n % 3:03}" for n in range(3, 200)}
    split = split_pairs([("150", "050"), ("120", "119"), ("180", "005")])
    expected = leaders(copies, split)
    for seed in range(5):
        shuffled = sorted(copies.items())
        Random(seed).shuffle(shuffled)
        assert leaders(dict(shuffled), split) == expected


def test_a_chain_of_100_000_copies_takes_no_longer() -> None:
    copies = {f"{n}": f"{n - 1}" for n in range(1, 100_000)}
    began = time.process_time()
    assert set(leaders(copies).values()) == {"0"}
    assert time.process_time() - began < 3
