"""The site's settings: values only. What each means: docs/settings.md."""

import os

# Has them checked before they are used: keep this line.
import incremental_build.settings_door  # noqa: F401

# -- the publication -----------------------------------------------------------------------------
SITENAME = "Le Fil"
SITESUBTITLE = "L’actualité, résumée chaque jour"
SITEURL = os.environ.get("SITEURL") or "https://lefil.example"
FEED_ID_AUTHORITY = "lefil.example,2026"
DEFAULT_LANG = "fr"
TIMEZONE = "Europe/Paris"
SECTIONS = ("monde", "economie", "societe", "environnement", "sciences", "culture", "sport")

# -- where things are ----------------------------------------------------------------------------
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
THEME = "theme"

# -- addresses (no leading slash; one that ends in a slash is a folder's index.html) ----------------
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}.html"
ARTICLE_SAVE_AS = ARTICLE_URL
ARTICLE_MONTH_URL = "{date:%Y}/{date:%m}/{slug}.html"
DAY_ARCHIVE_URL = "{date:%Y}/{date:%m}/{date:%d}/"
DAY_ARCHIVE_SAVE_AS = DAY_ARCHIVE_URL + "index.html"
MONTH_ARCHIVE_URL = "{date:%Y}/{date:%m}/"
MONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL + "index.html"
YEAR_ARCHIVE_URL = "{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL + "index.html"
ARCHIVES_URL = "archives/"
ARCHIVES_SAVE_AS = ARCHIVES_URL + "index.html"
TAG_URL = "entites/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
TAG_PAGE_URL = "entites/{slug}/page/{page}/"
TAGS_URL = "entites/"
TAGS_INITIALS_URL = "entites/a-z/{initials}/"
TAGS_SAVE_AS = TAGS_URL + "index.html"
FEEDS_URL = "feeds/"
FEED_ALL_ATOM = "feeds/all.atom"
FEED_ALL_RSS = "feeds/all.rss"
TAG_FEED_ATOM = "feeds/entites/{slug}.atom"
TAG_FEED_RSS = "feeds/entites/{slug}.rss"

# -- raw articles and entities ----------------------------------------------------------------------
RAW_LANGS = ("fr", "en", "vi")
ENTITY_TAGGER = "crf"

# -- the host --------------------------------------------------------------------------------------
PLUGIN_PATHS = ["plugins"]
PLUGINS = [
    "article_reader",
    "entity_tagging",
    "related_headlines",
    "digest_feeds",
    "incremental_build",
]
PELICAN_CLASS = "incremental_build.LeFil"
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
# Everything below content/ is walked by our own reader; the theme's files are published by us.
ARTICLE_PATHS = [""]
USE_FOLDER_AS_CATEGORY = False
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
