"""`invoke show`: what the archive knows of its articles, after a build."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from newsdigest.archive import Archive, Story
from newsdigest.config import Settings
from newsdigest.errors import printable
from newsdigest.i18n import translations
from newsdigest.store import read_store


def show_articles(ids: Sequence[str] | None, settings: Settings, as_json: bool) -> int:
    """Print one object or one paragraph an article, all of them for None; 1 if one is unknown."""
    gettext = translations(settings.editor_lang).gettext
    store = Path(settings.cache) / "archive.sqlite"
    if not store.exists():
        print(gettext("Nothing was built yet: run invoke build."), file=sys.stderr)
        return 1
    archive = Archive(read_store(store), settings.addresses, settings.limits)
    code = 0
    for article_id in every_id(archive) if ids is None else ids:
        record = record_of(archive, article_id, gettext)
        if record is None:
            message = gettext('no article "{id}" in the archive.').format(id=printable(article_id))
            print(message, file=sys.stderr)
            code = 1
        elif as_json:
            print(json.dumps(record, ensure_ascii=False))
        else:
            print(_paragraph(record))
    return code


def every_id(archive: Archive) -> Iterable[str]:
    """Published, drafts and duplicates, oldest first."""
    rows = archive.db.execute("SELECT id FROM articles ORDER BY sort").fetchall()
    return [id_ for (id_,) in rows]


def record_of(archive: Archive, article_id: str, gettext: Any) -> dict[str, Any] | None:
    """The fixed form of `invoke show --json`, None for an unknown id."""
    row = archive.db.execute(
        "SELECT state, duplicate_of FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    if row is None:
        return None
    state, duplicate_of = row
    story = archive.story(article_id)
    tagged = archive.tagged(article_id)
    duplicates = archive.db.execute(
        "SELECT id FROM articles WHERE duplicate_of = ? ORDER BY id", (article_id,)
    )
    return {
        "id": article_id,
        "url": story.url if story else None,
        "title": tagged.article.headline,
        "date": tagged.article.iso_date,
        "status": state,
        "related": [
            {
                "headline": reference.resolution.headline,
                "state": reference.resolution.state,
                "target": reference.resolution.target,
                "method": reference.resolution.method,
                "reason": describe_reason(reference.resolution.reason, gettext),
            }
            for reference in (story.references if story else ())
        ],
        "cited_by": [card.id for card in (story.cited_by if story else ())],
        "suggestions": [],
        "duplicate_of": duplicate_of,
        "duplicates": [id_ for (id_,) in duplicates],
        "story": None,
        "entities": _entities(story) if story else [],
    }


def describe_reason(reason: str, gettext: Any) -> str:
    """A resolution's reason in the editor's language."""
    number, _, rest = reason.partition(" ")
    if rest == "namesakes":
        text: str = gettext("{count} articles have this headline")
        return text.format(count=number)
    known = {
        "same headline": gettext("an article has this very headline"),
        "nearest namesake": gettext("the only one of this headline in the 45 days before"),
        "decided": gettext("decided by the editors"),
        "decided, not published": gettext("decided by the editors, not published yet"),
        "unknown": gettext("no article has this headline"),
    }
    return str(known.get(reason, reason))


def _entities(story: Story) -> list[dict[str, Any]]:
    return [
        {
            "name": company.name,
            "type": company.type,
            "slug": company.slug,
            "mentions": len(entity.mentions),
        }
        for company, entity in zip(story.companies, story.entities, strict=True)
    ]


def _paragraph(record: dict[str, Any]) -> str:
    lines = [f"{record['id']}  {record['date']}  {record['status']}", f"  {record['title']}"]
    if record["url"]:
        lines.append(f"  {record['url']}")
    if record["duplicate_of"]:
        lines.append(f"  = {record['duplicate_of']}")
    lines += [
        f"  >> {ref['headline']} [{ref['state']}] {ref['target'] or ''} ({ref['reason']})"
        for ref in record["related"]
    ]
    lines += [f"  << {citing}" for citing in record["cited_by"]]
    lines += [f"  {e['type']:<13} {e['name']} ({e['mentions']})" for e in record["entities"]]
    return "\n".join(printable(text) for text in lines)
