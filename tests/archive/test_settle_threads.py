"""What ties articles together, after an edit: every page that shows the tie is made again."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import newsdigest.archive.ties
import newsdigest.archive.update.stories
import pytest
from derived import derived
from newsroom import Newsroom, article

# A dispatch long enough to be known again under another headline.
DISPATCH = (
    "Le journal de bord de la frégate Aurélie a été retrouvé dans les réserves du musée maritime"
    " de Belrive, où il dormait depuis deux siècles entre des rouleaux de cordage et des caisses de"
    " vaisselle, a annoncé la conservatrice, qui montrera les premières pages au printemps."
)
# Three dispatches of one affair, in other words each time.
TRAMWAY = [
    "Le tramway de Corvanne a déraillé mardi dans le quartier des Tanneries : douze blessés.",
    "À Corvanne, la régie promet une enquête sur le tramway sorti de ses rails aux Tanneries.",
    "Aux Tanneries, le tramway de Corvanne reprendra jeudi, disent les syndicats de la régie.",
    "La régie de Corvanne remplace des rails : pas de tramway aux Tanneries avant lundi.",
]
SAFFRON = [
    "La récolte de safran de Lorvat est noyée par les pluies, dit la coopérative des collines.",
    "À Lorvat, la coopérative demande une aide pour les planteurs de safran des collines.",
    "Le safran des collines de Lorvat double de prix, la coopérative craint une pénurie.",
]


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def agrees(newsroom: Newsroom) -> bool:
    """Whether the site, and what is known of the archive, are those of a clean build."""
    clean = newsroom.clean_build()
    known, anew = (
        derived(newsroom.folder / cache / "archive.sqlite") for cache in ("cache", "clean/cache")
    )
    return newsroom.site == clean and known == anew


def page(newsroom: Newsroom, path: str) -> str:
    return newsroom.site[path].decode()


def write_between(newsroom: Newsroom, *dates: str) -> None:
    """Articles on nothing: those around them are no neighbours, made again for that alone."""
    for date in dates:
        newsroom.write(f"entre-{date}.txt", article(f"Entre deux {date}", date))


def write_story(newsroom: Newsroom, name: str, texts: list[str], first: str, headline: str) -> None:
    """One dispatch a day from the first on, which has the headline."""
    for number, text in enumerate(texts):
        day = f"{first[:8]}{int(first[8:]) + number:02}"
        title = f"{name} {'abcd'[number]}" if number else headline
        newsroom.write(f"{name}-{number}.txt", article(title, day, text))


# -- copies ----------------------------------------------------------------------------------------


def test_a_leader_no_longer_names_a_copy_that_was_withdrawn(newsroom: Newsroom) -> None:
    """Though another copy by the same agency remains."""
    newsroom.write("a.txt", article("La frégate retrouvée", "2026-01-05", DISPATCH))
    newsroom.write("b.txt", article("Un journal de bord", "2026-01-06", DISPATCH))
    newsroom.write("c.txt", article("Le musée de Belrive exulte", "2026-01-06", DISPATCH))
    write_between(newsroom, "2026-01-05 20:00")
    newsroom.build()
    assert "exulte" in page(newsroom, "2026/01/05/la-fregate-retrouvee.html")
    (newsroom.content / "c.txt").unlink()
    newsroom.build()
    assert "exulte" not in page(newsroom, "2026/01/05/la-fregate-retrouvee.html")
    assert agrees(newsroom)


def test_what_an_agency_sent_again_is_no_other_agencys_copy(newsroom: Newsroom) -> None:
    text = article("Un journal de bord", "2026-01-05", DISPATCH)
    newsroom.write("a.txt", text)
    newsroom.write("b.txt", article("Un journal de bord", "2026-01-06", DISPATCH + " À suivre."))
    newsroom.write(
        "c.txt", text.replace("2026-01-05", "2026-01-06").replace("AFP/VNA/CVN", "Xinhua")
    )
    newsroom.build()
    day = page(newsroom, "2026/01/05/index.html")
    assert re.findall(r"meta=(.*?),\n", day) == ["'AFP/VNA/CVN · même dépêche\\xa0: Xinhua'"]
    assert "2026/01/06/index.html" not in newsroom.site


FIRST = (
    "Un incendie a détruit lundi l'entrepôt de grains du port de Belrive, où douze ouvriers ont été"
    " blessés.\n\nLe feu a pris vers 6 heures dans un silo, selon la préfecture, et s'est étendu au"
    " quai voisin que les pompiers ont fait évacuer.\n\nLe maire a demandé aux habitants du quartier de"
    " garder leurs fenêtres fermées jusqu'au soir."
)
SECOND = FIRST.replace("douze ouvriers", "quatorze ouvriers") + (
    " Une enquête a été confiée au parquet de Valmont, qui soupçonne une étincelle de soudure."
)
RENEWED = article("Belrive : quatorze blessés au port", "2026-01-05T14:20", SECOND)
HEADLINE = article("Belrive : douze blessés au port", "2026-01-05T12:05", FIRST)


def test_the_newest_version_of_a_dispatch_stands_in_lists_and_says_what_it_adds(
    newsroom: Newsroom,
) -> None:
    newsroom.write("a.txt", HEADLINE)
    newsroom.build()
    newsroom.write("b.txt", RENEWED)
    newsroom.build()
    day = page(newsroom, "2026/01/05/index.html")
    assert "/2026/01/05/belrive-douze-blesses-au-port.html" in day
    assert "belrive-quatorze" not in day
    assert "quatorze blessés" in day
    assert "douze ouvriers" not in day
    assert "mis à jour à 14" in day
    assert "Une enquête a été confiée au parquet de Valmont" in day
    changed = re.findall(
        r"douze-blesses-au-port.html</loc>\n<lastmod>(.*?)<", page(newsroom, "sitemaps/2026-01.xml")
    )
    assert changed == ["2026-01-05T13:20:00+00:00"]
    assert agrees(newsroom)


def test_the_newest_version_stands_at_the_first_ones_address_and_the_first_is_its_copy(
    newsroom: Newsroom,
) -> None:
    newsroom.write("b.txt", RENEWED)
    newsroom.write("a.txt", HEADLINE)
    newsroom.build()
    first = page(newsroom, "2026/01/05/belrive-douze-blesses-au-port.html")
    assert "\nheadline='Belrive\\xa0: quatorze blessés au port'" in first
    assert "quatorze ouvriers" in first
    assert "text='douze" in first  # in what the first version said otherwise
    (copies,) = re.findall(r"copies=\((.*?)\),\n", first)
    assert copies == ""
    (newsroom.content / "b.txt").unlink()
    newsroom.build()
    first = page(newsroom, "2026/01/05/belrive-douze-blesses-au-port.html")
    assert "quatorze" not in first + page(newsroom, "2026/01/05/index.html")
    assert agrees(newsroom)


def test_a_copy_no_longer_links_a_name_that_no_listed_article_has(newsroom: Newsroom) -> None:
    named = f"{DISPATCH}\n\nLe ministre Anna Korvat a rencontré la presse lundi."
    newsroom.write("a.txt", article("La frégate retrouvée", "2026-01-05", DISPATCH))
    newsroom.write("b.txt", article("Un journal de bord", "2026-01-06", named))
    for name in ("c", "d"):
        text = f"Le ministre Anna Korvat a parlé du pont {name}."
        newsroom.write(f"{name}.txt", article(f"Le pont {name}", "2025-11-05", text))
    newsroom.build()
    assert "/entites/anna-korvat/" in page(newsroom, "2026/01/06/un-journal-de-bord.html")
    for name in ("c", "d"):
        (newsroom.content / f"{name}.txt").unlink()
    newsroom.build()
    assert "/entites/anna-korvat/" not in page(newsroom, "2026/01/06/un-journal-de-bord.html")
    assert agrees(newsroom)


def test_the_title_of_a_story_in_another_language_says_which(newsroom: Newsroom) -> None:
    texts = (
        "The tramway of Corvanne left its rails on Tuesday in the Tanneries: twelve injured.",
        "In Corvanne the transport board promises an inquiry into the tramway of the Tanneries.",
        "The tramway of Corvanne runs again on Thursday in the Tanneries, say the unions of the board.",
    )
    for number, text in enumerate(texts):
        headline = f"Corvanne tramway in the Tanneries {'abc'[number]}"
        newsroom.write(f"en/{number}.txt", article(headline, f"2026-01-0{number + 5}", text))
    write_story(newsroom, "safran", SAFFRON, "2026-01-06", "Le safran noyé")
    newsroom.build()
    stories = page(newsroom, "dossiers/index.html")
    told = re.findall(r"StoryEntry\(title='(.*?)'.*?attrs=Markup\('(.*?)'\)", stories, re.DOTALL)
    assert sorted((title[:3], unescape(attrs)) for title, attrs in told) == [
        ("Cor", ' lang="en"'),
        ("saf", ""),
    ]
    assert agrees(newsroom)


# -- addresses -------------------------------------------------------------------------------------


def test_an_entity_leads_to_an_article_where_it_now_stands(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Brèves", "2026-01-10"))
    for name, headline in (("b", "Brèves"), ("c", "Autre nouvelle")):
        text = f"Le ministre Anna Korvat a rencontré la presse {name}."
        newsroom.write(f"{name}.txt", article(headline, "2026-01-10", text))
    newsroom.build()
    assert "/2026/01/10/breves-2.html" in page(newsroom, "entites/anna-korvat/index.html")
    text = "Le ministre Anna Korvat a rencontré la presse b."
    newsroom.write("b.txt", article("Brèves du soir", "2026-01-10", text))
    newsroom.build()
    assert "/2026/01/10/breves-2.html" not in page(newsroom, "entites/anna-korvat/index.html")
    assert "/2026/01/10/breves-du-soir.html" in page(newsroom, "entites/anna-korvat/index.html")
    assert agrees(newsroom)


# -- `>>` lines ------------------------------------------------------------------------------------


def test_a_line_refused_one_article_may_yet_mean_another(newsroom: Newsroom) -> None:
    headline = "Douze blessés dans le tramway de Corvanne aux Tanneries"
    newsroom.write("suite.txt", article("La suite", "2026-01-20", related=(headline,)))
    newsroom.write("autre.txt", article(headline, "2026-01-05"))
    newsroom.write("decisions.toml", '[[never]]\narticle = "suite"\ntarget = "autre"\n')
    assert newsroom.build().report.linked == 0
    newsroom.write("bon.txt", article(f"EN DIRECT : {headline}", "2026-01-06"))
    assert newsroom.build().report.linked == 1
    assert agrees(newsroom)


# -- stories ---------------------------------------------------------------------------------------


def test_a_cited_copy_counts_as_its_leader_tells_it(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("Belrive", "2025-12-05", DISPATCH))
    newsroom.write("b.txt", article("Un journal de bord retrouvé", "2025-12-06", DISPATCH))
    suite = article("La suite", "2026-01-05", TRAMWAY[1], ("Un journal de bord retrouvé",))
    newsroom.write("suite.txt", suite)
    write_between(newsroom, "2025-12-20")
    newsroom.build()
    assert "/2026/01/05/la-suite.html" not in page(newsroom, "2025/12/05/belrive.html")
    newsroom.write("a.txt", article("Belrive", "2025-12-05", f"{DISPATCH}\n\n{TRAMWAY[0]}"))
    newsroom.build()
    assert "/2026/01/05/la-suite.html" in page(newsroom, "2025/12/05/belrive.html")
    assert agrees(newsroom)


def test_an_article_says_anew_why_it_is_in_its_story(newsroom: Newsroom) -> None:
    """Left to the rules, it follows another one of the same story."""
    for name, text, day in zip("abc", TRAMWAY, (5, 6, 7), strict=False):
        newsroom.write(f"{name}.txt", article(f"Nouvelle {name}", f"2026-01-0{day}", text))
    title = '[[title]]\narticle = "a"\ntitle = "Le tramway"\n'
    newsroom.write("decisions.toml", title)
    newsroom.build()
    told = page(newsroom, "2026/01/07/nouvelle-c.html")
    for to in "ab":
        join = f'[[join]]\narticle = "c"\nto = "{to}"\n'
        newsroom.write("decisions.toml", f"{title}{join}")
        newsroom.build()
        assert page(newsroom, "2026/01/07/nouvelle-c.html") != told
        assert agrees(newsroom)
        newsroom.write("decisions.toml", title)
        newsroom.build()
        assert page(newsroom, "2026/01/07/nouvelle-c.html") == told
    assert agrees(newsroom)


def test_what_followed_is_told_by_its_new_headline(newsroom: Newsroom) -> None:
    """Though the article it cites was edited in the same build."""
    newsroom.write("cite.txt", article("Le pont rouvre", "2025-06-05", "Un pont ancien."))
    newsroom.write("a.txt", article("Le tramway déraille", "2026-01-05", TRAMWAY[0]))
    suite = article("La suite", "2026-01-06", TRAMWAY[1], ("Le pont rouvre",))
    newsroom.write("suite.txt", suite)
    write_between(newsroom, "2025-06-06", "2026-01-05 20:00", "2026-01-05 21:00")
    newsroom.build()
    newsroom.write("cite.txt", article("Le pont rouvre", "2025-06-05", "Un pont neuf."))
    newsroom.write("suite.txt", suite.replace("La suite", "La suite et fin"))
    newsroom.build()
    assert "La suite et fin" in page(newsroom, "2026/01/05/le-tramway-deraille.html")
    assert agrees(newsroom)


def test_a_dispatch_is_told_to_those_it_comes_next_to_and_to_no_others(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who stands before the one that it follows has the same beside it as before."""
    for module in (newsdigest.archive.update.stories, newsdigest.archive.ties):
        monkeypatch.setattr(module, "FOLLOWERS", 1)
    write_story(newsroom, "tramway", TRAMWAY[:3], "2026-01-05", "Le tramway déraille à Corvanne")
    newsroom.build()
    write_story(newsroom, "tramway", TRAMWAY, "2026-01-05", "Le tramway déraille à Corvanne")
    reasons = newsroom.build().reasons
    assert {page.name: why for page, why in reasons.items() if page.kind == "article"} == {
        "tramway-3": "new article",
        "tramway-2": "what stands beside it in its story changed",
    }
    assert agrees(newsroom)


