"""The few words that titles, descriptions and lists need before a template is reached.

Everything else the reader sees is in the theme's catalogs. A language must fill every field: the
type checker asks for it. Languages without a table read English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec import Struct

from newsdigest.base.records import EntityType
from newsdigest.text.markup import Labels


class Words(Struct, frozen=True):
    """One language. Names in braces are filled by `str.format`."""

    locale: str
    thousands: str
    before_year: str
    front: str
    search: str
    search_description: str
    stories: str
    story: str
    story_title: str
    entities: str
    archives: str
    feeds: str
    news_of: str
    news_description: str
    reading: str
    month_description: str
    year_description: str
    archives_description: str
    entity_description: str
    entity_page: str
    index_description: str
    agencies: str
    agency_description: str
    agency_chart: str
    feeds_description: str
    editions: str
    edition: str
    feed_of_all: str
    feed_of_editions: str
    feed_of_language: str
    feed_of_entity: str
    feed_of_story: str
    feed_of_agency: str
    all_sections: str
    sections_description: str
    section_description: str
    section_month: str
    feed_of_section: str
    about: str
    accessibility: str
    legal: str
    not_found: str
    not_found_description: str
    moved_description: str
    merged_description: str
    retracted: str
    retracted_description: str
    cancelled: str
    empty: str
    chart: str
    chart_span: str
    chart_days_span: str
    story_chart: str
    story_description: str
    stories_description: str
    story_opens: str
    said_on: str
    said_between: str
    more_in_story: str
    more_here: str
    more_that_day: str
    in_language: str
    gap: str
    same_dispatch: str
    renewed: str
    renewed_adds: str
    why_cited: str
    why_decided: str
    why_shared: str
    corrections: str
    corrections_description: str
    corrected: str
    correction_of: str
    correction_title: str
    headline: str
    feed_of_corrections: str
    types: Mapping[EntityType, str]
    types_plural: Mapping[EntityType, str]
    sections: Mapping[str, str]


FRENCH = Words(
    locale="fr_FR",
    thousands="\N{NARROW NO-BREAK SPACE}",
    before_year=" ",
    front="À la une",
    search="Recherche",
    search_description="Chercher dans tous les articles, du plus récent au plus ancien.",
    stories="Dossiers",
    story="Dossier",
    story_title="Dossier\u00a0: {name}",
    entities="Personnes et lieux",
    archives="Archives",
    feeds="Flux",
    news_of="L’actualité du {day}",
    news_description="Les faits du {day}, résumés\u00a0: les articles, les personnes et les lieux cités.",
    reading="{minutes}\u00a0min de lecture",
    month_description="Les articles publiés en {month}, jour par jour.",
    year_description="Les articles publiés en {year}, mois par mois.",
    archives_description="Tous les articles {span}, par année et par mois.",
    entity_description="Les articles qui citent {name}\u00a0: fréquence, phrases, personnes et lieux associés.",
    entity_page="{name}, page {page}",
    index_description="Les personnes, les lieux et les organisations cités, de A à Z.",
    agencies="Agences",
    agency_description="Les articles signés {name}, du plus récent au plus ancien.",
    agency_chart="Articles signés {name}, par période",
    feeds_description="Les flux Atom et RSS à suivre dans un lecteur de flux.",
    editions="Éditions",
    edition="Édition du {day}",
    feed_of_all="Tous les articles, les plus récents d’abord.",
    feed_of_language="Les articles {language}, les plus récents d’abord.",
    feed_of_editions="Un article par jour\u00a0: tous les titres, par rubrique.",
    feed_of_entity="Les articles qui citent {name}.",
    feed_of_story="Les articles du dossier «\u00a0{name}\u00a0».",
    feed_of_agency="Les articles signés {name}.",
    all_sections="Rubriques",
    sections_description="Les rubriques, et le dernier article de chacune.",
    section_description="Les articles de la rubrique {name}, jour par jour.",
    section_month="{name}, {month}",
    feed_of_section="Les articles de la rubrique {name}.",
    about="À propos",
    accessibility="Accessibilité",
    legal="Mentions légales",
    not_found="Page introuvable",
    not_found_description="Cette adresse ne mène à aucune page.",
    moved_description="Cet article a changé d’adresse.",
    merged_description="Ce dossier est réuni à un autre.",
    retracted="Dépêche retirée",
    retracted_description="La dépêche publiée à cette adresse a été retirée.",
    cancelled="ANNULÉ\u00a0– {title}",
    empty="Aucun article pour le moment.",
    chart="Articles citant {name}, par période",
    chart_span="De {first} à {last}. Maximum\u00a0: {count} en {period}.",
    chart_days_span="Du {first} au {last}. Maximum\u00a0: {count} le {period}.",
    story_chart="Articles du dossier «\u00a0{name}\u00a0», par période",
    story_description="{name}\u00a0: {count} articles, {span}, et ce que chacun apporte de nouveau.",
    stories_description="Les sujets suivis de jour en jour\u00a0: les dossiers en cours, puis les plus anciens.",
    story_opens="Ouvre le dossier.",
    said_on="Déjà publié {day}",
    said_between="Déjà publié {span}",
    more_in_story="+{count} dans le dossier",
    more_here="+{count} dans cette rubrique",
    more_that_day="+{count} ce jour-là",
    in_language="En {language}",
    gap="{days}\u00a0jours sans article",
    same_dispatch="même dépêche\u00a0: {credits}",
    renewed="mis à jour {at}",
    renewed_adds="{renewed}\u00a0: {adds}",
    why_cited="Cite un article du dossier.",
    why_decided="Rattaché par la rédaction.",
    why_shared="{names} en commun",
    corrections="Corrections",
    corrections_description="Les articles corrigés après leur publication, et ce qui a changé dans chacun.",
    corrected="Corrigé le {day}",
    correction_of="Correction du {day}\u00a0:",
    correction_title="Correction\u00a0: {headline}",
    headline="Titre\u00a0:",
    feed_of_corrections="Chaque correction, et ce qui a changé.",
    types={
        "person": "Personne",
        "place": "Lieu",
        "organisation": "Organisation",
        "event": "Événement",
        "product": "Produit",
    },
    types_plural={
        "person": "Personnes",
        "place": "Lieux",
        "organisation": "Organisations",
        "event": "Événements",
        "product": "Produits",
    },
    # Folders rarely carry accents; a newspaper's headings do.
    sections={
        "actualite": "Actualité",
        "cinema": "Cinéma",
        "defense": "Défense",
        "developpement": "Développement",
        "ecologie": "Écologie",
        "economie": "Économie",
        "education": "Éducation",
        "energie": "Énergie",
        "evenements": "Événements",
        "medias": "Médias",
        "regions": "Régions",
        "sante": "Santé",
        "securite": "Sécurité",
        "societe": "Société",
        "tele": "Télé",
    },
)

ENGLISH = Words(
    locale="en_GB",
    thousands=",",
    before_year=" ",
    front="Front page",
    search="Search",
    search_description="Search all the articles, from the newest to the oldest.",
    stories="Stories",
    story="Story",
    story_title="Story: {name}",
    entities="People and places",
    archives="Archives",
    feeds="Feeds",
    news_of="The news of {day}",
    news_description="The news of {day} in short: the articles, the people and places named.",
    reading="{minutes}\u00a0min read",
    month_description="The articles published in {month}, day by day.",
    year_description="The articles published in {year}, month by month.",
    archives_description="Every article {span}, by year and month.",
    entity_description="The articles naming {name}: how often, in which sentences, with whom.",
    entity_page="{name}, page {page}",
    index_description="The people, places and organisations named, from A to Z.",
    agencies="Agencies",
    agency_description="The articles signed {name}, newest first.",
    agency_chart="Articles signed {name}, over time",
    feeds_description="The Atom and RSS feeds to follow in a feed reader.",
    editions="Editions",
    edition="Edition of {day}",
    feed_of_all="Every article, newest first.",
    feed_of_language="The articles {language}, newest first.",
    feed_of_editions="One entry a day: every headline, by section.",
    feed_of_entity="The articles naming {name}.",
    feed_of_story="The articles of the story “{name}”.",
    feed_of_agency="The articles signed {name}.",
    all_sections="Sections",
    sections_description="The sections, and the newest article of each.",
    section_description="The articles of the section {name}, day by day.",
    section_month="{name}, {month}",
    feed_of_section="The articles of the section {name}.",
    about="About",
    accessibility="Accessibility",
    legal="Legal notice",
    not_found="Page not found",
    not_found_description="There is no page at this address.",
    moved_description="This article has another address now.",
    merged_description="This story is part of another one now.",
    retracted="Dispatch retracted",
    retracted_description="The dispatch published at this address was retracted.",
    cancelled="CANCELLED – {title}",
    empty="No article yet.",
    chart="Articles naming {name}, over time",
    chart_span="From {first} to {last}. Highest: {count} in {period}.",
    chart_days_span="From {first} to {last}. Highest: {count} on {period}.",
    story_chart="Articles of the story “{name}”, over time",
    story_description="{name}: {count} articles, {span}, and what is new in each.",
    stories_description="What is followed from day to day: the stories that run, then the earlier ones.",
    story_opens="Opens the story.",
    said_on="Already published {day}",
    said_between="Already published {span}",
    more_in_story="+{count} in the story",
    more_here="+{count} in this section",
    more_that_day="+{count} that day",
    in_language="In {language}",
    gap="{days}\u00a0days without an article",
    same_dispatch="same dispatch: {credits}",
    renewed="updated {at}",
    renewed_adds="{renewed}: {adds}",
    why_cited="Cites an article of the story.",
    why_decided="Put there by the editors.",
    why_shared="{names} in common",
    corrections="Corrections",
    corrections_description="The articles corrected after their publication, and what changed in each.",
    corrected="Corrected on {day}",
    correction_of="Correction of {day}:",
    correction_title="Correction: {headline}",
    headline="Headline:",
    feed_of_corrections="Every correction, and what changed.",
    types={
        "person": "Person",
        "place": "Place",
        "organisation": "Organisation",
        "event": "Event",
        "product": "Product",
    },
    types_plural={
        "person": "People",
        "place": "Places",
        "organisation": "Organisations",
        "event": "Events",
        "product": "Products",
    },
    sections={},
)

VIETNAMESE = Words(
    locale="vi_VN",
    thousands=".",
    before_year=" năm ",
    front="Trang nhất",
    search="Tìm kiếm",
    search_description="Tìm trong tất cả các bài, từ mới nhất đến cũ nhất.",
    stories="Hồ sơ",
    story="Hồ sơ",
    story_title="Hồ sơ: {name}",
    entities="Nhân vật và địa danh",
    archives="Lưu trữ",
    feeds="Nguồn tin",
    news_of="Tin tức {day}",
    news_description="Tóm tắt tin tức {day}: các bài viết, nhân vật và địa danh được nhắc đến.",
    reading="{minutes}\u00a0phút đọc",
    month_description="Các bài viết trong {month}, theo từng ngày.",
    year_description="Các bài viết năm {year}, theo từng tháng.",
    archives_description="Mọi bài viết {span}, theo năm và tháng.",
    entity_description="Các bài viết nhắc đến {name}: tần suất, câu trích, nhân vật và địa danh liên quan.",
    entity_page="{name}, trang {page}",
    index_description="Nhân vật, địa danh và tổ chức được nhắc đến, từ A đến Z.",
    agencies="Hãng tin",
    agency_description="Các bài viết của {name}, mới nhất trước.",
    agency_chart="Số bài viết của {name} theo thời gian",
    feeds_description="Các nguồn tin Atom và RSS để theo dõi bằng trình đọc tin.",
    editions="Các số báo",
    edition="Số ra {day}",
    feed_of_all="Mọi bài viết, mới nhất trước.",
    feed_of_language="Các bài viết {language}, mới nhất trước.",
    feed_of_editions="Mỗi ngày một mục: mọi tiêu đề theo chuyên mục.",
    feed_of_entity="Các bài viết nhắc đến {name}.",
    feed_of_story="Các bài viết trong hồ sơ “{name}”.",
    feed_of_agency="Các bài viết của {name}.",
    all_sections="Chuyên mục",
    sections_description="Các chuyên mục, và bài mới nhất của từng chuyên mục.",
    section_description="Các bài viết trong chuyên mục {name}, theo từng ngày.",
    section_month="{name}, {month}",
    feed_of_section="Các bài viết trong chuyên mục {name}.",
    about="Giới thiệu",
    accessibility="Khả năng tiếp cận",
    legal="Thông tin pháp lý",
    not_found="Không tìm thấy trang",
    not_found_description="Không có trang nào ở địa chỉ này.",
    moved_description="Bài viết này đã chuyển sang địa chỉ khác.",
    merged_description="Hồ sơ này đã được gộp vào một hồ sơ khác.",
    retracted="Bản tin đã bị rút",
    retracted_description="Bản tin đăng ở địa chỉ này đã bị rút.",
    cancelled="ĐÃ HỦY – {title}",
    empty="Chưa có bài viết nào.",
    chart="Số bài viết nhắc đến {name} theo thời gian",
    chart_span="Từ {first} đến {last}. Cao nhất: {count} trong {period}.",
    chart_days_span="Từ {first} đến {last}. Cao nhất: {count} vào {period}.",
    story_chart="Số bài viết trong hồ sơ “{name}” theo thời gian",
    story_description="{name}: {count} bài viết, {span}, và điểm mới của từng bài.",
    stories_description="Các chủ đề được theo dõi hằng ngày: hồ sơ đang diễn biến, rồi các hồ sơ cũ hơn.",
    story_opens="Mở đầu hồ sơ.",
    said_on="Đã đăng {day}",
    said_between="Đã đăng {span}",
    more_in_story="+{count} trong hồ sơ",
    more_here="+{count} trong chuyên mục này",
    more_that_day="+{count} trong ngày",
    in_language="Bằng {language}",
    gap="{days}\u00a0ngày không có bài viết",
    same_dispatch="cùng bản tin: {credits}",
    renewed="cập nhật {at}",
    renewed_adds="{renewed}: {adds}",
    why_cited="Dẫn một bài trong hồ sơ.",
    why_decided="Do ban biên tập xếp vào.",
    why_shared="Cùng nhắc đến {names}",
    corrections="Đính chính",
    corrections_description="Các bài viết được đính chính sau khi đăng, và những gì đã thay đổi.",
    corrected="Đính chính ngày {day}",
    correction_of="Đính chính {day}:",
    correction_title="Đính chính: {headline}",
    headline="Tiêu đề:",
    feed_of_corrections="Từng đính chính, và những gì đã thay đổi.",
    types={
        "person": "Nhân vật",
        "place": "Địa danh",
        "organisation": "Tổ chức",
        "event": "Sự kiện",
        "product": "Sản phẩm",
    },
    types_plural={
        "person": "Nhân vật",
        "place": "Địa danh",
        "organisation": "Tổ chức",
        "event": "Sự kiện",
        "product": "Sản phẩm",
    },
    sections={},
)

_WORDS = {"fr": FRENCH, "en": ENGLISH, "vi": VIETNAMESE}


def words(lang: str) -> Words:
    """The table of `lang` (`fr`, `fr-CA`), English for a language without one."""
    return _WORDS.get(lang.partition("-")[0].lower(), ENGLISH)


@lru_cache(maxsize=64)
def locale(lang: str) -> str:
    """The language with its country, as networks want it (`fr-CA` is `fr_CA`): that of our words, else where it
    is mostly spoken; "" for what is no language."""
    from babel import core  # a tenth of a second that most sites do not need

    language, *rest = lang.split("-")
    language = language.lower()
    country = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), "")
    if language in _WORDS and not country:
        return _WORDS[language].locale
    if not country:
        likely = core.get_global("likely_subtags").get(language, "")
        country = likely.rpartition("_")[2]
    known = language.isalpha() and language.isascii() and country
    return f"{language}_{country}" if known else ""


def number(count: int, lang: str) -> str:
    """`1204` as the language groups it; French leaves four digits together only in years."""
    return f"{count:,}".replace(",", words(lang).thousands)


def section_title(folder: str, lang: str) -> str:
    """A section's heading from its folder: `sciences-et-sante` reads `Sciences et santé`."""
    known = words(lang).sections
    parts = folder.replace("_", "-").split("-")
    title = " ".join(_inside(known[part], at) if part in known else part
                     for at, part in enumerate(parts))  # fmt: skip
    return title[:1].upper() + title[1:]


