"""A file that says anything of an article under embargo is found out, and no other is."""

from __future__ import annotations

import pytest
from newsdigest.base.records import Secret
from newsdigest.site.leaks import Leak, LeakCheck

SECRET = Secret(
    "sciences/prix-halloran",
    "Le prix Halloran revient à « l'équipe de Belrive »",
    "2026/01/19/le-prix-halloran-revient-a-l-equipe-de-belrive.html",
    "2026-01-20T05:00+00:00",
)
FOUND = [Leak("a.html", SECRET.id, SECRET.until)]


def leaks(
    html: str, *secrets: Secret, path: str = "a.html", published: tuple[str, ...] = ()
) -> list[Leak]:
    check = LeakCheck(secrets or [SECRET], (), lambda _headline: published)
    return check.leaks(path, html.encode())


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Le prix Halloran revient à «\xa0l’équipe de Belrive\xa0»</h2>",
        "<li>LE PRIX HALLORAN REVIENT A L'EQUIPE DE BELRIVE</li>",
        "<p>On lit : le prix <b>Halloran</b> revient à l'équipe de <a href='/b/'>Belrive</a>.</p>",
        '<meta content="Le prix Halloran revient à &laquo; l&#39;équipe de Belrive &raquo;">',
        "<content>&lt;p&gt;Le prix Halloran revient à l&amp;#39;équipe de Belrive&lt;/p&gt;</content>",
        '{"headline":"Le prix Halloran revient \\u00e0 l\u2019\\u00e9quipe de Belrive"}',
        "<id>tag:lefil.example,2026:sciences/prix-halloran</id>",
        '<a href="/2026/01/19/le-prix-halloran-revient-a-l-equipe-de-belrive.html#x">ici</a>',
        "<loc>https://lefil.example/2026/01/19/le-prix-halloran-revient-a-l-equipe-de-belrive.html</loc>",
    ],
)
def test_a_headline_an_address_and_an_id_are_found_in_any_guise(html: str) -> None:
    assert leaks(html) == FOUND


@pytest.mark.parametrize(
    "html",
    [
        "<p>L'équipe de Belrive espère le prix Halloran, qui revient à Genève.</p>",
        "<id>tag:lefil.example,2026:sciences/prix-halloran-2</id>",
        "<id>tag:lefil.example,2026:autres/sciences/prix-halloran</id>",
        '<a href="/sciences/prix-halloran/">la section</a>',
    ],
)
def test_what_only_looks_like_it_is_not(html: str) -> None:
    assert leaks(html) == []


def test_its_address_is_a_secret_where_its_headline_is_none() -> None:
    known = SECRET._replace(headline="")
    assert leaks(f'<a href="/{SECRET.address}">ici</a>', known) == FOUND
    assert leaks(f"<a href='/x/{SECRET.id}'>Le prix Halloran revient à l'équipe</a>", known) == []


def test_a_page_at_its_address_is_found_whatever_it_says() -> None:
    assert leaks("<p>Rien.</p>", path=SECRET.address) == [Leak(SECRET.address, *FOUND[0][1:])]


def test_a_short_headline_is_one_where_it_is_all_that_stands_there() -> None:
    short = SECRET._replace(headline="Grève au port", address="")
    assert leaks("<p>La grève au port continue.</p>", short) == []
    for html in ("<a>Grève au port</a>", '<img alt="Grève au port">', '{"name":"Grève au port"}'):
        assert leaks(html, short) == FOUND
    assert leaks("<a>Index</a>", SECRET._replace(headline="Index", address="")) == []


def test_hundreds_are_told_apart_and_each_is_named() -> None:
    many = [
        SECRET._replace(
            id=f"monde/d-{n}", headline=f"La commune numéro {n} rouvre sa halle", address=""
        )
        for n in range(400)
    ]
    html = "<p>La commune numéro 399 rouvre sa halle</p><i>tag:a,2026:monde/d-7</i>"
    assert [leak.id for leak in leaks(html, *many)] == ["monde/d-399", "monde/d-7"]


LONGER = (
    "Le prix Halloran revient à « l'équipe de Belrive » : la ministre salue un succès",
    "Sel de mer : le prix Halloran revient à « l'équipe de Belrive »",
)


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{LONGER[0]}</h1><p>{LONGER[1]}</p>",
        f"<li>{LONGER[0][:-12]}…</li>",
        "<a href='/2026/01/19/sel-de-mer-le-prix-halloran-revient-a-l-equipe-de-belrive.html'>ici</a>",
        '{"headline":"Sel de mer\\u00a0: le prix Halloran revient \\u00e0 l’\\u00e9quipe de Belrive"}',
    ],
)
def test_a_headline_is_no_leak_within_a_longer_one_that_is_published(html: str) -> None:
    headline = SECRET._replace(address="", id="x")
    assert leaks(html, headline) == [Leak("a.html", "x", SECRET.until)]
    assert leaks(html, headline, published=LONGER) == []


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{LONGER[1]}</h1><h2>{SECRET.headline}</h2>",
        f"<p>On dit que {SECRET.headline} : la nouvelle court.</p>",
        f"<title>{SECRET.headline} – Le Fil</title>",
    ],
)
def test_beside_a_longer_one_it_is_found_all_the_same(html: str) -> None:
    assert leaks(html, published=LONGER[1:]) == FOUND


def test_what_a_published_headline_begins_with_is_no_secret() -> None:
    html = f"<title>{SECRET.headline} – Le Fil</title>"
    assert leaks(html, published=LONGER) == []


def test_an_id_of_plain_words_is_told_by_feeds_alone() -> None:
    for id_ in ("afp/reuters", "monde/latest", "24/7", "latest"):
        secret = SECRET._replace(id=id_, headline="", address="")
        assert leaks(f"<p>Les agences {id_} l’annoncent.</p><a href='/{id_}'>x</a>", secret) == []
        feed = f"<id>tag:lefil.example,2026:{id_}</id>"
        assert leaks(feed, secret) == [Leak("a.html", id_, SECRET.until)]
        assert leaks(feed, secret._replace(is_known=True)) == []
