"""What a `>>` line becomes, and what dispatches of one affair become: on the page and in the accounts.

One small publication is built four times: as it came in, with the editors' decisions, without them
again, and the day an article comes late.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import html as lxml_html
from newsroom import Newsroom
from newsroom import article as raw_article
from publication import Publication, Run, parse, text_of

BREAKDOWN = (
    "Le phare de Trévanec s'est éteint dans la nuit de dimanche à lundi, après une avarie de son"
    " groupe électrogène, a indiqué la capitaine Solène Kerbrat. Aucun navire n'était engagé dans"
    " le chenal des Aiguilles à cette heure. Deux remorqueurs de Port-Maubert ont été dépêchés"
    " pour guider les cargos jusqu'au lever du jour, tandis que les gardiens vidaient l'eau"
    " montée dans la salle des machines."
)
BACKGROUND = "Le phare de Trévanec, allumé en 1874, éclaire le chenal des Aiguilles."
WIRE: dict[str, tuple[str, str, list[str], list[str]]] = {
    # id: date, headline, paragraphs, `>>` lines
    "mer/peinture": (
        "2025-12-01",
        "Solène Kerbrat repeint le phare de Trévanec",
        ["La capitaine Solène Kerbrat a fait repeindre en rouge le phare de Trévanec."],
        [],
    ),
    "mer/avarie": (
        "2026-01-05",
        "Le phare de Trévanec s'éteint après une avarie",
        [BREAKDOWN, BACKGROUND],
        [],
    ),
    "mer/avarie-bis": (
        "2026-01-06",
        "Avarie de machines au phare de Trévanec",
        [BREAKDOWN + " Une enquête administrative a été ouverte.", BACKGROUND],
        [],
    ),
    "mer/bouee": (
        "2026-01-07",
        "Trévanec mouille une bouée en attendant son phare",
        [
            "Une bouée lumineuse a été mouillée mercredi par la capitaine Solène Kerbrat.",
            BACKGROUND,
        ],
        ["Le phare de Trévanec s'éteint après une avarie"],
    ),
    "mer/lentille": (
        "2026-01-09",
        "La lentille de Trévanec part pour l'atelier de Port-Maubert",
        ["Démontée pièce à pièce, la lentille a quitté vendredi l'îlot à bord d'un bac."],
        [
            "Trévanec mouille une bouée en attendant…",
            "EN DIRECT : Le phare de Trévanec s'éteint après une avarie",
            "Les assureurs visitent l'îlot de Trévanec",
        ],
    ),
    "criee/greve-1": (
        "2025-12-20",
        "Grève à la criée de Port-Maubert",
        ["Les peseurs ont croisé les bras toute la matinée de samedi, sous la halle."],
        [],
    ),
    "criee/greve-2": (
        "2026-01-04",
        "Grève à la criée de Port-Maubert",
        ["Après les fêtes, les mareyeurs réclament à leur tour une prime de froid."],
        [],
    ),
    "criee/prix": (
        "2026-01-08",
        "Le prix de la sole bondit",
        ["Faute d'arrivages, les restaurateurs paient la sole le double de l'an passé."],
        ["Grève à la criée de Port-Maubert"],
    ),
    "ville/fanfare": (
        "2026-01-03",
        "La fanfare des Tilleuls perd son tambour",
        ["Le tambour avait été prêté pour un mariage et n'a plus été revu depuis."],
        [],
    ),
    "ville/kiosque": (
        "2026-01-08",
        "Un kiosque rouvre sous les platanes",
        ["Les menuisiers ont posé jeudi les dernières ardoises, devant des badauds."],
        ["La fanfare des Tilleuls perd son tambour"],
    ),
}
LATE = (
    "2026-01-08",
    "Les assureurs visitent l'îlot de Trévanec",
    [
        "Trois experts ont débarqué jeudi au phare de Trévanec, leurs carnets sous le bras. La"
        " capitaine Solène Kerbrat leur a montré la bouée lumineuse et la lentille éteinte."
    ],
    ["Trévanec mouille une bouée en attendant son phare"],
)
DECISIONS = """
[[link]]
article = "criee/prix"
headline = "Grève à la criée de Port-Maubert"
target = "criee/greve-2"

