"""What the editors' list of names does: how it is read, refused, and what it makes of an article."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from newsdigest.base.records import Article, Block, Entity, Mention
from newsdigest.entities.curated.apply import apply
from newsdigest.entities.curated.file import Curated, Fault, read_curated, touched
from newsdigest.entities.curated.surfaces import matching
from newsdigest.entities.tagger import rule_tagger

TAGGER = rule_tagger()


def article(
    headline: str, *body: str | Block, agencies: tuple[str, ...] = (), authors: tuple[str, ...] = ()
) -> Article:
    return Article(
        id="2026/essai",
        path="2026/essai.txt",
        headline=headline,
        published=datetime(2026, 1, 23, tzinfo=UTC),
        date_precision="day",
        lang="fr",
        blocks=tuple(
            Block("paragraph", text=piece) if isinstance(piece, str) else piece for piece in body
        ),
        agencies=agencies,
        authors=authors,
    )


def curated(*lines: str) -> Curated:
    found, faults = read_curated("\n".join(lines))
    assert faults == ()
    return found


def seen(of: Article, *names: tuple[str, str, str]) -> tuple[Entity, ...]:
    """A tagger's entities: (name, type, the form it has in the text), every occurrence of it."""
    texts = {-1: of.headline} | {at: block.tagged_text for at, block in enumerate(of.blocks)}
    found: dict[tuple[str, str], list[Mention]] = {}
    for name, kind, form in names:
        for block, text in texts.items():
            for match in re.finditer(re.escape(form), text):
                mention = Mention(block, match.start(), match.end(), form)
                found.setdefault((name, kind), []).append(mention)
    return tuple(
        Entity(name, kind, tuple(sorted(mentions, key=lambda m: (m.block, m.start))))  # type: ignore[arg-type]
        for (name, kind), mentions in found.items()
    )


def applied(
    file: Curated, of: Article, entities: tuple[Entity, ...] = ()
) -> dict[str, list[tuple[int, str]]]:
    """Name -> (block, text) of its mentions. Whatever was found: a second time, the same."""
    found = apply(file, of, entities)
    assert apply(file, of, found) == found
    spans = sorted((m.block, m.start, m.end) for entity in found for m in entity.mentions)
    for left, right in pairwise(spans):
        assert left[0] != right[0] or left[2] <= right[1]
    firsts = [(entity.mentions[0].block, entity.mentions[0].start) for entity in found]
    assert firsts == sorted(firsts)
    return {entity.name: [(m.block, m.text) for m in entity.mentions] for entity in found}


# -- reading ---------------------------------------------------------------------------------------


def test_a_line_of_the_file():
    [entity] = curated(
        "person\tMarc Girod\tM. A. Girod|Marco Girod\t"
        "short=global; notag=credit, label=Girod l'Ancien not=Pont Girod|Anne Girod "
        "link=https://girod.example/a?b=1"
    ).entities
    assert (entity.type, entity.name) == ("person", "Marc Girod")
    assert entity.surfaces == ("Marc Girod", "M. A. Girod", "Marco Girod")
    assert (entity.short, entity.notag) == ("global", "credit")
    assert entity.label == "Girod l'Ancien"
    assert entity.never == ("Pont Girod", "Anne Girod")
    assert entity.link == "https://girod.example/a?b=1"


def test_what_a_spreadsheet_makes_of_the_file_reads_the_same():
    plain = (
        "# les noms\n\ntype\tnom\tautres\toptions\nlieu\tLormont\tLormont-sur-Mer\nperson\tA B\n"
    )
    sheet = (
        "\ufeff# les noms\t\t\t\r\n\t\t\t\r\ntype\tnom\tautres\toptions\r\n"
        '"lieu"\t"Lormont"\tLormont-sur-Mer\t\t\t\r\nperson\tA\u00a0B\t\t\r\n'
    )
    assert read_curated(sheet) == read_curated(plain)
    assert [e.line for e in read_curated(sheet)[0].entities] == [4, 5]


