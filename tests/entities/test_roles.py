"""What the copy says a person is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from newsdigest.base.records import Article, Block, Entity, Mention
from newsdigest.entities.forms import usual_spelling
from newsdigest.entities.roles.merged import Office, merged
from newsdigest.entities.roles.roles import LONGEST_ROLE, role_key, roles


def told(text: str, name: str, lang: str = "fr", kind: str = "person") -> tuple[str, ...]:
    """The roles of a name in an article of one paragraph, by every place where it stands."""
    article = Article(
        id="2026/essai",
        path="2026/essai.txt",
        headline="Les faits du jour",
        published=datetime(2026, 1, 23, tzinfo=UTC),
        date_precision="day",
        lang=lang,
        blocks=(Block("paragraph", text=text),),
    )
    mentions = []
    at = text.find(name)
    while at >= 0:
        mentions.append(Mention(0, at, at + len(name), name))
        at = text.find(name, at + 1)
    return roles(article, Entity(name, kind, tuple(mentions)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Le président russe Paul Girod est arrivé.", "président russe"),
        ("a estimé le conseiller présidentiel russe Paul Girod.", "conseiller présidentiel russe"),
        (
            "Pour le ministre des Affaires étrangères Paul Girod, c'est fait.",
            "ministre des Affaires étrangères",
        ),
        ("Paul Girod, envoyé spécial du président, a parlé.", "envoyé spécial du président"),
        ("Paul Girod, le maire de Saint-Orens, a parlé.", "maire de Saint-Orens"),
        ("Paul Girod (ministre de la Mer) a parlé.", "ministre de la Mer"),
        ("Paul Girod, 45 ans, luthier à Corvanne, a parlé.", "luthier à Corvanne"),
        ("Selon le maire de Lyon, Paul Girod, rien ne presse.", "maire de Lyon"),
        (
            "La directrice du Grand Port de Port-Hallier (GPPH), Paul Girod, a parlé.",
            "directrice du Grand Port de Port-Hallier",
        ),
        ("Le ministre orvennais, Paul Girod, et sa collègue ont signé.", "ministre orvennais"),
        ("L'ancien Premier ministre Paul Girod est là.", "ancien Premier ministre"),
        ("L'ex-Premier ministre français Paul Girod parle.", "ex-Premier ministre français"),
        ("L'ancien très contesté ministre Paul Girod parle.", "ancien très contesté ministre"),
        ("L'ancien président et ministre Paul Girod parle.", "ancien président et ministre"),
        ("Le vice-Premier ministre italien Paul Girod parle.", "vice-Premier ministre italien"),
        ("Le Premier ministre britannique Paul Girod parle.", "premier ministre britannique"),
        ("La secrétaire générale de l'ONU Paul Girod parle.", "secrétaire générale de l'ONU"),
        (
            "Le ministre de l'Économie et des Finances Paul Girod parle.",
            "ministre de l'Économie et des Finances",
        ),
        ("Le président de la Commission européenne Paul Girod parle.",
         "président de la Commission européenne"),
        ("Paul Girod, président du conseil depuis 2019, a parlé.", "président du conseil"),
        ("Paul Girod, maire de Lyon qui se retire, a parlé.", "maire de Lyon"),
        ("Le PDG d’Airbus Paul\u00a0Girod parle.".replace("\u00a0", " "), "PDG d'Airbus"),
        ("Le président Paul Girod parle.", "président"),
    ],
)  # fmt: skip
def test_a_role_is_read_beside_the_name(text: str, role: str):
    assert told(text, "Paul Girod") == (role,)


@pytest.mark.parametrize(
    "text",
    [
        # Somebody else's, or nobody knows whose.
        "L'avocat de Paul Girod a parlé.",
        "Le conseiller du président russe Paul Girod a parlé.",
        "Son conseiller Paul Girod a parlé.",
        "Paul Girod, son avocat, a parlé.",
        "Les ministres Paul Girod et Anne Lemoine ont parlé.",
        "Paul Girod, ministre Anne Lemoine, ont parlé.",
        # A sentence, not a role.
        "Le maire de Lyon a reçu Paul Girod hier.",
        "Le président de la station explique Paul Girod.",
        "Le président demande de quitter Paul Girod.",
        # Kin and company are no offices.
        "La femme du président, Paul Girod, est là.",
        "Paul Girod, le gendre du président, est là.",
        # Half a role says nothing; a list gives none.
        "L'auteur, Paul Girod, a été arrêté.",
        "Étaient là Anne Lemoine, le préfet, Paul Girod, et d'autres.",
        "Paul Girod est venu.",
        "Paul Girod, maire",
    ],
)
def test_what_is_no_role_of_his(text: str):
    assert told(text, "Paul Girod") == ()


def test_a_role_said_twice_is_one_and_the_fuller_one_stays():
    text = "Le président Paul Girod. Le Président russe Paul Girod. Le président russe Paul Girod."
    assert told(text, "Paul Girod") == ("président russe",)


def test_roles_come_in_reading_order():
    text = "Le luthier Paul Girod est là. Paul Girod, maire de Lyon, aussi."
    assert told(text, "Paul Girod") == ("luthier", "maire de Lyon")


def test_a_role_without_end_is_cut_at_a_complement():
    [role] = told(
        "Paul Girod, directeur du service des eaux de la communauté de communes du plateau de "
        "Corvanne et de Valdrac, a parlé.",
        "Paul Girod",
    )
    assert len(role) <= LONGEST_ROLE
    assert role.startswith("directeur du service des eaux de la communauté de communes")
    assert not role.endswith((" de", " et"))


def test_a_surname_alone_is_not_asked():
    assert told("Le président Girod parle.", "Girod") == ("président",)
    article_name = "Le président Girod parle. Paul Girod aussi."
    assert told(article_name, "Paul Girod") == ()


def test_places_and_bodies_have_no_role():
    assert told("Le président russe Corvanne parle.", "Corvanne", kind="place") == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Russian presidential aide Paul Girod said so.", "Russian presidential aide"),
        ("Chinese Foreign Minister Paul Girod said so.", "Chinese foreign minister"),
        ("President Paul Girod said so.", "president"),
        ('"No," union secretary Paul Girod said.', "union secretary"),
        ("Paul Girod, president of the European Commission, said so.",
         "president of the European Commission"),
        ("Paul Girod, head of the fishermen's union, said so.", "head of the fishermen's union"),
        ("said the UN mediator, Paul Girod.", "UN mediator"),
        ("The foreign minister of the Orvennes, Paul Girod, signed.",
         "foreign minister of the Orvennes"),
    ],
)  # fmt: skip
def test_english_copy_has_its_own_order(text: str, role: str):
    assert told(text, "Paul Girod", lang="en") == (role,)


@pytest.mark.parametrize(
    "text",
    [
        "His adviser Paul Girod said so.",
        "The lawyer of Paul Girod said so.",
        "Paul Girod, who heads the union, said so.",
        "Paul Girod, a lawyer, and others said so.",
        "The mayor met Paul Girod in Lyon.",
    ],
)
def test_english_copy_that_gives_none(text: str):
    assert told(text, "Paul Girod", lang="en") == ()


def test_vietnamese_copy_puts_the_office_first():
    text = "Ông Huỳnh Văn Tâm, Giám đốc AED, gặp Bộ trưởng Ngoại giao Bùi Thanh Sơn."
    assert told(text, "Huỳnh Văn Tâm", lang="vi") == ("giám đốc AED",)
    assert told(text, "Bùi Thanh Sơn", lang="vi") == ("bộ trưởng Ngoại giao",)


def test_spellings_of_a_role_share_a_key():
    assert role_key("président-directeur général") == role_key("Président directeur général")
    assert role_key("président russe") != role_key("président turc")


@pytest.mark.parametrize("lang", ["fr", "en", "vi"])
@pytest.mark.parametrize(
    "unit", ["le président de la ", "Paul Girod, maire de ", "(Paul Girod), président ", "d'"]
)
def test_hostile_text_costs_what_its_length_costs(unit: str, lang: str):
    # 200,000 characters; a quadratic step would take minutes.
    text = unit * (200_000 // len(unit)) + " Paul Girod"
    assert all(len(role) <= LONGEST_ROLE for role in told(text, "Paul Girod", lang))


@pytest.mark.parametrize(
    ("text", "lang", "role"),
    [
        ("Former British Prime Minister Paul Girod said.", "en", "former British prime minister"),
        ("The ex-British minister Paul Girod said.", "en", "ex-British minister"),
        (
            "The former two-time Spanish economy minister Paul Girod said.",
            "en",
            "former two-time Spanish economy minister",
        ),
        ("A captain told Russian President Paul Girod so.", "en", "Russian president"),
        ("Hôm nay cựu Tổng thống Mỹ Paul Girod nói.", "vi", "cựu Tổng thống Mỹ"),
    ],
)
def test_an_office_that_is_not_held_is_never_told_as_held(text: str, lang: str, role: str) -> None:
    assert told(text, "Paul Girod", lang) == (role,)


def office(key: str, first: str, last: str = "", times: int = 1) -> Office:
    return Office(key, times, first, last or first)


def test_a_role_that_another_contains_is_told_with_it() -> None:
    bare, whole = office("president", "2026-01-01", "2026-01-20", 4), "president russe"
    new = office("nouveau president russe", "2025-12-01")
    found = merged([bare, office(whole, "2026-01-05", times=2), new])
    assert found == [office(whole, "2025-12-01", "2026-01-20", 7)]


def test_whose_country_an_office_is_makes_no_other_office() -> None:
    sea, italian = office("ministre de la mer", "2026-01-08"), "ministre italienne de la mer"
    assert merged([sea, office(italian, "2026-01-06")]) == [
        office(italian, "2026-01-06", "2026-01-08", 2)
    ]
    deputy = office("ministre deleguee de la mer", "2026-01-06")
    assert merged([sea, deputy]) == [sea, deputy]


def test_an_office_held_and_one_no_longer_held_are_two() -> None:
    both = [
        office("ancien premier ministre", "2026-02-01"),
        office("premier ministre", "2026-01-01"),
    ]
    assert merged(both) == both


def test_years_apart_a_bare_role_may_be_another_office() -> None:
    both = [office("ministre", "2012-01-01"), office("ministre de la mer", "2026-01-01")]
    assert merged(both) == both


def test_a_bare_role_lengthens_the_time_of_no_one_of_two_offices() -> None:
    mayor, mer = office("maire de lyon", "2026-01-05"), office("maire de nice", "2026-01-06")
    found = merged([office("maire", "2026-01-01", "2026-03-01"), mayor, mer])
    assert [(one.first, one.last) for one in found] == [
        ("2026-01-05", "2026-01-05"),
        ("2026-01-06", "2026-01-06"),
    ]


def test_a_name_is_spelled_as_most_articles_of_the_sites_language_do() -> None:
    told_ = [("Ines Dacosta", "en"), ("Ines Dacosta", "en"), ("Inès Dacosta", "fr")]
    assert usual_spelling("Ines Dacosta", told_, "fr") == "Inès Dacosta"
    assert usual_spelling("Ines Dacosta", told_, "en-GB") == "Ines Dacosta"
    tie = [("Huynh Van Tam", "fr"), ("Huynh Van Tâm", "fr")]
    assert usual_spelling("Huynh Van Tam", tie, "fr") == "Huynh Van Tâm"
    assert usual_spelling("Ana", [], "fr") == "Ana"
    assert usual_spelling("Zoé", [("Zoe", "vi"), ("Zoé", "en"), ("Zoe", "en")], "fr") == "Zoe"
