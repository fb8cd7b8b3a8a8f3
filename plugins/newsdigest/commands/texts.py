"""`invoke texts`: the texts beside the news, written out for the editors to make their own."""

from __future__ import annotations

from pathlib import Path

from newsdigest.base.errors import _
from newsdigest.base.i18n import translations
from newsdigest.base.records import STANDING_FILES
from newsdigest.base.settings import Settings
from newsdigest.site.standing import shipped


def write_texts(settings: Settings) -> int:
    """Write each text that pages show and that is not the editors' yet; what is there stays as it is."""
    gettext = translations(settings.editor_lang).gettext
    for file, name in STANDING_FILES.items():
        place = Path(settings.content) / file
        if place.exists():
            print(gettext(_("{file} is there already: left as it is.")).format(file=file))
            continue
        place.parent.mkdir(exist_ok=True)
        place.write_text(shipped(name, settings.site.lang)[0], encoding="utf-8")
        print(gettext(_("{file} is written: edit it, then invoke build.")).format(file=file))
    return 0
