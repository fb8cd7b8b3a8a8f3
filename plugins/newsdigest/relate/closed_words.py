"""The closed word classes that decide whether two headlines may tell the same news.

All words stand folded (`text.headline_key.letters`): lower case, no accents. Four kinds:

- a *function word* may change or go without the news changing ("les exportations", "exportations");
- a *turning word* turns or places the news, so that it may neither come nor go: up and down, yes and
  no, dates, directions, number words, "ex-", "féminin";
- a *light word* may be left out of a `>>` line ("grande");
- a *flag* announces the form, not the news: "EN DIRECT", "(VIDÉO)".
"""

from __future__ import annotations

from newsdigest.entities.words import word_list

FUNCTION_WORDS = {
    "fr": word_list(
        """
        a au aux avec c ce ces cet cette chez comme d dans de des donc dont du elle elles en entre et
        eux il ils j l la le les leur leurs lors lui m ma mes mon nos notre nous on ou par
        parmi pour qu que qui s sa se selon ses son sont sur t ta tes ton tu un une via vos votre
        vous y est ont etait etaient etre avoir aussi afin
        """
    ),
    "en": word_list(
        """
        a an and are as at be been being by for has have his her in is it its of on or that the
        their this to was were which who with s
        """
    ),
    "vi": word_list("bang bi boi cac cho cua cung duoc la ma nay nhung o tai thi va voi ve nhu"),
}
# A headline without a French function word and with two of these is read as English.
ENGLISH_MARKS = word_list("a an and are as at by for from in is of on the to with")
# Letters only Vietnamese uses.
VIETNAMESE_LETTERS = frozenset("ăơưĂƠƯđĐ") | frozenset(map(chr, range(0x1EA0, 0x1EFA)))

# After these, "est" is the east.
DIRECTION_LEADS = frozenset({"l", "d", "nord", "sud"})
# After a word that begins so, "pour" is the side taken and "contre" the other.
CAUSE_LEADS = (
    *("vot", "oui", "non", "manif", "march", "defil", "mobilis", "milit", "plaid", "prononc"),
    *("petition", "campagn", "appel", "lutt", "combat", "greve", "mouvement", "front", "recours"),
)

TURNING_WORDS = word_list(
    """
    ne n ni non oui pas point jamais rien aucun aucune nul nulle sans contre hors sauf malgre sous
    avant apres depuis vers jusque jusqu des que plus moins davantage trop peu presque quasi tout
    tous toute toutes seul seule seulement si anti pro ex vice co demi mi semi inter ancien
    ancienne anciens anciennes futur future nouveau nouvel nouvelle nouveaux nouvelles feu
    interim adjoint faux fausse presume presumee possible impossible probable eventuel eventuelle
    va vont doit doivent peut peuvent devrait pourrait veut veulent bientot deja encore toujours
    desormais enfin hier demain aujourd hui matin midi soir nuit jour jours semaine semaines
    mois an ans annee annees heure heures minute minutes trimestre semestre printemps ete automne
    hiver weekend saison siecle janvier fevrier mars avril mai juin juillet aout septembre octobre
    novembre decembre janv fevr juil sept oct nov dec lundi mardi mercredi jeudi vendredi samedi
    dimanche
    nord sud est ouest centre septentrional meridional oriental occidental interieur exterieur
    zero deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
    vingt trente quarante cinquante soixante cent cents mille million millions milliard milliards
    dizaine dizaines douzaine vingtaine centaine centaines millier milliers premier premiere
    premiers premieres second seconde deuxieme troisieme quatrieme cinquieme sixieme septieme
    huitieme neuvieme dixieme dernier derniere derniers dernieres prochain prochaine prochains
    prochaines precedent precedente double triple quadruple moitie tiers quart
    hausse hausser augmente augmenter augmentation croitre croissance progresse progresser
    progression grimper bond bondir monter montee rebond rebondir gagner gain gains elever relever
    relevement accelerer acceleration excedent benefice record baisse baisser recul reculer chute
    chuter diminuer diminution perdre perte pertes descendre plonger repli ralentir
    ralentissement abaisser abaissement deficit dette reduire reduction stable stagner
    ouvre ouvrir ouvert ouverte ouverture rouvre rouvrir reouverture ferme fermer fermee fermeture
    commencer debut debuter debute fin finir terminer termine acheve lancer lance relancer arreter
    arrete suspendre suspendu suspension reprendre reprise reprend annuler annule annulation
    reporter report reporte maintenir maintenu confirmer confirme dementir dement accepter accepte
    refuser refuse refus rejeter rejette rejet approuver approuve adopter adopte interdire interdit
    interdiction autoriser autorise autorisation legal illegal succes echec victoire defaite gagne
    perd bat battu vainqueur vaincu favorable defavorable majorite minorite majoritaire minoritaire
    elu reelu battue arrive quitte depart retour entree sortie acheter vendre achat vente
    import importation importations export exportation exportations hausses baisses
    mort morts vivant blesse blesses coupable innocent condamne acquitte relaxe libere
    homme hommes femme femmes feminin feminine masculin masculine junior juniors senior seniors
    garcon garcons fille filles dames messieurs espoirs cadets
    up down no not never without against before after over under more less first last next new
    former rise rises rising fall falls falling gain lose win loss open opens close closes yes
    from off out north south east west
    khong chua chang truoc sau tang giam mo dong len xuong trong ngoai nam bac tay thang nhat
    """
)

# A line may leave these out.
LIGHT_WORDS = word_list(
    """
    tres bien ainsi meme memes plusieurs certains certaines grand grande grands grandes important
    importante importants importantes fort forte vaste simple veritable vraiment
    """
)

# Each as its words; they may stand before or after the headline, in brackets or set off by a mark.
FLAGS = frozenset(
    tuple(line.split())
    for line in """
explicatif
explications
eclairage
focus
zoom
portfolio
billet
a lire
a lire aussi
a relire
a voir
a ecouter
recit
grand entretien
grand angle
en continu
le fil
debat
communique
document
dossier
notre dossier
point de vue
vrai ou faux
fact checking
breves
actu
actualite
nouvelle version
version actualisee
photo du jour
video du jour
edition speciale
exclusive video
actualisation
actualise
actualisee
alerte
analyse
analysis
audio
breaking
breaking news
breve
cap nhat
carte
cartes
chronologie
chronique
correctif
correction
corrected
decryptage
dernier point
derniere heure
derniere minute
dernieres nouvelles
developing
diaporama
direct
direct video
doc
doc quyen
edito
editorial
en bref
en direct
en direct video
en image
en images
en photos
en video
encadre
enquete
entretien
exclusif
exclusive
exclusivite
explainer
factbox
feature
flash
flash info
grand format
in pictures
info
infographic
infographics
infographie
infographies
infos
interview
just in
lead
le direct
live
live blog
live updates
long format
maj
mise a jour
moi nhat
opinion
papier general
phong su
phong van
photo
photos
podcast
portrait
rectificatif
recap
replay
reportage
reperes
revivez
synthese
temoignage
tin nong
tribune
truc tiep
update
updated
urgent
verbatim
video
videos
watch
wrapup
""".strip().splitlines()
)
LONGEST_FLAG = max(map(len, FLAGS))
