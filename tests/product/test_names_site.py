"""The names of a built site: what `invoke entities` answers, and what the wire's first article gives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from publication import Publication, Run, text_of

PORT = """ date 2026-01-05 La pêche reprend à Port-Maubert

Les chalutiers ont repris la mer lundi, a annoncé la ministre de la Mer, Inès Dacosta.

Le quota n'a pas changé.

Le président de la coopérative, Firmin Latour, a salué la décision.

MM. Latour et Valcourt doivent se revoir, a dit le maire Bastien Valcourt.

AFP/VNA/CVN
"""
CONCERT = """ date 2026-01-06 Un concert à Genève

Le violoniste Youri Kovalev a joué mardi à Genève devant mille personnes.

AFP/VNA/CVN
"""
ENCORE = """ date 2026-01-07 Un second concert

Le violoniste Iouri Kovalev jouera jeudi à Genève, a indiqué son agent.

Le maire Bastien Valcourt sera dans la salle.

AFP/VNA/CVN
"""
NAMES = (
    "# type\tnom\tautres noms\toptions\n"
    "personne\tYouri Kovalev\tIouri Kovalev\tnot=Pont Kovalev\n"
    "lieu\tBrô\n"
    "navire\tLa Belle Rive\n"
)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Three articles without the editors' names."""
    paper = Publication(tmp_path_factory.mktemp("names") / "paper")
    for name, text in (("port", PORT), ("concert", CONCERT), ("encore", ENCORE)):
        paper.write(f"{name}.txt", text)
    assert paper.build().report["names"] == {"faults": [], "unused": []}
    return paper


@pytest.fixture(scope="module")
def listed(paper: Publication, tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, Run]:
    """The same with a list, one of whose lines is at fault and one needless; its last build."""
    other = Publication(tmp_path_factory.mktemp("listed") / "paper", paper.content)
    other.write("entities.tsv", NAMES)
    return other, other.build()


def entities(paper: Publication, *options: str) -> Run:
    return paper.run("invoke", "entities", *options)


# -- invoke entities -----------------------------------------------------------------------------------


def test_names_that_may_be_one_are_counted_and_proposed_with_a_sentence_of_each(
    paper: Publication,
) -> None:
    assert entities(paper).out == "Noms qui n'en font peut-être qu'un : 1\n"
    run = entities(paper, "--review")
    assert run.code == 0
    assert run.out.splitlines() == [
        "Noms qui n'en font peut-être qu'un : 1",
        "",
        "  Youri Kovalev = Iouri Kovalev  (deux transcriptions; articles 1 et 1)",
        "    2026-01-06  Le violoniste [Youri Kovalev] a joué mardi à Genève devant mille"
        " personnes.",
        "    2026-01-07  Le violoniste [Iouri Kovalev] jouera jeudi à Genève, a indiqué son agent.",
        "    person\tYouri Kovalev\tIouri Kovalev",
    ]


def test_the_line_proposed_is_a_line_of_the_editors_list(
    paper: Publication, tmp_path: Path
) -> None:
    other = Publication(tmp_path / "paper", paper.content)
    other.write("entities.tsv", entities(paper, "--review").out.splitlines()[-1].strip() + "\n")
    run = other.build()
    assert run.report["names"] == {"faults": [], "unused": []}
    page = other.page("/entites/youri-kovalev/")
    assert [text_of(h) for h in page.xpath("//h3")] == ["Un second concert", "Un concert à Genève"]
    assert entities(other).out == "Noms qui n'en font peut-être qu'un : 0\n"


def test_why_tells_the_words_and_the_paragraph_each_tag_rests_on(paper: Publication) -> None:
    run = entities(paper, "--why", "Bastien Valcourt")
    assert run.code == 0
    assert run.out.splitlines() == [
        "encore  2026-01-07  nom complet",
        "  relié par : Le maire Bastien Valcourt, § 2",
        "port  2026-01-05  nom complet dans l'article, rejoint par ses formes courtes",
        "  relié par : MM. Latour et Valcourt, § 4 ; a dit le maire Bastien Valcourt, § 4",
    ]


@pytest.mark.parametrize("asked", ["Bastien  valcourt", "bastien-valcourt"])
def test_why_knows_a_name_by_its_key_and_by_its_address(paper: Publication, asked: str) -> None:
    assert entities(paper, "--why", asked).out == entities(paper, "--why", "Bastien Valcourt").out


def test_why_of_a_name_nobody_gives_is_told_on_stderr(paper: Publication) -> None:
    run = entities(paper, "--why", "Oscar Dupleix")
    assert (run.code, run.out) == (1, "")
    assert run.err.strip() == "aucun article ne nomme « Oscar Dupleix »."


def test_before_the_first_build_there_is_no_answer(publication: Publication) -> None:
    run = entities(publication)
    assert (run.code, run.out) == (1, "")
    assert "invoke build" in run.err