def test_three_stories_have_three_addresses(newsroom: Newsroom) -> None:
    """A second story of a headline is numbered, but not by what another's headline says."""
    write_story(newsroom, "safran", SAFFRON, "2025-03-02", "Grève au port")
    write_story(newsroom, "tramway", TRAMWAY, "2025-06-02", "Grève au port")
    newsroom.build()
    assert "Tanneries" in page(newsroom, "dossiers/greve-au-port-2/index.html")
    write_story(newsroom, "encore", TRAMWAY, "2025-09-02", "Grève au port 2")
    newsroom.build()
    assert "2025/06/02" in page(newsroom, "dossiers/greve-au-port-3/index.html")
    assert "2025/09/02" in page(newsroom, "dossiers/greve-au-port-2/index.html")
    assert agrees(newsroom)


def test_a_story_a_year_old_is_listed_by_its_year(newsroom: Newsroom) -> None:
    write_story(newsroom, "safran", SAFFRON, "2024-12-02", "Le safran noyé")
    newsroom.write("pont.txt", article("Le pont rouvre", "2025-11-30"))
    newsroom.build()
    assert "en-2024-12" in page(newsroom, "dossiers/index.html")
    newsroom.write("port.txt", article("Le port ferme", "2025-12-05"))
    newsroom.build()
    assert "en-2024-12" not in page(newsroom, "dossiers/index.html")
    assert agrees(newsroom)