[[never]]
article = "ville/kiosque"
target = "ville/fanfare"
"""
STORY = "le-phare-de-trevanec-seteint-apres-une-avarie"


def send(paper: Any, id_: str, dispatch: tuple[str, str, list[str], list[str]]) -> None:
    date, headline, paragraphs, lines = dispatch
    signed = "Xinhua/VNA/CVN" if id_ == "mer/avarie-bis" else "AFP/VNA/CVN"
    blocks = [f" date {date} {headline}", *paragraphs, *(f">> {line}" for line in lines), signed]
    paper.write(f"{id_}.txt", "\n\n".join(blocks) + "\n")


@dataclass(frozen=True)
class Edition:
    """One build: what it printed and reported, the site it left, and what it knew."""

    run: Run
    site: dict[str, bytes]
    shown: dict[str, dict[str, Any]]

    def page(self, article_id: str) -> lxml_html.HtmlElement:
        return self.read(self.shown[article_id]["url"][1:])

    def read(self, path: str) -> lxml_html.HtmlElement:
        return lxml_html.fromstring(self.site[path].decode())

    def line(self, article_id: str, at: int = 0) -> tuple[str, str | None, str | None]:
        """State, method and target of an article's `>>` line."""
        found = self.shown[article_id]["related"][at]
        return found["state"], found["method"], found["target"]

    def on_page(self, article_id: str, at: int = 0) -> str | None:
        """Where the line leads on the article's page; None where it is plain text."""
        (related,) = self.page(article_id).find_class("related")
        item = list(related.iter("li"))[at]
        links = [link.get("href") for link in item.iter("a")]
        assert len(links) <= 1
        return links[0] if links else None

    def changed_since(self, before: Edition) -> set[str]:
        """The pages and feeds that differ; the manifest beside them says so too."""
        paths = {p for p in self.site.keys() | before.site.keys() if not p.startswith(".lefil/")}
        return {path for path in paths if self.site.get(path) != before.site.get(path)}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    paper = Publication(tmp_path_factory.mktemp("links") / "paper")
    for id_, dispatch in WIRE.items():
        send(paper, id_, dispatch)

    def edition(show: bool = True) -> Edition:
        run = paper.build()
        assert run.code == 0, run.screen
        return Edition(run, paper.site, paper.show() if show else {})

    found = {"first": edition()}
    paper.write("decisions.toml", DECISIONS)
    found["decided"] = edition()
    (paper.content / "decisions.toml").unlink()
    found["undecided"] = edition(show=False)
    send(paper, "mer/assureurs", LATE)
    found["healed"] = edition()
    return found


@pytest.fixture(scope="module")
def first(editions: dict[str, Edition]) -> Edition:
    return editions["first"]


@pytest.fixture(scope="module")
def decided(editions: dict[str, Edition]) -> Edition:
    return editions["decided"]


@pytest.fixture(scope="module")
def healed(editions: dict[str, Edition]) -> Edition:
    return editions["healed"]


# -- each state, on the page, in `invoke show` and in the report ---------------------------------------

STATES = [
    ("first", "mer/bouee", 0, ("linked", "exact", "mer/avarie")),
    ("first", "mer/lentille", 0, ("linked", "prefix", "mer/bouee")),
    ("first", "mer/lentille", 1, ("linked", "fuzzy", "mer/avarie")),
    ("first", "mer/lentille", 2, ("waiting", None, None)),
    ("first", "criee/prix", 0, ("ambiguous", None, None)),
    ("decided", "criee/prix", 0, ("linked", "decision", "criee/greve-2")),
    ("decided", "ville/kiosque", 0, ("refused", "decision", None)),
]


@pytest.mark.parametrize(("edition", "id_", "at", "expected"), STATES)
def test_a_line_leads_where_it_is_said_to_and_is_text_otherwise(
    editions: dict[str, Edition],
    edition: str,
    id_: str,
    at: int,
    expected: tuple[str, str | None, str | None],
) -> None:
    told = editions[edition]
    assert told.line(id_, at) == expected
    target = expected[2]
    assert told.on_page(id_, at) == (told.shown[target]["url"] if target else None)
    if target:
        assert id_ in told.shown[target]["cited_by"]
    (related,) = told.page(id_).find_class("related")
    written = WIRE[id_][3][at].replace("'", "’")
    assert text_of(list(related.iter("li"))[at]).startswith(written.rstrip("…"))


