"""In which language an article is taken to be."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from newsdigest.read import language
from newsdigest.read.language import detect
from wire import LEDE, RULES, copy, read

LANGS = ("fr", "en", "vi")
TEXTS = {
    "fr": "La halle a rouvert lundi devant les habitants, qui ont retrouvé leurs marchands avec joie dans une"
    " ambiance de fête, selon la mairie et les commerçants du quartier.",
    "en": "The covered market reopened on Monday to a crowd of residents who had waited for two years, the town"
    " council said, and the stalls were full by noon.",
    "vi": "Chợ đã mở cửa trở lại vào thứ Hai trước sự chứng kiến của hàng trăm người dân sau hai năm sửa chữa.",
}
OTHERS = {
    "es": "El mercado cubierto abrió de nuevo sus puertas el lunes ante cientos de vecinos que esperaban desde"
    " hace dos años, según informó el ayuntamiento de la localidad.",
    "it": "Il mercato coperto ha riaperto lunedì davanti a centinaia di abitanti che aspettavano da due anni,"
    " secondo quanto riferito dal sindaco della città.",
    "de": "Die Markthalle wurde am Montag nach zwei Jahren wieder eröffnet, und Hunderte von Einwohnern kamen,"
    " wie die Stadtverwaltung mitteilte.",
    "ru": "Крытый рынок вновь открылся в понедельник после двух лет ремонта, сообщили в городской"
    " администрации.",
    "zh": "经过两年的修缮，这座有顶棚的市场于周一重新开放，数百名居民前来参观，市政府表示，摊位在中午之前已经全部满员。",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_the_sites_languages_are_told(lang):
    assert detect(TEXTS[lang], LANGS) == lang
    assert detect(TEXTS[lang][:70], LANGS) == lang


@pytest.mark.parametrize("lang", OTHERS)
def test_other_languages_are_not_taken_for_the_sites(lang):
    assert detect(OTHERS[lang], LANGS) is None
    article = read(copy(OTHERS[lang], "AFP", title=OTHERS[lang][:60]))
    assert (article.lang, article.warnings) == ("fr", ("W_LANG",))


@pytest.mark.parametrize(
    "text",
    [
        "Décès du sculpteur Odile Vernay\n\nElle est morte lundi à 81 ans, après une longue maladie.",
        "Mort d’un éclusier à Corvanne\n\nIl avait été blessé jeudi dernier. Il laisse deux enfants.",
        "Tournoi de Lorvat\n\nIlse Brandon s’est imposée dimanche devant Los Angeles, après avoir été menée"
        " deux fois, avant une finale prévue mardi à Belrive.",
    ],
)
def test_a_short_item_is_told_by_words_of_french_alone(text, monkeypatch):
    monkeypatch.setattr(language, "_classifier", None)
    assert detect(text, LANGS) == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "Va morir dilluns a la clínica, després d'una llarga malaltia. Els amics el recorden amb afecte.",
        "El primer ministro llegó el lunes a París con una delegación de la ciudad de Saint-Avant.",
        "Il ministro è arrivato lunedì a Parigi con una delegazione della città di Pour-Avec-Dans.",
        "De burgemeester van Avant-sous-Chez opende maandag het nieuwe museum voor de bezoekers.",
        "O ministro chegou na segunda-feira com uma delegação; não deu detalhes sobre o acordo, mas sorriu.",
        "Primarul a deschis luni muzeul, în prezența locuitorilor, și a mulțumit echipei pentru lucrări.",
        "The play « Avant, pendant, après » opened on Monday in Sous-Bois, where the crowd was large.",
    ],
)
def test_words_of_french_among_those_of_a_neighbour_do_not_tell(text):
    assert detect(text, LANGS) != "fr"
    assert not language._has_own_words(text.lower())


def test_a_language_the_site_does_not_publish_is_not_told():
    assert detect(TEXTS["fr"], ("en", "vi")) is None
    assert detect(TEXTS["vi"], ("en", "fr")) is None


def test_under_forty_letters_the_sites_language_is_assumed():
    short = copy("It rained here all day long.", "AFP", title="A wet day, 2026")
    article = read(short)
    assert (article.lang, article.warnings) == ("fr", ("W_LANG",))
    assert read(short, rules=replace(RULES, default_lang="vi")).lang == "vi"


def test_a_language_folder_decides_and_is_no_section():
    english = read(copy(LEDE), path="en/monde/2026/a.txt")
    assert (english.lang, english.section, english.id) == ("en", "monde", "en/monde/2026/a")
    assert read(copy(LEDE), path="monde/vi/a.txt").lang == "vi"
    assert read(copy("Il pleut.", "AFP", title="Pluie"), path="fr/a.TXT").warnings == ()
    plain = read(copy(LEDE), path="monde/a.txt")
    assert (plain.lang, plain.section) == ("fr", "monde")
    assert read(copy(LEDE), path="a.b.txt").section == ""
    assert read(copy(LEDE), path="a.b.txt").id == "a.b"


def test_plain_copy_is_read_without_loading_the_classifier():
    code = (
        "import sys\n"
        "from newsdigest.read.language import detect\n"
        f"assert detect({TEXTS['fr'] * 3!r}, ('fr', 'en')) == 'fr'\n"
        f"assert detect({TEXTS['en'] * 3!r}, ('fr', 'en')) == 'en'\n"
        f"assert detect({TEXTS['vi'] * 3!r}, ('fr', 'vi')) == 'vi'\n"
        "print('py3langid' in sys.modules, 'numpy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Nguyễn Văn Hùng a reçu Trần Thị Hồng Hạnh à Đà Nẵng mardi."),
        ("fr", "À Đắk Lắk, Phạm Minh Chính a rencontré les éleveurs de Buôn Ma Thuột."),
        ("fr", "« Nguyễn Thị Ánh Viên gagne deux médailles », dit le journal de Bình Phước."),
        ("fr", "Nguyễn Phú Trọng, Võ Văn Thưởng, Phạm Minh Chính, Vương Đình Huệ à Đắk Lắk."),
        ("en", "Nguyễn Văn Hùng met Trần Thị Hồng Hạnh in Đà Nẵng on Monday."),
        ("vi", "Thủ tướng Phạm Minh Chính đã tiếp Đại sứ Pháp tại Hà Nội chiều qua."),
        ("vi", "HÀ NỘI, ĐÀ NẴNG, HỒ CHÍ MINH, CẦN THƠ, HẢI PHÒNG, ĐẮK LẮK"),
        ("vi", "Trưởng phòng Nguyễn Văn An đến từ Đắk Nông, theo Lê Thị Hồng Hạnh."),
    ],
)
def test_the_names_in_a_short_text_do_not_tell_its_language(lang, text):
    assert detect(text, LANGS) == lang