def test_french_types_are_types():
    file = curated("personne\tA B", "lieu\tC", "organisation\tD")
    assert [entity.type for entity in file.entities] == ["person", "place", "organisation"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("personnage\tMarc Girod", "E_ENTITY_TYPE"),
        ("person Marc Girod", "E_ENTITY_COLUMNS"),
        ("person", "E_ENTITY_COLUMNS"),
        ("person\tMarc Girod\tA\tshort=none\tplus", "E_ENTITY_COLUMNS"),
        ("person\t--", "E_ENTITY_NAME"),
        ("person\t\tGirod", "E_ENTITY_NAME"),
        ("person\tMarc Girod|Girod", "E_ENTITY_NAME"),
        ("person\tMarc Girod\tOlive|…", "E_ENTITY_NAME"),
        ("person\tMarc Girod\tLormont", "E_ENTITY_ALIAS_TWICE"),
        ("person\tMarc Girod\tlormont", "E_ENTITY_ALIAS_TWICE"),
        ("person\tAnne Lormont\t\tshort=global", "E_ENTITY_ALIAS_TWICE"),
        ("person\tMarc Girod\t\tcolour=red", "E_ENTITY_OPTION"),
        ("person\tMarc Girod\t\tglobal", "E_ENTITY_OPTION"),
        ("person\tMarc Girod\t\tshort=none short=global", "E_ENTITY_OPTION"),
        ("person\tMarc Girod\t\tshort=always", "E_ENTITY_VALUE"),
        ("person\tMarc Girod\t\tlabel=", "E_ENTITY_VALUE"),
        ("person\tMarc Girod\t\tlink=javascript:alert(1)", "E_ENTITY_VALUE"),
        ("person\tMarc Girod\tGirod\tnot=girod", "E_ENTITY_VALUE"),
    ],
)
def test_a_faulty_line_is_told_and_left_out(line: str, code: str):
    file, faults = read_curated(f"place\tLormont\n{line}\nplace\tOsq")
    assert [(fault.line, fault.code) for fault in faults] == [(2, code)]
    assert [entity.name for entity in file.entities] == ["Lormont", "Osq"]
    report = faults[0].report(str)
    assert report.startswith(f"entities.tsv:2: {code}: ")
    assert "{" not in report
    assert "\n" not in report


def test_a_fault_says_where_the_name_stands_already():
    _, [fault] = read_curated("place\tLormont\nperson\tMarc Girod\tLormont")
    assert fault == Fault(
        2, "E_ENTITY_ALIAS_TWICE", {"alias": "Lormont", "other": "Lormont", "first": 1}
    )
    assert fault.text(str) == (
        '"Lormont" already means Lormont (line 1). Take it off one of the two lines.'
    )


# -- names -----------------------------------------------------------------------------------------


def test_an_empty_file_changes_nothing():
    text = article("Marc Girod", "Marc Girod parle.")
    entities = seen(text, ("Marc Girod", "person", "Marc Girod"))
    assert apply(Curated(), text, entities) is entities
    assert apply(curated("place\tOsq"), text, entities) is entities


def test_a_name_of_the_file_is_found_where_the_tagger_saw_nothing():
    file = curated("organisation\tConseil de paix")
    text = article("Le Conseil de paix se réunit", "Un « Conseil de paix » à Osq.")
    assert applied(file, text) == {
        "Conseil de paix": [(-1, "Conseil de paix"), (0, "Conseil de paix")]
    }


def test_apostrophes_spaces_and_hyphens_are_free_but_case_and_accents_are_not():
    file = curated("place\tL'Île-aux-Mouettes")
    text = article("L’Île aux\u00a0Mouettes", "L'ile-aux-mouettes. L'Ile-aux-Mouettes.")
    assert applied(file, text) == {"L'Île-aux-Mouettes": [(-1, "L’Île aux\u00a0Mouettes")]}


def test_a_name_stands_at_word_bounds():
    file = curated("person\tJean", "organisation\tOsq")
    assert applied(file, article("Jeanne, Jean-Luc et MonOsq", "Osqs et Post-Osq")) == {}
    assert applied(file, article("Osq, Jean")) == {"Osq": [(-1, "Osq")], "Jean": [(-1, "Jean")]}


def test_a_lower_case_name_is_found_and_may_open_a_sentence():
    file = curated("organisation\tarmée du val\tl'iOsq", "place\tîle de Brô")
    text = article("Île de Brô", "Armée du val contre l'iOsq ; l'armée du val à l'île de Brô.")
    assert applied(file, text) == {
        "île de Brô": [(-1, "Île de Brô"), (0, "île de Brô")],
        "armée du val": [(0, "Armée du val"), (0, "l'iOsq"), (0, "armée du val")],
    }


def test_aliases_take_the_name_and_the_type_of_their_line():
    file = curated("organisation\tOrganisation du val\tODV|Orval")
    text = article("L'ODV et Orval", "Organisation du val.")
    entities = seen(text, ("ODV", "place", "ODV"), ("Orval", "person", "Orval"))
    [entity] = apply(file, text, entities)
    assert (entity.name, entity.type) == ("Organisation du val", "organisation")
    assert [m.text for m in entity.mentions] == ["ODV", "Orval", "Organisation du val"]