@pytest.mark.parametrize("edition", ["first", "decided", "healed"])
def test_the_report_counts_the_lines_of_each_state(
    editions: dict[str, Edition], edition: str
) -> None:
    told = editions[edition]
    states = [line["state"] for record in told.shown.values() for line in record["related"]]
    counts = {state: states.count(state) for state in ("linked", "ambiguous", "waiting")}
    healed = 1 if edition == "healed" else 0
    report = told.run.report
    assert report["links"] == {**counts, "healed": healed}
    assert report["refused"] == states.count("refused")


def test_an_editor_is_told_why_each_line_is_what_it_is(first: Edition, decided: Edition) -> None:
    def reason(edition: Edition, id_: str, at: int = 0) -> str:
        return str(edition.shown[id_]["related"][at]["reason"])

    assert [reason(first, "mer/lentille", at) for at in range(3)] == [
        "coupé à la fin",
        "les mêmes mots, à une mention près",
        "aucun article ne porte ce titre",
    ]
    assert reason(first, "criee/prix") == "2 articles portent ce titre"
    assert reason(decided, "criee/prix") == reason(decided, "ville/kiosque")
    assert reason(decided, "ville/kiosque") == "décidé par la rédaction"


# -- late arrivals and decisions -------------------------------------------------------------------------


def test_an_article_that_comes_late_heals_the_line_that_waited(healed: Edition) -> None:
    assert healed.line("mer/lentille", 2) == ("linked", "exact", "mer/assureurs")
    assert healed.on_page("mer/lentille", 2) == healed.shown["mer/assureurs"]["url"]
    assert healed.run.report["healed"] == [{"id": "mer/lentille", "headline": LATE[1]}]
    assert f"mer/lentille >> {LATE[1]}" in healed.run.out


def test_a_decision_changes_the_two_articles_it_names_and_the_feed_of_their_text(
    first: Edition, decided: Edition
) -> None:
    named = ("criee/prix", "criee/greve-2", "ville/kiosque", "ville/fanfare")
    pages = {first.shown[id_]["url"][1:] for id_ in named}
    signed = ("agences/afp", "agences/cvn", "agences/vna")
    names = ("all", *signed, "rubriques/criee", "rubriques/ville")
    feeds = {f"feeds/{name}.{form}" for name in names for form in ("atom", "rss")}
    json = {f"feeds/{name}.json" for name in ("all", "rubriques/criee", "rubriques/ville")}
    beside = {page.removesuffix(".html") + end for page in pages for end in (".txt", ".ninjs.json")}
    changed = decided.changed_since(first)
    assert changed - beside == pages | feeds | json
    # Whoever is cited says so on the page alone.
    assert {
        first.shown[id_]["url"][1:].removesuffix(".html") + ".txt" for id_ in named[::2]
    } <= changed
    for id_ in first.shown.keys() - set(named):
        assert first.shown[id_] == decided.shown[id_]


def test_a_decision_taken_back_leaves_no_trace(editions: dict[str, Edition]) -> None:
    assert editions["undecided"].changed_since(editions["first"]) == set()


# -- what followed, and earlier articles on the same matters -----------------------------------------------


def rail(page: lxml_html.HtmlElement, heading: str) -> list[lxml_html.HtmlElement]:
    """The entries of a section beside the article."""
    return page.xpath(f"//aside//section[h2[@id='{heading}']]//li")


def leads(items: list[lxml_html.HtmlElement]) -> list[str]:
    return [item.xpath(".//a")[0].get("href") for item in items]


def test_an_article_overtaken_says_by_how_many_and_by_which(
    first: Edition, healed: Edition
) -> None:
    for edition, told in ((first, "2 articles ont suivi"), (healed, "3 articles ont suivi")):
        (note,) = edition.page("mer/avarie").find_class("note")
        assert text_of(note).startswith(f"{told} celui-ci · La lentille de Trévanec")
        assert leads([note]) == [edition.shown["mer/lentille"]["url"]]
    assert not first.page("mer/lentille").find_class("note")


def test_what_followed_is_listed_newest_first(first: Edition, healed: Edition) -> None:
    since = {"mer/avarie": ["mer/lentille", "mer/bouee"], "mer/bouee": ["mer/lentille"]}
    for id_, followers in since.items():
        urls = [first.shown[follower]["url"] for follower in followers]
        assert leads(rail(first.page(id_), "since")) == urls
    late = [healed.shown[id_]["url"] for id_ in ("mer/lentille", "mer/assureurs")]
    assert leads(rail(healed.page("mer/bouee"), "since")) == late
    assert not rail(first.page("mer/lentille"), "since")