def test_a_story_that_goes_on_moves_in_no_list_of_feeds(newsroom: Newsroom) -> None:
    write_story(newsroom, "tramway", TRAMWAY[:3], "2026-01-03", "Le tramway déraille")
    write_story(newsroom, "safran", SAFFRON, "2026-01-06", "Le safran noyé")
    newsroom.build()
    before = page(newsroom, "feeds/index.opml")
    newsroom.write("encore.txt", article("Encore", "2026-01-10", TRAMWAY[3]))
    newsroom.build()
    assert "/2026/01/10/encore.html" in page(newsroom, "dossiers/le-tramway-deraille/index.html")
    assert page(newsroom, "feeds/index.opml") == before
    assert agrees(newsroom)


# -- suggestions -----------------------------------------------------------------------------------


def test_a_suggestion_tells_who_else_sent_the_dispatch(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("La frégate retrouvée", "2026-01-05", DISPATCH))
    later = "Au musée de Belrive, le journal de bord de la frégate Aurélie est exposé."
    newsroom.write("b.txt", article("Une exposition", "2026-01-25", later))
    write_between(newsroom, "2026-01-05 20:00", "2026-01-20")
    newsroom.build()
    assert "/2026/01/05/la-fregate-retrouvee.html" in page(
        newsroom, "2026/01/25/une-exposition.html"
    )
    copy = article("Un journal de bord", "2026-01-06", DISPATCH).replace("AFP/VNA/CVN", "Xinhua")
    newsroom.write("c.txt", copy)
    newsroom.build()
    assert "Xinhua" in page(newsroom, "2026/01/25/une-exposition.html")
    assert agrees(newsroom)


