"""Lines of a copied page between its date and its text: menus, buttons, cookie banners, rubrics."""

from __future__ import annotations

import re

from newsdigest.base.late import late
from newsdigest.text.folding import fold
from newsdigest.text.known_names import known_names
from newsdigest.text.word_lists import folded_list

_LONGEST_ENTRY = 40
_LONGEST_CRUMB = 30
_LONGEST_BANNER = 600
# "Par Anne Moreau | Publié le 5 janvier 2026"
_LONGEST_IMPRINT = 160
_FEWEST_ITEMS, _MOST_ITEMS = 3, 30

_BETWEEN = re.compile(r" ?[|·•¦] ?| / | [-–—] ")
_BETWEEN_SIGNS = ("|", "·", "•", "¦", " / ", " - ", " – ", " — ", ">", "›", "»", "→")
_PATH = re.compile(r" ?[>›»→] ?")
_KINDS = frozenset(
    str.split(
        "reportage entretien interview portrait enquete analyse tribune dossier chronique rencontre"
        " decryptage recit temoignage report profile analysis"
    )
)
_AFTER_KIND = frozenset(str.split("à au aux en dans sur chez avec de du des from in on with of"))
_LIST = re.compile(r", | (?:et|and|và|&) ")
_HOME = frozenset(("accueil", "page d'accueil", "home", "trang chu", "menu", "fil d'ariane"))

# What a site says of itself, not what an article says of sites.
_COOKIES = ("cookie", "traceur", "tracker")
_OUR_SITE = r"(?:nous|notre|ce site|ce portail|le site|we|our|this (?:web ?)?site|chúng tôi|website|trang)\b"
_SITE_SPEAKS = late(
    r"\b(?:nous|(?:ce|notre|le présent) (?:site|portail|journal)|lecourrier\.vn)\b.{0,40}"
    r"\b(?:utilis(?:ons|e)|dépos(?:ons|e)|stock(?:ons|e)|emplo(?:yons|ie)|recour(?:ons|t)|fait usage)\b"
    r"|\b(?:we|this (?:web ?)?site|our (?:web ?)?site)\b.{0,40}\b(?:uses?|stores?|sets?|places?)\b"
    r"|\b(?:chúng tôi|website|trang (?:web|tin|này))\b.{0,40}\b(?:sử dụng|dùng)\b"
    r"|\ben (?:poursuivant|continuant|naviguant)\b|\bby (?:continuing|using|browsing)\b"
    r"|\b(?:khi|bằng việc|nếu) (?:bạn )?tiếp tục\b"
    rf"|\b(?:votre|vos|your|của bạn|trải nghiệm)\b.*\b{_OUR_SITE}"
    rf"|\b{_OUR_SITE}.*\b(?:votre|vos|your|của bạn|trải nghiệm)\b",
    re.IGNORECASE,
)
_CONSENT = late(
    r"(?:en (?:poursuivant|continuant) (?:votre|la|à) \w+.{0,60}vous acceptez"
    r"|(?:votre|la protection de votre|le respect de votre) vie privée (?:nous|est|compte)"
    r"|(?:avec votre (?:accord|consentement), )?nous et nos (?:\d+ )?partenaires"
    r" (?:utilis|stock|accéd|trait|conserv|dépos|collect)"
    r"|(?:with your (?:consent|agreement), )?we and our (?:\d+ )?partners"
    r" (?:use|store|access|process|collect)"
    r"|vous pouvez (?:retirer|modifier|changer|à tout moment).{0,60}(?:consentement|choix|préférences)"
    r"|nous (?:respectons|protégeons) (?:votre vie privée|vos données)"
    r"|we (?:value|respect|care about) your privacy|your privacy (?:matters|is important)"
    r"|by (?:continuing|using|browsing)\b.{0,60}you (?:agree|accept|consent)"
    r"|(?:accepter|refuser|gérer|paramétrer|personnaliser|accept|reject|manage|allow|decline"
    r"|chấp nhận|từ chối)(?: (?:tous|toutes|tout|les|mes|nos|des|all|my|the|tất cả|mọi))*"
    r" (?:cookies?|traceurs?|consentements?)\W*$"
    r"|(?:politique|paramètres|préférences|gestion|réglages)"
    r" (?:de |des |en matière de |relative aux )(?:cookies?|confidentialité|traceurs?)\W*$)",
    re.IGNORECASE,
)
_NETWORKS = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|instagram|telegram|youtube|zalo|tiktok|google|e-?mail"
    r"|les réseaux|social|mạng xã hội)"
)
_DAYS = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
# "Vendredi 16 janvier 2026 - 10:00", "16/01/2026 10:00 GMT+7": when a page was put up, and nothing else.
# A day without its hour may head what happened then.
_WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)"
)
_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai|juin"
    r"|juillet|août|septembre|octobre|novembre|décembre) \d{4}|(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december) \d{1,2}, \d{4})"
)
_TIME = r"\d{1,2} ?[:h] ?\d{2}(?: ?[ap]m)?(?: ?\(?(?:gmt|utc)(?: ?[+-] ?\d{1,2})?\)?)?"
_STAMP = late(
    rf"(?:{_WEEKDAY}[ ,|–-]{{1,3}})?(?:{_TIME}[ ,|–-]{{1,3}}(?:le |ngày )?{_DATE}"
    rf"|(?:le |ngày )?{_DATE}[ ,|–-]{{1,3}}(?:à |at |lúc )?{_TIME})$",
    re.IGNORECASE,
)
_LONGEST_STAMP = 60
_META = late(
    r"(?:vous êtes ici|you are here|bạn đang ở) ?:"
    r"|(?:publié|mise? à jour|modifié|posté|actualisé)e?"
    rf"(?: le |,? ?: ?(?:le )?){_DAYS}\d{{1,4}}[ /.-].{{0,45}}$"
    r"|(?:publié|mise? à jour)e? il y a \d.{0,20}$"
    r"|(?:published|updated|posted|last updated|last modified)"
    rf"(?: on | at | ?: ?){_DAYS}(?:[A-Z][a-z]+\.? )?\d.{{0,45}}$"
    rf"|(?:cập nhật|đăng|xuất bản)(?: lúc| ngày| ?:) ?\d.{{0,40}}$"
    r"|(?:temps de lecture|durée de lecture|lecture|reading time|thời gian đọc) ?:? ?\d{1,2} ?"
    r"(?:min|phút).{0,8}$"
    r"|\d{1,2} ?min(?:\.|utes?)? (?:de lecture|read)$"
    r"|(?:partager|share|chia sẻ|suivez-nous|follow us|retrouvez-nous|theo dõi)(?: \w+){0,2}"
    rf" (?:sur|on|via|with|trên|qua) {_NETWORKS}\b.{{0,60}}$"
    r"|(?:abonnez-vous|inscrivez-vous|recevez|subscribe|sign up|register|đăng ký)\b.{0,40}"
    r"(?:newsletters?|lettre|alertes?|chaîne|offres?|numérique|bản tin|app|channel)\b.{0,30}$"
    r"|(?:téléchargez|download|get|tải) (?:l'|notre |our |the |ứng )?app\w*.{0,40}$"
    r"|(?:activer|autoriser|allow|enable|bật) (?:les |all )?(?:notifications?|alertes?|thông báo)\b"
    r".{0,30}$"
    r"|(?:hotline|đường dây nóng|téléphone|tél\.?) ?: ?[+(]?\d[\d .()+-]+$",
    re.IGNORECASE,
)