def test_an_earlier_article_is_suggested_with_what_both_have_in_common(first: Edition) -> None:
    suggested = rail(first.page("mer/avarie"), "alike")
    painted = leads(suggested).index(first.shown["mer/peinture"]["url"])
    assert text_of(suggested[painted]).endswith("Trévanec, Solène Kerbrat en commun")
    told = first.shown["mer/avarie"]["suggestions"]
    best = [first.shown[one["id"]] for one in told[:3]]
    newest_first = sorted(best, key=lambda one: (one["date"], one["id"]), reverse=True)
    assert leads(suggested) == [one["url"] for one in newest_first]
    assert told[0]["reason"].startswith("noms en commun : Trévanec, Solène Kerbrat")


def test_nothing_is_suggested_that_the_article_cites_or_that_comes_later(first: Edition) -> None:
    for record in first.shown.values():
        suggested = {one["id"] for one in record["suggestions"]}
        assert not suggested & {line["target"] for line in record["related"]}
        assert all(first.shown[id_]["date"] <= record["date"] for id_ in suggested)


# -- one dispatch, two agencies ----------------------------------------------------------------------------


def test_a_copy_keeps_its_page_which_shows_what_it_adds(first: Edition) -> None:
    page = first.page("mer/avarie-bis")
    (note,) = page.find_class("note")
    assert text_of(note).startswith("La même dépêche que Le phare de Trévanec s’éteint")
    assert leads([note]) == [first.shown["mer/avarie"]["url"]]
    added = [text_of(ins) for ins in page.iter("ins")]
    assert added == ["Une enquête administrative a été ouverte."]


def test_a_copy_is_folded_into_its_leaders_entry_in_every_list(first: Edition) -> None:
    copy, leader = (first.shown[id_]["url"] for id_ in ("mer/avarie-bis", "mer/avarie"))
    lists = {
        path
        for path, data in first.site.items()
        if path.endswith(".html") and copy.encode() in data and path != copy[1:]
    }
    assert lists == {leader[1:]}
    day = first.read("2026/01/05/index.html")
    (entry,) = [li for li in day.xpath("//main//article | //main//li") if leader in leads([li])]
    assert text_of(entry).endswith("même dépêche : Xinhua/VNA/CVN")
    assert "2026/01/06/index.html" not in first.site


def test_a_copy_has_no_entry_in_the_feeds(first: Edition) -> None:
    copy, leader = (first.shown[id_]["url"] for id_ in ("mer/avarie-bis", "mer/avarie"))
    for name in ("feeds/all.atom", "feeds/all.rss"):
        links = [entry.link for entry in feedparser.parse(first.site[name]).entries]
        assert sum(link.endswith(leader) for link in links) == 1
        assert not any(link.endswith(copy) for link in links)


def test_the_leader_names_its_copies_and_the_report_counts_them(first: Edition) -> None:
    assert leads(rail(first.page("mer/avarie"), "copies")) == [first.shown["mer/avarie-bis"]["url"]]
    assert first.shown["mer/avarie"]["duplicates"] == ["mer/avarie-bis"]
    assert first.shown["mer/avarie-bis"]["duplicate_of"] == "mer/avarie"
    report = first.run.report
    assert (report["folded"], report["published"]) == (1, len(WIRE))


@pytest.mark.parametrize("signed", ["Xinhua", "aucune agence"])
def test_a_copy_that_leaves_is_no_longer_named_by_its_leader(tmp_path: Path, signed: str) -> None:
    """Whether another copy of that agency stays, or the copy named none."""
    newsroom = Newsroom(tmp_path)
    for name, credit in (("a", "AFP"), ("b", signed), ("c", signed)):
        copy = raw_article(f"Avarie au phare, version {name}", "2026-01-05", BREAKDOWN)
        newsroom.write(f"{name}.txt", copy.replace("AFP/VNA/CVN", credit))
    newsroom.build()
    leader = "2026/01/05/avarie-au-phare-version-a.html"
    assert b"version-c.html" in newsroom.site[leader]
    (newsroom.content / "c.txt").unlink()
    newsroom.build()
    assert b"version-c.html" not in newsroom.site[leader]
    assert newsroom.site == newsroom.clean_build()


