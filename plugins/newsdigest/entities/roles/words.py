"""The words that roles are made of, by language; `roles.py` reads the copy with them."""

from __future__ import annotations

import re

from newsdigest.entities.names import ROLES as ROLE_NOUNS
from newsdigest.entities.words import ROLE_ADJECTIVES, word_list

KIN = word_list(
    """
    épouse époux mari femme fils fille frère sœur gendre mère père oncle neveu ami amie homme
    monsieur madame saint sainte nommé nommée dénommé baptisé prédécesseur successeur successeure
    rival rivale adversaire collègue camarade compatriote homologue victime témoin habitant
    habitante directeurs ông bà anh chị cụ cô ngài thầy
    """
)
NOUNS = (ROLE_NOUNS - KIN) | word_list(
    """
    co-président co-présidente vice-chancelier vice-premier vice-gouverneur sous-préfet
    sous-secrétaire secrétaire-général président-directeur présidente-directrice haut-commissaire
    coordinateur coordinatrice administrateur administratrice délégué déléguée trésorier trésorière
    magistrat magistrate notaire greffier policier policière gendarme pompier militaire officier
    enseignant enseignante instituteur institutrice maîtresse proviseur recteur rectrice doyen
    doyenne académicien académicienne étudiant étudiante éditeur éditrice éditorialiste
    correspondant correspondante présentateur présentatrice producteur productrice scénariste
    metteur dramaturge chorégraphe danseur danseuse chef-d'orchestre violoniste violoncelliste
    conservatrice commissaire-priseur membre lauréat lauréate vainqueur propriétaire
    gérant gérante salarié salariée employé employée garagiste boulanger boulangère pêcheur pêcheuse
    médiateur médiatrice inspecteur inspectrice menuisier menuisière riziculteur rizicultrice
    grutier grutière facteur factrice lycéen lycéenne collégien collégienne gambiste retraité
    retraitée ouvrier ouvrière docker agent agente cuisinier cuisinière chauffeur vendeur vendeuse
    secouriste sauveteur bénévole hôtelier hôtelière restaurateur restauratrice antiquaire galeriste
    horloger archiviste bibliothécaire conducteur conductrice maçon plombier électricien charpentier
    forgeron aumônier mécanicien mécanicienne paysan paysanne cultivateur cultivatrice
    éleveur éleveuse viticulteur viticultrice horticulteur horticultrice hydrologue luthier luthière libraire navigateur navigatrice
    skipper skippeuse marin patineur patineuse skieur skieuse judokate escrimeur escrimeuse
    arbitre capitaine buteur buteuse ailier ailière handballeur handballeuse basketteur basketteuse
    tennisman rugbyman syndicaliste entrepreneur entrepreneure industriel banquier banquière
    investisseur courtier trader actionnaire agronome géologue glaciologue océanographe virologue
    épidémiologiste psychiatre psychologue chirurgien chirurgienne pédiatre vétérinaire pharmacien
    pharmacienne astrophysicien astrophysicienne mathématicien mathématicienne chimiste juriste
    constitutionnaliste anthropologue archéologue géographe démographe linguiste théologien
    prêtre pasteur rabbin moine
    aide adviser advisor chief official lawmaker congressman congresswoman representative
    commissioner prosecutor attorney general commander captain author writer journalist editor
    actor actress singer musician director producer scientist researcher astronaut engineer doctor
    surgeon teacher student activist opponent candidate champion player goalkeeper midfielder
    defender forward runner cyclist swimmer sailor owner head boss executive ceo mediator negotiator
    """
)
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
ADJECTIVES = ROLE_ADJECTIVES | word_list(
    """
    délégué déléguée exécutif exécutive chargé chargée étranger étrangère étrangères étrangers
    intérieure extérieur extérieure extérieures unies unis uni populaire populaires démocrate
    socialiste communiste républicain républicaine républicains suprême haut haute européen
    plénipotentiaire permanent permanente financier financière central centrale mondial mondiale
    mondiaux humains armé armée armées public publique publics vert verte verts libre libres
    solidaire numérique rurale rural commercial commerciale olympique olympiques paralympique
    """
)
ARTICLES = word_list("le la l' les un une ce cet cette")
PREPOSITIONS = word_list("de du des d' à au aux en pour auprès chez dans sur of")
POSSESSIVES = word_list("son sa ses leur leurs mon ma mes notre nos votre vos ton ta")
NOT_INFINITIVES = word_list(
    "mer hiver fer guerre terre presse théâtre chambre centre titre cadre livre ministère affaire "
    "frontière lumière rivière carrière bière manière nature culture agriculture littérature "
    "peinture sculpture architecture avenir loisir empire histoire territoire laboratoire "
    "conservatoire observatoire victoire mémoire cancer quartier chantier dossier papier métier "
    "courrier littoral arbitre lettre mètre cidre ordre père maire cour tour"
)
# After these an apposition is over: what follows is the sentence.
CLOSERS = word_list(
    """
    qui que qu' dont où depuis lors pendant après avant quand lorsque ainsi mais ou et a est était
    avait ont fut sera jusqu'à entre né née âgé âgée mort morte selon s'est s'était ne se n'a
    who which that where since when and was is has had said will
    """
)
NEVER_A_NOUN = PREPOSITIONS | CLOSERS | ARTICLES
PRENOMINAL = word_list(
    "petit petite petits petites grand grande grands grandes nouveau nouvelle nouvelles nouveaux "
    "haut haute hauts hautes jeune jeunes ancien ancienne anciens anciennes premier première autres "
    "beau belle beaux belles bon bonne"
)
# English: what may stand between the nationality or the body and the role.
ENGLISH_ADJECTIVES = word_list(
    """
    presidential foreign prime deputy vice chief senior former national special executive general
    acting interim defence defense finance interior health trade economic political military
    financial managing assistant associate first second top federal regional local opposition
    parliamentary press security state home justice energy transport environment education culture
    agriculture labour labor junior honorary permanent outgoing late new veteran supreme crown lead
    head policy human rights media sports team project research union port mission agency club
    company party group school museum police army navy bank hospital university government city
    council election flight race program programme village
    """
)
ENGLISH_ROLES = word_list(
    """
    president chairman chairwoman chairperson minister secretary senator governor mayor ambassador
    spokesman spokeswoman spokesperson premier chancellor king queen prince princess pope judge
    lawyer director manager founder analyst professor economist coach leader envoy adviser advisor
    aide officer chief commissioner prosecutor attorney commander captain author writer journalist
    editor actor actress singer musician producer scientist researcher astronaut engineer doctor
    surgeon activist candidate champion goalkeeper midfielder defender striker sailor mediator
    negotiator representative lawmaker congressman congresswoman official executive ceo chair head
    boss owner biologist geologist hydrologist meteorologist climatologist historian philosopher architect
    photographer general colonel admiral
    """
)
ENGLISH_LINKS = word_list("of for at to in on and the a an de")
ENGLISH_ARTICLES = word_list("the a an The A An")
ENGLISH_VERBS = word_list(
    "is was were are has had have said says will would who which that where told added be been"
)
# Vietnamese puts the office first, its first syllable with a capital.
VIETNAMESE_OFFICE = re.compile(
    r"(?:Phó |Quyền |Nguyên |Cựu )*(?:Thủ tướng|Chủ tịch|Tổng Bí thư|Bí thư|Bộ trưởng|Thứ trưởng|"
    r"Tổng Giám đốc|Giám đốc|Tổng thống|Đại sứ|Viện trưởng|Trưởng ban|Trưởng phòng|Hiệu trưởng|"
    r"Ngoại trưởng|Tổng Thư ký|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Giáo sư|Tiến sĩ|"
    r"Cục trưởng|Vụ trưởng|Chánh án)(?: (?:nước|Quốc hội))?"
    r"|(?:[Kk]ỹ sư|[Bb]ác sĩ|[Nn]hà báo|[Nn]ghệ sĩ|[Cc]a sĩ|[Ll]uật sư|[Nn]hà văn|[Đđ]ạo diễn)(?!\w)"
)
VIETNAMESE_VERBS = word_list(
    "là đã đang sẽ và cho gặp thăm tiếp nói biết được bị có với của tại do khi theo trao tặng chúc"
)