def test_a_suggestion_tells_what_editors_made_common_to_both(newsroom: Newsroom) -> None:
    text = "La directrice A. Korvat a présenté le journal de bord de la frégate Aurélie."
    newsroom.write("a.txt", article("La frégate retrouvée", "2026-01-05", text))
    later = "Le ministre Anna Korvat a vu le journal de bord de la frégate Aurélie."
    newsroom.write("b.txt", article("Une visite", "2026-01-25", later))
    newsroom.write("c.txt", article("Un discours", "2023-05-05", "Le ministre Anna Korvat parle."))
    write_between(newsroom, "2026-01-15")
    newsroom.build()
    before = page(newsroom, "2026/01/25/une-visite.html")
    newsroom.write("entities.tsv", "person\tAnna Korvat\tA. Korvat\n")
    newsroom.build()
    assert page(newsroom, "2026/01/25/une-visite.html") != before
    assert agrees(newsroom)


def test_a_suggestion_leads_to_where_an_article_now_stands(newsroom: Newsroom) -> None:
    """Though a line of that article came to mean something else in the same build."""
    belrive = "Au musée de Belrive, le journal de bord de la frégate Aurélie est exposé."
    cites = ("Le tramway déraille",)
    newsroom.write("b.txt", article("Une exposition", "2026-01-05", belrive, cites))
    newsroom.write("c.txt", article("La frégate retrouvée", "2026-01-25", DISPATCH))
    write_between(newsroom, "2026-01-04 20:00", "2026-01-15")
    newsroom.build()
    assert "/2026/01/05/une-exposition.html" in page(
        newsroom, "2026/01/25/la-fregate-retrouvee.html"
    )
    newsroom.write("b.txt", article("L'exposition", "2026-01-05", belrive, cites))
    newsroom.write("d.txt", article("Le tramway déraille", "2025-12-30"))
    newsroom.build()
    assert "2026/01/05/lexposition.html" in page(newsroom, "2026/01/25/la-fregate-retrouvee.html")
    assert agrees(newsroom)