def test_another_spelling_the_tagger_saw_is_the_line_s_too():
    file = curated("person\tÉloi Mélin")
    text = article("Eloi Melin", "Melin part.")
    entities = seen(text, ("Eloi Melin", "person", "Eloi Melin"), ("Osq", "place", "Osq"))
    assert applied(file, text, entities) == {"Éloi Mélin": [(-1, "Eloi Melin")]}


def test_the_longest_name_wins_over_its_parts():
    file = curated("organisation\tConseil de paix d'Osq", "place\tOsq", "organisation\tConseil")
    text = article("Le Conseil de paix d'Osq à Osq")
    entities = seen(text, ("Conseil", "organisation", "Conseil"), ("paix", "place", "paix d'Osq"))
    assert applied(file, text, entities) == {
        "Conseil de paix d'Osq": [(-1, "Conseil de paix d'Osq")],
        "Osq": [(-1, "Osq")],
    }


def test_several_words_win_over_a_longer_name_the_tagger_saw_and_one_word_does_not():
    text = article("Le Conseil de paix de Marc Girod à Osq Athlétic")
    entities = seen(
        text,
        ("Conseil de paix de Marc Girod", "organisation", "Conseil de paix de Marc Girod"),
        ("Osq Athlétic", "organisation", "Osq Athlétic"),
    )
    assert applied(curated("organisation\tConseil de paix", "place\tOsq"), text, entities) == {
        "Conseil de paix": [(-1, "Conseil de paix")],
        "Osq Athlétic": [(-1, "Osq Athlétic")],
    }


def test_photo_lines_and_related_headlines_never_count():
    text = article(
        "Titre",
        Block("photo", caption="Osq", credit="Osq"),
        Block("related", items=("Osq en fête",)),
        Block("list", items=("Osq", "Brô")),
    )
    assert applied(curated("place\tOsq"), text) == {"Osq": [(2, "Osq")]}


# -- surnames --------------------------------------------------------------------------------------

GLOBAL = curated("person\tMarc Girod\t\tshort=global; not=Pont Girod|Marc-André Girod")


def test_a_global_surname_means_its_bearer_in_any_article():
    text = article("Girod attendu à Osq", "Hier, M. Girod est venu.")
    entities = seen(text, ("Girod", "place", "Girod"))
    assert applied(GLOBAL, text, entities) == {"Marc Girod": [(-1, "Girod"), (0, "Girod")]}
    assert applied(GLOBAL, text) == {"Marc Girod": [(-1, "Girod"), (0, "Girod")]}
    assert applied(curated("person\tMarc Girod"), text) == {}


def test_a_global_surname_the_article_gives_to_somebody_else_stays_hers():
    text = article("Mme Girod élue", "Anne Girod est élue.")
    tagged = TAGGER.tag(text)
    assert applied(GLOBAL, text, tagged) == {"Anne Girod": [(-1, "Girod"), (0, "Anne Girod")]}


def test_of_two_bearers_in_one_article_the_global_surname_means_the_one_of_the_file():
    text = article("Le duel des Girod", "Anne Girod et Marc Girod. Girod gagne.")
    entities = seen(
        text,
        ("Anne Girod", "person", "Anne Girod"),
        ("Marc Girod", "person", "Marc Girod"),
    )
    assert applied(GLOBAL, text, entities) == {
        "Marc Girod": [(-1, "Girod"), (0, "Marc Girod"), (0, "Girod")],
        "Anne Girod": [(0, "Anne Girod")],
    }


def test_a_name_that_is_not_his_keeps_its_words_and_its_surname():
    text = article("Sur le Pont Girod, Girod chante")
    assert applied(GLOBAL, text) == {"Marc Girod": [(-1, "Girod")]}
    assert apply(GLOBAL, text, ())[0].mentions[0].start == 19
    namesake = article("Marc-André Girod chante", "Girod danse.")
    entities = seen(namesake, ("Marc-André Girod", "person", "Marc-André Girod"))
    assert applied(GLOBAL, namesake, entities) == {"Marc-André Girod": [(-1, "Marc-André Girod")]}


def test_what_the_tagger_took_for_one_is_split():
    text = article("Marc Girod et Marc-André Girod")
    [both] = seen(
        text, ("Marc Girod", "person", "Marc Girod"), ("Marc Girod", "person", "Marc-André Girod")
    )
    assert applied(GLOBAL, text, (both,)) == {
        "Marc Girod": [(-1, "Marc Girod")],
        "Marc-André Girod": [(-1, "Marc-André Girod")],
    }


def test_short_none_keeps_the_surname_apart():
    text = article("Marc Chance arrive", "Chance ou non, M. Chance part.")
    entities = TAGGER.tag(text)
    assert applied(curated("person\tMarc Chance"), text, entities)["Marc Chance"] != [
        (-1, "Marc Chance")
    ]
    found = applied(curated("person\tMarc Chance\t\tshort=none"), text, entities)
    assert found["Marc Chance"] == [(-1, "Marc Chance")]


