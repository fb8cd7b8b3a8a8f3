"""Les commandes de l'éditeur. `invoke --list` les énumère."""

from __future__ import annotations

import shlex
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from invoke import Collection, Context, Exit, Task, task
from invoke.parser.parser import ParseMachine

# Invoke has no compiled module kept, and each command would compile the core anew.
sys.dont_write_bytecode = bool(sys.flags.dont_write_bytecode)

from newsdigest.collector import collect_seldom  # noqa: E402

# Thousands of classes and functions come, and none of them goes: to look for garbage among them takes a
# tenth of a command that has nothing to do.
collect_seldom()

from newsdigest.commands.screen import print_json, show_anything  # noqa: E402

ROOT = Path(__file__).parent
SETTINGS = str(ROOT / "pelicanconf.py")

show_anything()


def end_with_the_reader() -> None:
    """`invoke show --all | head` ends quietly, as any filter does."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def run_python(c: Context, *arguments: str) -> None:
    """In the project's folder, wherever the editor stands."""
    with c.cd(str(ROOT)):
        c.run(shlex.join([sys.executable, *arguments]), pty=sys.stdout.isatty())


def let_words_be_left_out(*commands: str) -> None:
    """`invoke rollback` and `invoke rollback 12`: invoke asks for every word it would take."""
    complete = ParseMachine.complete_context

    def complete_context(machine: ParseMachine) -> None:
        if machine.context and machine.context.name in commands:
            for word in machine.context.missing_positional_args:
                word.value = ""
        complete(machine)

    ParseMachine.complete_context = complete_context  # type: ignore[method-assign]


def refuse_what_is_no_number() -> None:
    """`invoke serve --port huit` is refused in a line: invoke alone ends in a traceback."""
    see = ParseMachine.see_value

    def see_value(machine: ParseMachine, value: str) -> None:
        try:
            see(machine, value)
        except ValueError:
            machine.error(f"--{machine.flag.name} : « {value} » n'est pas un nombre entier.")

    ParseMachine.see_value = see_value  # type: ignore[method-assign]


def command(
    *, help: dict[str, str] | None = None, positional: tuple[str, ...] = (), name: str | None = None
) -> Callable[..., Task[Any]]:
    """An editor's command: it takes --settings=FILE besides, as all of them do."""
    told = {**(help or {}), "settings": "fichier de réglages"}
    return task(help=told, positional=list(positional), name=name)