def language_heading(code: str, lang: str) -> str:
    """The heading of articles in another language: `vi` reads `En vietnamien` on a French site."""
    from babel import Locale  # a tenth of a second that most pages do not need

    known = words(lang)
    name = Locale.parse(known.locale).languages.get(code, code)
    return known.in_language.format(
        language=name if known is ENGLISH else name[:1].lower() + name[1:]
    )


@cache
def own_name(code: str) -> str:
    """What a language calls itself, with a capital: `vi` is `Tiếng Việt`. The code of an unknown one."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_language_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


def one_language(lang: str, other: str) -> bool:
    """Whether two tags are of one language: `fr` and `fr-CA`."""
    return lang.partition("-")[0].lower() == other.partition("-")[0].lower()


def _inside(title: str, at: int) -> str:
    return title[:1].lower() + title[1:] if at else title


# The few words within a body, by the language of the article.
_LABELS = {
    "fr": Labels(),
    "en": Labels(
        related="Read also",
        table="Table",
        photo="Photo: {credit}",
        retracted="dispatch retracted",
        absent="not published here",
    ),
    "vi": Labels(
        related="Xem thêm",
        table="Bảng",
        photo="Ảnh: {credit}",
        retracted="bản tin đã bị rút",
        absent="không đăng tại đây",
    ),
}


def labels(lang: str) -> Labels:
    """The body's own words in the language of its article."""
    return _LABELS.get(lang, _LABELS["en"])
