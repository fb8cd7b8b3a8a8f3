"""Nikola with a plain theme: every feature that makes no page or feed we compare is off."""

BLOG_AUTHOR = BLOG_TITLE = "Le Fil"
BLOG_EMAIL = "redaction@lefil.example"
BLOG_DESCRIPTION = "L’actualité, résumée chaque jour"
SITE_URL = "https://lefil.example/"
DEFAULT_LANG = "fr"
TRANSLATIONS = {"fr": ""}
TIMEZONE = "Europe/Paris"
DATE_FORMAT = {"fr": "d MMMM yyyy"}
THEME = "plain"
NAVIGATION_LINKS = {"fr": ()}
POSTS = (("posts/*.md", "", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
PRETTY_URLS = False
INDEX_DISPLAY_POST_COUNT = 30
INDEX_TEASERS = True
CREATE_DAILY_ARCHIVE = True
TAG_PATH = "entites"
TAG_PAGES_ARE_INDEXES = True
WRITE_TAG_CLOUD = False
GENERATE_RSS = True
GENERATE_ATOM = False
RSS_EXTENSION = ".rss"
FEED_TEASERS = False
FEED_LENGTH = 20
USE_BUNDLES = False
SHOW_SOURCELINK = False
COPY_SOURCES = False
ENABLE_AUTHOR_PAGES = False
DISABLED_PLUGINS = [
    "render_galleries", "render_listings", "bundles", "redirect", "gallery_shortcode",
    "classify_categories", "classify_sections", "classify_authors", "copy_assets",
]  # fmt: skip