def paths_after_dashes() -> list[str]:
    """What follows `--` on the command line: invoke itself takes no list of arguments."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []


@command(
    help={
        "strict": "ne rien publier si un fichier est rejeté (code de sortie 2)",
        "allow_clock_back": "construire même si l'horloge est revenue en arrière",
        "allow_removals": "retirer du site autant d'articles qu'il en manque dans content/",
        "allow_resending": "renvoyer aux abonnés autant d'articles qu'il s'en trouve de changés",
        "json": "écrire le rapport dans ce fichier",
        "explain": "dire de chaque page pourquoi elle est refaite",
        "workers": "nombre de processus (0 : un par cœur)",
        "scheduler": "adresse d'un ordonnanceur Dask (tcp://…)",
    }
)
def build(
    _c: Context,
    strict: bool = False,
    allow_clock_back: bool = False,
    allow_removals: bool = False,
    allow_resending: bool = False,
    json: str = "",
    explain: bool = False,
    workers: int = -1,
    scheduler: str = "",
    settings: str = SETTINGS,
) -> None:
    """Construire le site dans output/ : seul ce qui a changé est refait."""
    from newsdigest.collector import collecting_seldom

    with collecting_seldom():  # nothing that is imported is garbage
        from incremental_build.command import run_build

    overrides: dict[str, object] = {
        "STRICT": strict,
        "ALLOW_CLOCK_BACK": allow_clock_back,
        "ALLOW_REMOVALS": allow_removals,
        "ALLOW_RESENDING": allow_resending,
    }
    if workers != -1:
        overrides["BUILD_WORKERS"] = workers
    if scheduler:
        overrides["SCHEDULER"] = scheduler
    code = run_build(settings, overrides, json_file=json, explain=explain)
    if code:
        raise Exit(code=code)


@command(
    positional=("id",),
    help={
        "id": "l'article : identifiant, fichier, adresse ou partie du titre",
        "message": "pourquoi : ce que la page dira aux lecteurs (-m)",
        "only": "lui seul : ses copies restent en ligne",
        "keep_headline": "son titre reste lisible, sur sa page et là où on le cite",
        "undo": "défaire : l'article revient à la même adresse",
        "build": "construire aussitôt (--no-build : plus tard)",
    },
)
def kill(
    _c: Context,
    id: str,
    message: str = "",
    only: bool = False,
    keep_headline: bool = False,
    undo: bool = False,
    build: bool = True,
    settings: str = SETTINGS,
) -> None:
    """Retirer un article publié : sa page dit pourquoi, son texte disparaît partout."""
    from functools import partial

    from incremental_build.desk import act, forget_preview
    from newsdigest.commands.kill import Kill, kill_article, undo_kill

    if undo:
        command = partial(undo_kill, typed=id)
    else:
        forget_preview(settings)
        asked = Kill(message, only, keep_headline)
        command = partial(kill_article, typed=id, asked=asked)
    raise Exit(code=act(settings, command, build))


@command(
    positional=("id", "slug"),
    help={
        "id": "l'article : identifiant, fichier, adresse ou partie du titre",
        "slug": "les mots de la nouvelle adresse",
        "build": "construire aussitôt (--no-build : plus tard)",
    },
)
def move(_c: Context, id: str, slug: str, build: bool = True, settings: str = SETTINGS) -> None:
    """Donner une autre adresse à un article publié ; l'ancienne y mène."""
    from functools import partial

    from incremental_build.desk import act
    from newsdigest.commands.move import move_article

    raise Exit(code=act(settings, partial(move_article, typed=id, slug=slug), build))


@command(
    help={
        "dry_run": "dire ce qui serait fait ; rien n'est écrit nulle part",
        "full": "comparer tout ce qui se trouve à la cible, au lieu de s'y fier",
        "yes": "publier aussi les modifications non déclarées, sans demander",
        "strict": "ne rien publier si un fichier est rejeté (code de sortie 2)",
        "allow_clock_back": "publier même si l'horloge est revenue en arrière",
        "allow_resending": "renvoyer aux abonnés autant d'articles qu'il s'en trouve de changés",
        "allow_removals": "retirer du site autant d'articles qu'il en manque dans content/",
        "json": "écrire le rapport dans ce fichier",
    }
)
def publish(
    _c: Context,
    dry_run: bool = False,
    full: bool = False,
    yes: bool = False,
    strict: bool = False,
    allow_clock_back: bool = False,
    allow_removals: bool = False,
    allow_resending: bool = False,
    json: str = "",
    settings: str = SETTINGS,
) -> None:
    """Construire, puis publier ce qui a changé à la cible des réglages (PUBLISH_TARGET)."""
    from incremental_build import publishing

    overrides: dict[str, object] = {
        "STRICT": strict,
        "ALLOW_CLOCK_BACK": allow_clock_back,
        "ALLOW_REMOVALS": allow_removals,
        "ALLOW_RESENDING": allow_resending,
    }
    if dry_run:
        raise Exit(code=publishing.rehearse(settings, overrides, full))
    code = publishing.publish(settings, overrides, full, yes, json)
    if code:
        raise Exit(code=code)


@command(
    positional=("number",),
    help={"number": "le numéro de la publication ; sans lui, elles sont énumérées"},
)
def rollback(_c: Context, number: str | None = None, settings: str = SETTINGS) -> None:
    """Remettre en ligne une publication antérieure : invoke rollback [NUMÉRO]"""
    from incremental_build.publishing import roll_back

    raise Exit(code=roll_back(settings, number or ""))


@command(
    positional=("id",), help={"id": "un article : identifiant, fichier, adresse, partie du titre"}
)
def diff(_c: Context, id: str | None = None, settings: str = SETTINGS) -> None:
    """Dire ce que la prochaine publication changerait, en texte : invoke diff [ID]"""
    from incremental_build import publishing

    end_with_the_reader()
    raise Exit(code=publishing.diff(settings, id or ""))