def test_lines_at_fault_make_the_review_end_with_2(listed: tuple[Publication, Run]) -> None:
    paper, _ = listed
    run = entities(paper)
    assert run.code == 2
    assert run.out.splitlines() == [
        "entities.tsv:4: E_ENTITY_TYPE: « navire » n'est pas un type d'entité. Écrivez personne,"
        " lieu, organisation, événement ou produit.",
        "entities.tsv:2: tenus séparés : Youri Kovalev et Pont Kovalev",
        "entities.tsv:3: sans effet : aucun article ne nomme Brô",
        "Noms qui n'en font peut-être qu'un : 0",
    ]


def test_why_names_the_editors_line(listed: tuple[Publication, Run]) -> None:
    paper, _ = listed
    first, second = entities(paper, "--why", "Iouri Kovalev").out.splitlines()[::2]
    assert first == "encore  2026-01-07  entities.tsv, ligne 2"
    assert second == "concert  2026-01-06  nom complet"


# -- the build's account of the list -------------------------------------------------------------------


def test_the_report_tells_the_lines_at_fault_and_those_without_effect(
    listed: tuple[Publication, Run],
) -> None:
    _, run = listed
    assert run.code == 0
    assert run.report["names"] == {
        "faults": [
            {
                "line": 4,
                "code": "E_ENTITY_TYPE",
                "message": "« navire » n'est pas un type d'entité. Écrivez personne, lieu,"
                " organisation, événement ou produit.",
            }
        ],
        "unused": [{"line": 3, "name": "Brô"}],
    }
    told = run.out.partition("Les noms de la rédaction")[2].split("\n")
    assert [line.strip().partition(" ")[0] for line in told[1:3]] == [
        "content/entities.tsv:4:",
        "content/entities.tsv:3:",
    ]


def test_the_list_is_no_article_and_no_rejection(listed: tuple[Publication, Run]) -> None:
    _, run = listed
    assert (run.report["found"], run.report["rejected"], run.report["ignored"]) == (3, 0, 0)


# -- what readers see ----------------------------------------------------------------------------------


def test_a_persons_page_tells_the_roles_and_their_days(paper: Publication) -> None:
    page = paper.page("/entites/bastien-valcourt/")
    roles = [text_of(li) for li in page.xpath("//li") if text_of(li).startswith("maire")]
    assert roles == ["maire du 5 au 7 janvier 2026"]


def test_below_its_page_a_name_is_a_word_without_a_link(paper: Publication) -> None:
    page = paper.page("/2026/01/05/la-peche-reprend-a-port-maubert.html")
    chips = {
        text_of(chip): [a.get("href") for a in chip.iter("a")]
        for chip in page.xpath("//ul[@class='chips' or starts-with(@class, 'words')]/li")
    }
    assert chips == {
        "Inès Dacosta": [],
        "Firmin Latour": [],
        "Bastien Valcourt": ["/entites/bastien-valcourt/"],
        "Port-Maubert": [],
    }


# -- the article the house began with --------------------------------------------------------------------

SEED = {
    **dict.fromkeys(
        (
            "Vladimir Poutine", "Steve Witkoff", "Iouri Ouchakov", "Kirill Dmitriev",
            "Jared Kushner", "Donald Trump", "Josh Gruenbaum",
        ),
        "person",
    ),
    **dict.fromkeys(
        ("Moscou", "Russie", "États-Unis", "Ukraine", "Davos", "Suisse"), "place"
    ),
    **dict.fromkeys(("ONU", "Kremlin", "Maison Blanche"), "organisation"),
}  # fmt: skip


@pytest.fixture(scope="module")
def wire(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, Any]:
    """A publication of the seed alone, and its entities by name."""
    paper = Publication(tmp_path_factory.mktemp("seed") / "paper")
    shutil.copy(seed, paper.content)
    paper.build()
    record = paper.show()[seed.stem]
    return paper, {entity["name"]: entity for entity in record["entities"]}


def test_the_seeds_names_are_in_full_and_of_the_right_type(wire: tuple[Publication, Any]) -> None:
    _, named = wire
    assert {name: named.get(name, {}).get("type") for name in SEED} == SEED


def test_the_seeds_short_forms_join_the_full_names(
    wire: tuple[Publication, Any], seed: Path
) -> None:
    """Each surname alone is one more mention of the seven; nobody goes by a surname."""
    _, named = wire
    lines = seed.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.strip().startswith((">>", "Photo")))
    for name in [name for name, kind in SEED.items() if kind == "person"]:
        surname = name.split()[-1]
        assert named[name]["mentions"] == len(re.findall(rf"\b{surname}\b", text)), name
    assert all(" " in e["name"] for e in named.values() if e["type"] == "person")


def test_no_credit_of_the_seed_is_a_tag(wire: tuple[Publication, Any], seed: Path) -> None:
    _, named = wire
    signed = seed.read_text(encoding="utf-8").split()[-1].split("/")
    assert set(signed) & set(named) == set()