def test_what_an_article_links_it_does_not_suggest(newsroom: Newsroom) -> None:
    """Though all that happened to it is a copy, and a decision on one of its lines."""
    belrive = "Au musée de Belrive, le journal de bord de la frégate Aurélie est exposé."
    newsroom.write("a.txt", article("Une exposition", "2026-01-05", belrive))
    cites = ("Le musée s'expose",)
    newsroom.write("b.txt", article("La frégate retrouvée", "2026-01-25", DISPATCH, cites))
    alone = '[[split]]\narticle = "b"\n'
    newsroom.write("decisions.toml", alone)
    newsroom.build()
    assert "suggested=(Suggested" in page(newsroom, "2026/01/25/la-fregate-retrouvee.html")
    copy = article("Un journal de bord", "2026-01-26", DISPATCH).replace("AFP/VNA/CVN", "Xinhua")
    newsroom.write("c.txt", copy)
    line = 'article = "b"\nheadline = "Le musée s\'expose"\ntarget = "a"\n'
    newsroom.write("decisions.toml", f"{alone}[[link]]\n{line}")
    newsroom.build()
    assert "suggested=(Suggested" not in page(newsroom, "2026/01/25/la-fregate-retrouvee.html")
    assert agrees(newsroom)


# -- names -----------------------------------------------------------------------------------------