# -- the story's page ----------------------------------------------------------------------------------------


def dispatches(edition: Edition) -> dict[str, lxml_html.HtmlElement]:
    """The story's entries by the address they lead to, in the order of the page."""
    page = edition.read(f"dossiers/{STORY}/index.html")
    items = page.xpath("//section[h2[@id='dispatches']]/ol/li")
    return {leads([item])[0]: item for item in items}


def test_a_storys_page_tells_its_articles_newest_first(first: Edition, healed: Edition) -> None:
    members = ["mer/lentille", "mer/bouee", "mer/avarie"]
    assert list(dispatches(first)) == [first.shown[id_]["url"] for id_ in members]
    members.insert(1, "mer/assureurs")
    assert list(dispatches(healed)) == [healed.shown[id_]["url"] for id_ in members]
    told = [healed.shown[id_]["story"]["position"] for id_ in reversed(members)]
    assert told == [1, 2, 3, 4]


def test_each_dispatch_shows_its_new_sentences_and_folds_what_was_said(first: Edition) -> None:
    entry = dispatches(first)[first.shown["mer/bouee"]["url"]]
    new, fold = entry.iter("details")
    assert text_of(new.find("summary")).endswith("1 phrase nouvelle")
    assert [text_of(p) for p in new.xpath("./div[@class='body']/p")] == [WIRE["mer/bouee"][2][0]]
    assert text_of(fold.find("summary")) == "Déjà publié le 5 janvier 2026"
    assert [text_of(p) for p in fold.iter("p")] == [BACKGROUND]
    assert "Cite un article du dossier." in text_of(entry)


def test_a_headline_nobody_published_is_awaited_until_it_comes(
    first: Edition, healed: Edition
) -> None:
    def awaited(edition: Edition) -> list[str]:
        page = edition.read(f"dossiers/{STORY}/index.html")
        return [text_of(item) for item in rail(page, "awaited")]

    assert awaited(first) == [f"9 janvier 2026 {LATE[1].replace(chr(39), '’')}"]
    assert awaited(healed) == []


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_storys_feed_has_its_articles_newest_first_once(healed: Edition, form: str) -> None:
    feed = feedparser.parse(healed.site[f"feeds/dossiers/{STORY}.{form}"])
    ids = ("mer/lentille", "mer/assureurs", "mer/bouee", "mer/avarie")
    assert [entry.link.removeprefix("https://lefil.example") for entry in feed.entries] == [
        healed.shown[id_]["url"] for id_ in ids
    ]
    page = healed.read(f"dossiers/{STORY}/index.html")
    assert f"/feeds/dossiers/{STORY}.{form}" in leads(rail(page, "follow"))


# -- the demonstration archive ---------------------------------------------------------------------------------


def test_the_demonstration_counts_its_lines_as_it_shows_them(demo: Publication) -> None:
    lines = [line for record in demo.show().values() for line in record["related"]]
    report = demo.first_build.report  # type: ignore[attr-defined]
    assert report["links"]["linked"] == sum(line["state"] == "linked" for line in lines) > 50
    assert report["links"]["waiting"] == sum(line["state"] == "waiting" for line in lines) > 5
    assert all(line["method"] == "exact" for line in lines if line["target"])


def test_the_demonstrations_affairs_are_stories_told_to_their_end(demo: Publication) -> None:
    shown = demo.show()
    for first_, last in (
        ("monde/2026-01-05-orvennes-chalutiers", "monde/2026-01-22-accord-peche-signe"),
        ("culture/2026-01-06-viole-volee", "culture/2026-01-22-viole-concert"),
        ("sciences/2026-01-06-melusine-arrivee", "sciences/2026-01-22-melusine-echantillon"),
        ("economie/2026-01-07-port-hallier-preavis", "economie/2026-01-22-port-hallier-reprise"),
    ):
        story = shown[first_]["story"]
        assert story["slug"] == shown[last]["story"]["slug"]
        page = parse(demo.output / f"dossiers/{story['slug']}/index.html")
        told = page.xpath("//section[h2[@id='dispatches']]/ol/li")
        assert len(told) == story["size"] >= 6
        assert shown[last]["url"] in leads(told)[:2]
        (note,) = parse(demo.output / shown[first_]["url"][1:]).find_class("note")
        assert "suivi celui-ci" in text_of(note)