@command(help={"json": "un objet JSON"})
def status(_c: Context, json: bool = False, settings: str = SETTINGS) -> None:
    """Dire ce qui a changé depuis la dernière publication, et ce qui attend ; rien n'est construit."""
    from newsdigest.commands.status_screen import tell_status

    end_with_the_reader()
    if json:
        print_json()
    raise Exit(code=tell_status(settings_of(settings), as_json=json))


@command(help={"port": "port local", "bind": "adresse locale"})
def serve(_c: Context, port: int = 8000, bind: str = "127.0.0.1", settings: str = SETTINGS) -> None:
    """Montrer output/ à l'adresse http://localhost:8000."""
    from incremental_build import command

    raise Exit(code=command.serve(settings, bind, port))


@command(
    help={
        "at": "le site tel qu'il sera à ce moment (« demain 6h », 2026-01-31 06:00)",
        "port": "port local",
    }
)
def preview(_c: Context, at: str = "", port: int = 8010, settings: str = SETTINGS) -> None:
    """Montrer le site avec ce qui n'est pas encore public, sur cette machine seulement."""
    from incremental_build.previewing import show_preview

    raise Exit(code=show_preview(settings, at, port))


@command(help={"port": "port local", "bind": "adresse locale"})
def watch(_c: Context, port: int = 8000, bind: str = "127.0.0.1", settings: str = SETTINGS) -> None:
    """Reconstruire à chaque changement et montrer le site, rechargé tout seul."""
    from incremental_build.command import watch_and_serve

    watch_and_serve(settings, ROOT, bind, port)


@command(help={"json": "un objet JSON par fichier"})
def inspect(_c: Context, json: bool = False, settings: str = SETTINGS) -> None:
    """Montrer ce que le lecteur comprend : invoke inspect [--json] -- FICHIER…"""
    from incremental_build.command import ask
    from newsdigest.commands.inspect import inspect_paths

    end_with_the_reader()
    if json:
        print_json()
    paths = paths_after_dashes()
    raise Exit(code=ask(settings, lambda read: inspect_paths(paths, read, as_json=json)))


@command(
    name="import",
    positional=("folder",),
    help={"to": "dossier où écrire les textes (par défaut : content/)"},
)
def import_files(_c: Context, folder: str, to: str = "", settings: str = SETTINGS) -> None:
    """Écrire en texte brut les articles d'un dossier ou d'un fichier de tout format, et dire ce qui se perd."""
    from incremental_build.command import ask
    from newsdigest.commands.importing import import_folder

    end_with_the_reader()
    raise Exit(code=ask(settings, lambda read: import_folder(read, folder, to)))


@command(help={"json": "un objet JSON par article", "all": "tous les articles publiés"})
def show(_c: Context, json: bool = False, all: bool = False, settings: str = SETTINGS) -> None:
    """Montrer ce que l'archive sait d'un article : invoke show [--json] -- ID… | --all"""
    from newsdigest.commands.show import show_articles

    end_with_the_reader()
    if json:
        print_json()
    ids = None if all else paths_after_dashes()
    raise Exit(code=show_articles(ids, settings_of(settings), as_json=json))


@command(
    help={
        "review": "les noms qui n'en font peut-être qu'un, avec une phrase de chacun",
        "why": "pourquoi les articles portent ce nom",
    }
)
def entities(_c: Context, review: bool = False, why: str = "", settings: str = SETTINGS) -> None:
    """Revoir les noms de l'archive et content/entities.tsv."""
    from newsdigest.commands.names_review import review_names

    end_with_the_reader()
    raise Exit(code=review_names(settings_of(settings), review, why))


@command(
    help={
        "waiting": "les titres en attente, chacun une fois, avec le titre le plus proche",
        "ambiguous": "les lignes ambiguës, avec leurs candidats et de quoi décider",
        "why": "ce que sont les lignes qui portent ce titre, entier ou en partie",
    }
)
def links(
    _c: Context,
    waiting: bool = False,
    ambiguous: bool = False,
    why: str = "",
    settings: str = SETTINGS,
) -> None:
    """Revoir les lignes >> de l'archive."""
    from newsdigest.commands.links_review import review_links

    end_with_the_reader()
    raise Exit(code=review_links(settings_of(settings), waiting, ambiguous, why))


