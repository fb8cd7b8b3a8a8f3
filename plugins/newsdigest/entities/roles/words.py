"""The words that roles are made of, by language; `roles.py` reads the copy with them."""

from __future__ import annotations

import re

from newsdigest.entities.names import ROLES as ROLE_NOUNS
from newsdigest.entities.words import ROLE_ADJECTIVES, listed, word_list

KIN = listed("kin")
NOUNS = (ROLE_NOUNS - KIN) | listed("more roles")
# Nouns that qualify the noun before them as often as they stand alone: "secrétaire général". These
# are a role right after their article only: "le général X".
QUALIFIERS = word_list(
    "général générale adjoint adjointe élu élue major expert experte militaire "
    "conservatrice délégué déléguée industriel policier policière rebelle chef"
)
# These say nothing without what follows them.
HALVES = word_list("auteur autrice membre représentant représentante propriétaire vainqueur numéro")
# Verbs that end as adjectives do: "le président de la station explique".
VERBS = word_list(
    "explique indique revendique critique communique complique applique fabrique pratique implique "
    "évoque provoque invoque réplique souligne déclare affirme annonce dénonce estime assure précise "
    "confirme arrive active motive dérive"
)
MODIFIERS = word_list(
    """
    ancien ancienne nouveau nouvelle nouvel futur future actuel actuelle premier première
    vice co- feu ex
    """
)
# Without these the copy says of an office that it is held.
UNHELD = listed("offices not held")
# These say that it is: the office is the same without them. Folded.
HELD = word_list("nouveau nouvelle nouvel actuel actuelle new current incumbent")
ADJECTIVES = ROLE_ADJECTIVES | listed("more role adjectives")
ARTICLES = word_list("le la l' les un une ce cet cette")
PREPOSITIONS = word_list("de du des d' à au aux en pour auprès chez dans sur of")
POSSESSIVES = word_list("son sa ses leur leurs mon ma mes notre nos votre vos ton ta")
NOT_INFINITIVES = listed("nouns like infinitives")
# After these an apposition is over: what follows is the sentence.
CLOSERS = listed("closers")
NEVER_A_NOUN = PREPOSITIONS | CLOSERS | ARTICLES
PRENOMINAL = listed("adjectives before nouns")
# English: what may stand between the nationality or the body and the role.
ENGLISH_ADJECTIVES = listed("english adjectives")
ENGLISH_ROLES = listed("english roles")
ENGLISH_LINKS = word_list("of for at to in on and the a an de")
ENGLISH_ARTICLES = word_list("the a an The A An")
ENGLISH_VERBS = word_list(
    "is was were are has had have said says will would who which that where told added be been"
)
# Vietnamese puts the office first, its first syllable with a capital.
VIETNAMESE_OFFICE = re.compile(
    r"(?:(?:[Pp]hó|[Qq]uyền|[Nn]guyên|[Cc]ựu) )*(?:Thủ tướng|Chủ tịch|Tổng Bí thư|Bí thư|Bộ trưởng|Thứ trưởng|"
    r"Tổng Giám đốc|Giám đốc|Tổng thống|Đại sứ|Viện trưởng|Trưởng ban|Trưởng phòng|Hiệu trưởng|"
    r"Ngoại trưởng|Tổng Thư ký|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Giáo sư|Tiến sĩ|"
    r"Cục trưởng|Vụ trưởng|Chánh án)(?: (?:nước|Quốc hội))?"
    r"|(?:[Kk]ỹ sư|[Bb]ác sĩ|[Nn]hà báo|[Nn]ghệ sĩ|[Cc]a sĩ|[Ll]uật sư|[Nn]hà văn|[Đđ]ạo diễn)(?!\w)"
)
VIETNAMESE_VERBS = word_list(
    "là đã đang sẽ và cho gặp thăm tiếp nói biết được bị có với của tại do khi theo trao tặng chúc"
)
