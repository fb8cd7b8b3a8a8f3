"""Stock Pelican on Markdown files: its own readers, generators and writer."""

SITENAME = "Le Fil"
SITEURL = "https://lefil.example"
DEFAULT_LANG = "fr"
TIMEZONE = "Europe/Paris"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
DEFAULT_DATE_FORMAT = "%d %B %Y"
ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/{slug}.html"
DAY_ARCHIVE_URL = "{date:%Y}/{date:%m}/{date:%d}/"
DAY_ARCHIVE_SAVE_AS = DAY_ARCHIVE_URL + "index.html"
TAG_URL = "entites/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
TAGS_URL = "entites/"
TAGS_SAVE_AS = TAGS_URL + "index.html"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags"]
DEFAULT_PAGINATION = 30
PAGINATED_TEMPLATES = {"index": None, "tag": None}
FEED_ALL_ATOM = "feeds/all.atom"
FEED_ALL_RSS = "feeds/all.rss"
TAG_FEED_ATOM = "feeds/entites/{slug}.atom"
TAG_FEED_RSS = "feeds/entites/{slug}.rss"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
USE_FOLDER_AS_CATEGORY = False
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
# No plugin, not even one that happens to be installed beside it.
PLUGINS: list[str] = []