@command()
def doubles(_c: Context, settings: str = SETTINGS) -> None:
    """Revoir les copies repliées sous une autre dépêche."""
    from newsdigest.commands.stories_review import review_doubles

    end_with_the_reader()
    raise Exit(code=review_doubles(settings_of(settings)))


@command()
def story(_c: Context, settings: str = SETTINGS) -> None:
    """Revoir les dossiers, ou certains d'entre eux : invoke story [-- NOM…]"""
    from newsdigest.commands.stories_review import review_stories

    end_with_the_reader()
    raise Exit(code=review_stories(settings_of(settings), paths_after_dashes()))


@command(
    positional=("article",),
    help={
        "article": "identifiant, fichier, adresse ou partie du titre",
        "message": "ce que le lecteur doit savoir de la correction",
        "minor": "coquille : rien n'est dit au lecteur, aucune date ne bouge",
        "build": "construire ensuite (--no-build : noter seulement)",
    },
)
def correct(
    _c: Context,
    article: str,
    message: str = "",
    minor: bool = False,
    build: bool = True,
    settings: str = SETTINGS,
) -> None:
    """Déclarer la correction d'un article publié : invoke correct ID -m "…" [--minor]"""
    from functools import partial

    from incremental_build.desk import act
    from newsdigest.commands.correct import correct_article

    command = partial(correct_article, words=article, note=message, minor=minor)
    raise Exit(code=act(settings, command, build))


@command(
    positional=("day",),
    help={
        "day": "« hier », « lundi », 2026-01-23 ; sans lui, le plus récent",
        "format": "html, txt, epub, séparés par des virgules",
        "to": "dossier où écrire (editions/ à côté d'output/)",
    },
)
def edition(
    _c: Context,
    day: str | None = None,
    format: str = "html,txt,epub",
    to: str = "",
    settings: str = SETTINGS,
) -> None:
    """Écrire un jour pour l'envoyer : invoke edition [JOUR]."""
    from incremental_build.command import ask
    from newsdigest.commands.edition import make_edition

    raise Exit(code=ask(settings, lambda read: make_edition(read, day or "", format, to)))


@command(help={"json": "un objet JSON par constat"})
def doctor(_c: Context, json: bool = False, settings: str = SETTINGS) -> None:
    """Dire si cette machine peut construire, et ce qu'il faut réparer. Rien n'est écrit."""
    from incremental_build.command import ask
    from newsdigest.commands.doctor import examine

    end_with_the_reader()
    if json:
        print_json()
    raise Exit(code=ask(settings, lambda read: examine(read, ROOT, json)))


@command()
def check(_c: Context, settings: str = SETTINGS) -> None:
    """Vérifier output/ : chaque fichier tel que construit, liens, ancres, identifiants, flux."""
    from newsdigest.commands.check import check_site

    raise Exit(code=check_site(settings_of(settings)))


@command()
def repair(_c: Context, settings: str = SETTINGS) -> None:
    """Refaire les fichiers d'output/ qui manquent ou ne sont plus tels que construits."""
    from incremental_build.command import repair_and_build

    raise Exit(code=repair_and_build(settings))


@task(help={"dense": "quarante dépêches par jour et plus, pendant vingt jours"})
def demo(_c: Context, folder: str, dense: bool = False) -> None:
    """Écrire une archive d'essai dans un dossier neuf : la démonstration, ou une archive dense."""
    from benchmarks.dense import copy_demonstration, write_dense

    raise Exit(code=write_dense(Path(folder)) if dense else copy_demonstration(Path(folder)))


@command()
def texts(_c: Context, settings: str = SETTINGS) -> None:
    """Écrire dans content/pages/ les textes « À propos », « Accessibilité », « Mentions légales »."""
    from incremental_build.command import ask
    from newsdigest.commands.texts import write_texts

    raise Exit(code=ask(settings, write_texts))