def test_arabic_articles_of_a_surname_are_free():
    file = curated("person\tBachir el-Osri\t\tshort=global")
    text = article("El-Osri et al-Osri", "M. Osri.")
    assert applied(file, text) == {
        "Bachir el-Osri": [(-1, "El-Osri"), (-1, "al-Osri"), (0, "Osri")]
    }


# -- what is not tagged ----------------------------------------------------------------------------


def test_a_source_is_not_tagged_where_it_stands_as_one():
    file = curated("organisation\tAgence Kéral\tKéral\tnotag=credit")
    text = article(
        "L'agence Kéral ferme", "OSQ (Kéral) - Il pleut. Kéral/CVN", "Texte : Kéral", "Fin. (Kéral)"
    )
    assert applied(file, text) == {"Agence Kéral": [(-1, "Kéral")]}
    assert applied(file, article("Kéral ferme", agencies=("Kéral",))) == {}


def test_what_is_never_tagged_takes_its_words_with_it():
    file = curated("organisation\tGazette d'Osq\t\tnotag=always", "place\tOsq")
    text = article("La Gazette d'Osq", "À Osq.")
    entities = seen(text, ("Gazette", "organisation", "Gazette"), ("Osq", "place", "Osq"))
    assert applied(file, text, entities) == {"Osq": [(0, "Osq")]}


# -- what else the file says -----------------------------------------------------------------------


def test_a_label_and_a_link_are_shown_and_change_no_identity():
    file = curated("place\tVille-Haute\tOsq\tlabel=Osq link=https://osq.example")
    assert list(applied(file, article("Osq"))) == ["Ville-Haute"]
    assert (file.label_of("ville haute"), file.link_of("ville haute")) == (
        "Osq",
        "https://osq.example",
    )
    assert (file.label_of("osq sur mer"), file.link_of("osq sur mer")) == ("", "")


def test_the_file_settles_what_it_joins_and_what_it_parts():
    file = curated("person\tMarc Girod\tMark Jirod\tnot=Marc Giraud")
    assert file.settles("Marc Girod", "Mark Jirod")
    assert file.settles("Marc Giraud", "Mark Jirod")
    assert not file.settles("Marc Girod", "Marc Delcourt")


# -- what a change reaches -------------------------------------------------------------------------

CHANGES = [
    ("", "place\tOsq", "Osq en fête"),
    ("place\tOsq", "", "Osq en fête"),
    ("place\tOsq", "organisation\tOsq", "Osq en fête"),
    ("place\tOsq", "place\tOsq\tBrô", "Brô"),
    ("person\tMarc Girod", "person\tMarc Girod\t\tshort=global", "M. Girod"),
    ("person\tMarc Girod", "person\tMarc Girod\t\tnot=Pont Girod", "Le Pont Girod"),
    ("place\tOsq\nplace\tBrô\tOsq", "place\tBrô\tOsq", "Osq"),
]


@pytest.mark.parametrize(("before", "after", "headline"), CHANGES)
def test_a_change_reaches_the_articles_it_changes_and_no_others(
    before: str, after: str, headline: str
):
    change = touched(read_curated(before)[0], read_curated(after)[0])
    assert change.touches(article(headline), ())
    assert not change.touches(article("Titre", "Il pleut sur Lormont."), ())
    assert any(surface in matching(headline) for surface in change.surfaces)
    assert any(word in headline for word in change.words)


def test_a_change_reaches_other_spellings_the_tagger_saw():
    text = article("Eloi Melin")
    change = touched(Curated(), curated("person\tÉloi Mélin"))
    assert not change.touches(text, ())
    assert change.touches(text, seen(text, ("Eloi Melin", "person", "Eloi Melin")))


def test_comments_order_labels_and_links_reach_no_article():
    before = curated("place\tOsq", "place\tBrô")
    after = curated(
        "# noms", "place\tBrô\t\tlink=https://bro.example", "place\tOsq\t\tlabel=Osq-Ville"
    )
    change = touched(before, after)
    assert (change.surfaces, change.words, change.keys) == (frozenset(), frozenset(), frozenset())
    assert change.shown == {"osq", "bro"}


def test_a_large_file_over_a_long_hostile_text_takes_linear_time():
    file = curated(*(f"person\tJean Nom{number}" for number in range(5000)))
    text = article("Jean", "Jean Nom7 " * 20000)
    [entity] = apply(file, text, ())
    assert len(entity.mentions) == 20000