def test_the_front_page_of_an_archive_of_months_names_people_as_editors_do(
    newsroom: Newsroom,
) -> None:
    for name in "ab":
        text = f"Le ministre Anna Korvat a rencontré la presse {name}."
        newsroom.write(f"{name}.txt", article(f"Nouvelle {name}", "2025-12", text))
    newsroom.build()
    newsroom.write("entities.tsv", "person\tAnna Korvat\t\tlabel=Anna Korvat-Delme\n")
    newsroom.build()
    assert "Korvat-Delme" in page(newsroom, "index.html")
    assert agrees(newsroom)


def test_all_pages_of_a_name_change_with_its_type(newsroom: Newsroom) -> None:
    texts = ["La délégation est arrivée à Saint-Orens."] * 2 + [
        "L'entreprise Saint-Orens vend."
    ] * 2
    for day, text in enumerate(texts, 1):
        newsroom.write(
            f"{day}.txt", article(f"Nouvelle {'abcd'[day - 1]}", f"2026-01-0{day}", text)
        )
    newsroom.build()
    assert "Place" in page(newsroom, "entites/saint-orens/page/1/index.html")
    newsroom.write("5.txt", article("Nouvelle e", "2026-01-05", texts[-1]))
    newsroom.build()
    assert "Organization" in page(newsroom, "entites/saint-orens/page/1/index.html")
    assert agrees(newsroom)


def test_a_story_lists_a_name_under_the_type_it_has_now(newsroom: Newsroom) -> None:
    texts = [f"{text} La délégation est arrivée à Saint-Orens." for text in TRAMWAY[:3]]
    write_story(newsroom, "tramway", texts, "2025-03-02", "Le tramway déraille")
    for name in "abc":
        text = "L'entreprise Saint-Orens a publié ses comptes."
        newsroom.write(f"{name}.txt", article(f"Nouvelle {name}", "2025-06-05", text))
    newsroom.build()
    before = page(newsroom, "dossiers/le-tramway-deraille/index.html")
    newsroom.write("d.txt", article("Nouvelle d", "2025-06-06", text))
    newsroom.build()
    assert page(newsroom, "dossiers/le-tramway-deraille/index.html") != before
    assert agrees(newsroom)


def test_a_name_that_reads_like_anothers_address_has_its_own(newsroom: Newsroom) -> None:
    """ "Genève", a boat or a person; Genève, the place; and somebody called "Genève-Lieu"."""
    labels = "person\tAnna Korvat\t\tlabel=Genève\nperson\tIlse Brandon\t\tlabel=Genève Lieu\n"
    newsroom.write("entities.tsv", labels)
    texts = ["Le ministre Anna Korvat a parlé.", "La délégation est arrivée à Genève."]
    for day, text in enumerate([*texts, *texts], 1):
        newsroom.write(
            f"{day}.txt", article(f"Nouvelle {'abcd'[day - 1]}", f"2026-01-0{day}", text)
        )
    newsroom.build()
    assert "Nouvelle b" in page(newsroom, "entites/geneve-lieu/index.html")
    for day in (5, 6):
        text = "Le ministre Ilse Brandon a parlé."
        newsroom.write(f"{day}.txt", article(f"Nouvelle {'ef'[day - 5]}", f"2026-01-0{day}", text))
    newsroom.build()
    assert "Nouvelle e" in page(newsroom, "entites/geneve-lieu/index.html")
    assert "Nouvelle b" in page(newsroom, "entites/geneve-lieu-2/index.html")
    assert agrees(newsroom)


# -- short forms and decisions ------------------------------------------------------------------------


def test_of_two_short_forms_of_one_name_the_first_read_joins_it(newsroom: Newsroom) -> None:
    """Whichever of them could be told first."""
    for day in range(1, 6):
        newsroom.write(
            f"bay-{day}.txt",
            article(f"Bay {'abcde'[day - 1]}", f"2026-01-0{day}", "Dang Van Bay a planté du riz."),
        )
    newsroom.write("tran.txt", article("Tran", "2026-01-02", "Trân Thi Bay a vendu sa barque."))
    newsroom.write(
        "deux.txt",
        article("Deux", "2026-01-20", "On attend M. Bay lundi. Le soir, M. Van Bay est reparti."),
    )
    newsroom.build()
    assert agrees(newsroom)
    (newsroom.content / "tran.txt").unlink()
    newsroom.build()
    assert agrees(newsroom)