@command()
def clean(_c: Context, settings: str = SETTINGS) -> None:
    """Effacer le site et la mémoire des constructions (content/ et les fichiers d'autrui restent)."""
    from incremental_build.command import clean

    raise Exit(code=clean(settings))


@task(help={"browser": "avec les essais dans un navigateur (chromium)", "k": "seulement ceux-ci"})
def test(c: Context, browser: bool = True, k: str = "") -> None:
    """Passer tous les essais."""
    # One process a core; what a file's tests share is built once. In the order of the folders: what is
    # slow and alone in its file would come last, and one core would wait for it.
    options = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    options += [] if browser else ["-m", "not browser"]
    with quick_folder() as place:
        run_python(c, "-m", "pytest", *options, *place, *(["-k", k] if k else []))


@contextmanager
def quick_folder() -> Iterator[list[str]]:
    """Where the tests build, in memory if there is room: builds wait for the disk to have their files."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or shutil.disk_usage(memory).free < 3 << 30:
        yield []
        return
    with TemporaryDirectory(prefix="lefil-tests-", dir=memory) as folder:
        yield ["--basetemp", f"{folder}/tests"]


@task
def lint(c: Context) -> None:
    """Contrôler le style et les types."""
    for command in ("ruff check .", "ruff format --check .", "mypy"):
        run_python(c, "-m", *command.split())


@task(default=True, name="all")
def bench_all(_c: Context) -> None:
    """Mesurer le lecteur, puis la construction à côté de Pelican seul."""
    from benchmarks import against_pelican, parser

    parser.main()
    against_pelican.main()


@task(
    name="build",
    help={
        "counts": "tailles d'archive, séparées par des virgules",
        "peers": "à côté de qui : hugo, pelican, nikola (séparés par des virgules)",
    },
)
def bench_build(
    _c: Context, counts: str = "1000,5000,20000", peers: str = "hugo,pelican,nikola"
) -> None:
    """Mesurer la construction complète et celles qui suivent, à côté d'autres générateurs."""
    from benchmarks.build import main

    main([int(count) for count in counts.split(",")], [name for name in peers.split(",") if name])


@task(
    name="entities",
    help={
        "gold": "articles annotés, un objet JSON par ligne",
        "spacy": "un modèle de spaCy à mesurer à côté, s'il est installé",
    },
)
def bench_entities(_c: Context, gold: str = "", spacy: str = "") -> None:
    """Mesurer les entités : précision, rappel, vitesse."""
    from benchmarks.entities import main

    raise Exit(code=main(Path(gold) if gold else None, spacy=spacy))


@task(
    name="links",
    help={
        "articles": "au lieu de mesurer, ranger ces articles : un objet JSON par ligne",
        "data": "dossier des articles de Wikinews, pour mesurer aussi doublons et dossiers",
        "count": "titres de l'archive d'essai",
        "queries": "titres cités",
        "seed": "graine du hasard",
    },
)
def bench_links(
    _c: Context,
    articles: str = "",
    data: str = "",
    count: int = 100_000,
    queries: int = 20_000,
    seed: int = 1,
) -> None:
    """Mesurer les titres liés, et avec --data les doublons et les dossiers."""
    from benchmarks import duplicates, links, stories

    if articles:
        raise Exit(code=stories.articles_mode(Path(articles)))
    links.main(count, queries, seed)
    if data:
        texts = [Path(data) / "train.jsonl", Path(data) / "dev.jsonl"]
        duplicates.main([str(text) for text in texts])
        stories.main(Path("benchmarks/data/wikinews_stories.tsv"), texts)


@task(
    name="ledger",
    help={"counts": "tailles d'archive", "profile": "où passe le temps d'une construction de +10"},
)
def bench_ledger(_c: Context, counts: str = "5000,20000", profile: bool = False) -> None:
    """Mesurer ce que coûte le registre : la même archive avec et sans, tour à tour."""
    from benchmarks.ledger import main

    main(["--counts", counts, *(["--profile"] if profile else [])])