# The first words of the two above: nearly every line of an article has another.
_FIRST_WORDS = frozenset(
    str.split(
        "vous you bạn publié publiée mis mise modifié modifiée posté postée actualisé actualisée published"
        " updated posted last cập đăng xuất temps durée lecture reading thời partager share chia suivez-nous"
        " follow retrouvez-nous theo abonnez-vous inscrivez-vous recevez subscribe sign register téléchargez"
        " download get tải activer autoriser allow enable bật hotline đường téléphone tél tél. en votre la nous"
        " le avec with we your by accepter refuser gérer paramétrer personnaliser accept reject manage decline chấp từ"
        " politique paramètres préférences gestion réglages"
    )
)


def is_navigation(line: str) -> bool:
    """Whether the line belongs to the page a text was copied from: none of an article's own."""
    if line[0] in ">›»→-–—•*" or len(line) > _LONGEST_BANNER:
        return False
    if len(line) <= _LONGEST_ENTRY and _is_entry(line):
        return True
    first = line.partition(" ")[0].lower().rstrip(":,")
    if first in _FIRST_WORDS or first[:1].isdigit():
        plain = line.replace("’", "'")
        if _META.match(plain) or _CONSENT.match(plain):
            return True
    if len(line) <= _LONGEST_STAMP and "20" in line and _STAMP.match(line):
        return True
    return _is_banner(line) or _is_menu(line)


def is_rubric(line: str) -> bool:
    """The name of a section or of a kind of article, or several of them."""
    return len(line) <= 2 * _LONGEST_CRUMB and all(
        _is_one_rubric(part)
        for piece in _parts(line)
        for part in ([piece] if _is_one_rubric(piece) else _LIST.split(piece))
    )


def is_kind(line: str) -> bool:
    """The kind of an article and what it is about or from: "Reportage à Vam Ro"."""
    kind, preposition, about = (*line.split(" ", 2), "", "")[:3]
    return bool(about) and preposition in _AFTER_KIND and fold(kind) in _KINDS


def is_place(line: str) -> bool:
    """A place the gazetteer lists, or several of them."""
    kinds = known_names().kinds
    parts = [part for piece in _parts(line.strip(" :")) for part in _LIST.split(piece)]
    return all(kinds.get(part) == "place" for part in parts)


def _parts(line: str) -> list[str]:
    return [part for piece in _PATH.split(line) for part in _BETWEEN.split(piece)]


def _is_one_rubric(text: str) -> bool:
    return fold(text.strip(" :.[]()")) in folded_list("rubrics.txt")


def _is_entry(text: str) -> bool:
    return _entry(text) in folded_list("navigation.txt")


def _entry(text: str) -> str:
    return fold(text.strip(" .:|>›»«<‹×☰✕+…→←").replace("’", "'"))


def _is_banner(line: str) -> bool:
    folded = line.lower()
    if not any(word in folded for word in _COOKIES) or line[0] in '«“"':
        return False
    return _SITE_SPEAKS.search(folded) is not None


def _is_menu(line: str) -> bool:
    """A path through the site, or a row of its sections."""
    if any(sign in line for sign in _BETWEEN_SIGNS):
        crumbs = [part for part in _parts(line) if part]
        if len(line) <= _LONGEST_IMPRINT and any(map(_META.match, crumbs[1:])):
            return True
        if len(crumbs) > 1 and max(map(len, crumbs)) <= _LONGEST_CRUMB:
            known = sum(_is_entry(part) or _is_one_rubric(part) for part in crumbs)
            fewest = (len(crumbs) + 1) // 2 if _PATH.search(line) else len(crumbs)
            return _entry(crumbs[0]) in _HOME or (len(crumbs) >= _FEWEST_ITEMS and known >= fewest)
    words = line.split(" ", _MOST_ITEMS)
    return len(words) >= _FEWEST_ITEMS and all(
        _is_entry(word) or _is_one_rubric(word) for word in words
    )