def test_who_is_joined_to_a_folded_copy_is_in_its_leaders_story(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("La frégate retrouvée", "2026-01-05", DISPATCH))
    newsroom.write("b.txt", article("Un journal de bord", "2026-01-06", DISPATCH))
    newsroom.write("c.txt", article("Rien de commun", "2026-01-20"))
    newsroom.build()
    newsroom.write("decisions.toml", '[[join]]\narticle = "c"\nto = "b"\n')
    newsroom.build()
    assert "Rattaché par la rédaction." in page(newsroom, "2026/01/20/rien-de-commun.html")
    assert agrees(newsroom)
    (newsroom.content / "a.txt").unlink()
    newsroom.build()
    assert agrees(newsroom)


# -- affairs taken up again ------------------------------------------------------------------------

AFFAIR = ("Affaire des serres : Torvenel entendu", "Affaire des serres : Torvenel renvoyé")


def stories(newsroom: Newsroom) -> list[set[str]]:
    """Who hangs together, by article."""
    with closing(sqlite3.connect(newsroom.folder / "cache" / "archive.sqlite")) as store:
        found: dict[str, set[str]] = {}
        for id_, story in store.execute("SELECT id, story FROM members"):
            found.setdefault(story, set()).add(id_)
    return sorted((ids for ids in found.values() if len(ids) > 1), key=sorted)


def test_an_affair_named_again_after_a_fortnight_goes_on(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article(AFFAIR[0], "2026-01-05", "Le juge l'a reçu."))
    newsroom.build()
    newsroom.write("b.txt", article(AFFAIR[1], "2026-01-19", "Le parquet l'a dit."))
    newsroom.build()
    assert stories(newsroom) == [{"a", "b"}]
    assert agrees(newsroom)


def test_an_article_that_comes_late_is_taken_up_by_those_after_it(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", article(AFFAIR[1], "2026-01-19", "Le parquet l'a dit."))
    newsroom.build()
    newsroom.write("a.txt", article(AFFAIR[0], "2026-01-05", "Le juge l'a reçu."))
    newsroom.build()
    assert stories(newsroom) == [{"a", "b"}]
    assert agrees(newsroom)


def test_an_affair_goes_on_only_while_its_first_article_names_it(newsroom: Newsroom) -> None:
    for name, headline, day in zip("ab", AFFAIR, ("2026-01-05", "2026-01-19"), strict=True):
        newsroom.write(f"{name}.txt", article(headline, day, f"Le texte {name}."))
    newsroom.build()
    for headline in ("La mairie repeint ses grilles", AFFAIR[0]):
        newsroom.write("a.txt", article(headline, "2026-01-05", "Le texte a."))
        newsroom.build()
        assert bool(stories(newsroom)) == (headline == AFFAIR[0])
        assert agrees(newsroom)
    (newsroom.folder / "content" / "a.txt").unlink()
    newsroom.build()
    assert not stories(newsroom)
    assert agrees(newsroom)


@pytest.mark.parametrize(("day", "goes_on"), [("2026-01-19", True), ("2026-01-20", False)])
def test_an_affair_rests_for_thirty_days_at_most(
    newsroom: Newsroom, day: str, goes_on: bool
) -> None:
    newsroom.write("a.txt", article(AFFAIR[0], "2025-12-20", "Le juge l'a reçu."))
    newsroom.write("b.txt", article(AFFAIR[1], day, "Le parquet l'a dit."))
    newsroom.build()
    assert bool(stories(newsroom)) == goes_on


def test_dispatches_of_one_day_stand_in_the_order_of_the_hours_they_give(
    newsroom: Newsroom,
) -> None:
    """Whatever their files are called, and those without an hour before."""
    hours = {"a": "18h30", "b": "09h15", "c": "12h00"}
    for name, hour in hours.items():
        text = f"Mis à jour à {hour}. {TRAMWAY[0]}"
        newsroom.write(f"{name}.txt", article(f"Tramway de Corvanne : point {name}", text=text))
    newsroom.write("d.txt", article("Tramway de Corvanne : point d", text=TRAMWAY[1]))
    newsroom.build()
    with closing(sqlite3.connect(newsroom.folder / "cache" / "archive.sqlite")) as store:
        query = "SELECT id FROM articles ORDER BY sort"
        assert [id_ for (id_,) in store.execute(query)] == ["d", "b", "c", "a"]
    assert agrees(newsroom)