@task(
    name="soak",
    help={
        "days": "jours joués",
        "seed": "graine du hasard",
        "every": "comparer à une construction neuve un jour sur tant, et le dernier",
        "table": "fichier où noter chaque jour",
        "plot": "fichier SVG",
    },
)
def bench_soak(
    _c: Context, days: int = 5, seed: int = 1, every: int = 1, table: str = "", plot: str = ""
) -> None:
    """Jouer les jours d'une rédaction : chacun égal à une construction neuve, et bien annoncé."""
    from benchmarks.soak import main

    options = ["--days", str(days), "--seed", str(seed), "--every", str(every)]
    options += [*(["--table", table] if table else []), *(["--plot", plot] if plot else [])]
    raise Exit(code=main(options))


@task(
    name="formats",
    help={"mutations": "fichiers abîmés de chaque format", "show": "ce qui manque de chaque page"},
)
def bench_formats(_c: Context, mutations: int = 0, show: bool = False) -> None:
    """Mesurer les pages enregistrées, les courriels et les fichiers d'agence : justesse et vitesse."""
    from benchmarks.formats import main

    options = ["--mutations", str(mutations), *(["--show"] if show else [])]
    raise Exit(code=main(options))


@task(
    name="feeds",
    help={
        "settings": "réglages de sites à juger (des copies), séparés par des virgules ; sinon trois archives d'essai",
        "articles": "taille de la plus grande archive d'essai",
    },
)
def bench_feeds(_c: Context, settings: str = "", articles: int = 5000) -> None:
    """Juger les flux : validité, mêmes octets, réponses de nginx, coût."""
    from benchmarks.feeds import main

    raise Exit(code=main([*filter(None, settings.split(",")), "--articles", str(articles)]))


@task(
    name="pictures",
    help={
        "photos": "combien de photographies",
        "megapixels": "millions de points de chacune",
    },
)
def bench_pictures(_c: Context, photos: int = 100, megapixels: int = 12) -> None:
    """Mesurer ce que coûtent des photographies : temps, mémoire, et ce qu'une seconde construction refait."""
    from benchmarks.pictures import main

    raise Exit(code=main([f"--photos={photos}", f"--megapixels={megapixels}"]))


@task(
    name="search",
    help={
        "articles": "tailles des archives d'essai, séparées par des virgules",
        "queries": "poser aussi les questions dont la réponse est connue",
    },
)
def bench_search(_c: Context, articles: str = "1000,10000", queries: bool = True) -> None:
    """Mesurer la recherche : index, première question, réponses connues."""
    from benchmarks.search import main

    raise Exit(code=main(["--articles", articles, *(["--queries"] if queries else [])]))


@task(
    name="pages",
    help={
        "sites": "sites construits, séparés par des virgules",
        "tools": "dossier où `npm install lighthouse vnu-jar` a été fait",
        "runs": "mesures de Lighthouse par page ; la médiane compte",
    },
)
def bench_pages(_c: Context, sites: str = "output", tools: str = "", runs: int = 3) -> None:
    """Juger les pages : accessibilité, poids, débordements, HTML, Lighthouse."""
    from benchmarks.pages import main

    options = [*sites.split(","), *(["--tools", tools] if tools else []), "--runs", str(runs)]
    raise Exit(code=main(options))


@task(help={"data": "dossier de train.jsonl"})
def train(_c: Context, data: str) -> None:
    """Entraîner le modèle d'entités livré avec le projet."""
    from benchmarks.train import main

    raise Exit(code=main(Path(data)))


def settings_of(file: str):  # type: ignore[no-untyped-def]
    from incremental_build.command import read

    return read(file)


let_words_be_left_out("rollback", "diff", "edition")
refuse_what_is_no_number()
namespace = Collection(
    *(build, status, diff, publish, rollback, serve, preview, watch, inspect, import_files),
    *(show, entities),
    *(
        links,
        doubles,
        story,
        correct,
        kill,
        move,
        edition,
        doctor,
        check,
        repair,
        texts,
        clean,
        demo,
    ),
    *(test, lint, train),
)
namespace.add_collection(
    Collection(
        *(
            bench_all,
            bench_build,
            bench_entities,
            bench_feeds,
            bench_formats,
            bench_ledger,
            bench_links,
        ),
        *(bench_pages, bench_pictures, bench_search, bench_soak),
    ),
    "bench",
)
