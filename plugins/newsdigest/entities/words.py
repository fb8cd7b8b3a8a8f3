"""The closed word lists the rules read sentences by: places' and organisations' neighbours."""

from __future__ import annotations


def word_list(text: str) -> frozenset[str]:
    """The words of a list written out over lines."""
    return frozenset(text.split())


# Directly before a capitalised word, these say it is a place.
PLACE_PREPOSITIONS = frozenset({"à", "en", "in", "at", "near", "ở", "tại"})
# With an article folded in, organisations follow as often: only for what the gazetteer calls weak.
PLACE_ARTICLES = frozenset({"au", "aux", "vers", "from", "toward", "towards", "depuis", "entre"})

# An article is in these, perhaps the name's own: "au Mans", "des Lilas".
MELTED_ARTICLES = frozenset({"du", "au", "des", "aux"})

# "la province de X", "l'aéroport de X": X is a place. Lower case.
PLACE_NOUNS = word_list(
    """
    province ville village bourg bourgade hameau district région département commune archipel
    capitale port aéroport maire mairie habitants habitant préfet préfecture vallée côte côtes
    banlieue quartier municipalité canton comté métropole agglomération arrondissement gouvernorat
    oblast territoire localité cité périphérie environs alentours rives rivière fleuve frontière
    île îles sud nord est ouest nord-est nord-ouest sud-est sud-ouest centre centre-ville
    bac médiathèque tribunal stade gare pont barrage centrale usine marché pagode temple route école
    plaine forêt parc écluse digue phare col sommet lagune estuaire station piscine
    habitante habitantes agriculteur agriculteurs paysan paysans riziculteurs pêcheurs villageois
    riverains commerçants écoliers originaire natif native planète volcan plage baie delta
    province city town village district region county island islands capital
    tỉnh huyện xã quận phường đảo sông núi
    """
)
# "la rivière Sông Vân", "tỉnh Thanh Lâm": the noun stands right before the name.
BARE_PLACE_NOUNS = word_list(
    """
    province district rivière fleuve région planète volcan quartier arrondissement
    tỉnh huyện xã quận phường đảo sông núi phố
    """
)
# These belong to the name: "île de Ré", "mont Ventoux", "rue de Rivoli".
PLACE_HEADS = word_list(
    """
    île îles mer golfe détroit mont lac désert place rue avenue boulevard gare vallée autoroute
    baie cap canal quai
    """
)
# These belong to the organisation's name: "université de Paris", "ministère de l'Intérieur".
ORGANISATION_HEADS = word_list(
    """
    université ministère hôpital diocèse armée fédération académie institut parlement sénat
    assemblée chu collège lycée laboratoire tribunal cour
    """
)
# "le groupe X", "la compagnie X": X is an organisation, the noun is not part of it.
ORGANISATION_NOUNS = word_list(
    """
    groupe société compagnie entreprise constructeur fabricant avionneur équipementier éditeur
    quotidien journal hebdomadaire magazine chaîne radio site agence ong organisation association
    parti syndicat coalition milice banque assureur opérateur géant laboratoire cabinet club
    équipe start-up startup fondation think-tank studio mouvement
    company group firm newspaper bank airline carmaker
    """
)
# A capitalised run that holds one of these names an organisation.
ORGANISATION_WORDS = word_list(
    """
    Université University Institut Institute Fondation Foundation Association Fédération Federation
    Union Parti Party Front Mouvement Movement Ligue League Comité Committee Commission Conseil
    Council Agence Agency Banque Bank Group Groupe Corp Inc Ltd Company Airlines Airways Air Club FC
    AS SC Rugby Football Basket Handball Volley United City Racing Sporting Stade Team Cycling
    Press News Times Post Journal Magazine Radio TV Télévision Media Médias Records Studios
    Pictures Entertainment Motors Energy Pharma Technologies Systems Software Research Center Centre
    Museum Musée Ministry Ministère Department Département Court Cour Tribunal Chambre Chamber
    Parlement Parliament Assemblée Assembly Army Police Navy Force Forces Brigade Brigades Syndicat
    Confédération Collectif Collège College School École Hôpital Hospital Église Church Academy
    Académie Society Société Organisation Organization Observatory Observatoire Alliance Coalition
    Forum Capital Partners Holdings Bancorp Watch International Rights Watch Business
    """
)
# "le groupe X", "l'action X": X is a company.
COMPANY_NOUNS = word_list(
    """
    groupe société compagnie entreprise constructeur fabricant avionneur équipementier éditeur
    assureur opérateur fonds start-up startup
    """
)
# "les salariés de X", "le rachat de X": only a company has them.
COMPANY_PARTS = word_list(
    """
    pdg salarié salariés employés intersyndicale actionnaire actionnaires filiale filiales
    """
)
# The same of a footballer too.
COMPANY_PAPERS = frozenset({"action", "actions", "rachat"})
# "le fabricant de puces X".
MAKERS = word_list(
    "fabricant fabricante constructeur éditeur fournisseur producteur opérateur exploitant géant "
    "groupe chaîne entreprise société"
)
# A capital head that takes a complement: "Association des ingénieurs", "Conseil de l'Europe".
ORGANISATION_OPENERS = word_list(
    """
    Association Organisation Ministère Université Institut Fondation Fédération Conseil Comité
    Commission Agence Banque Parti Syndicat Union Cour Tribunal Chambre Assemblée Autorité
    Confédération Front Mouvement Ligue Observatoire Centre Collectif Coalition Alliance Haut-
    Commissariat Secrétariat Office Direction École Académie Société Hôpital Musée Parlement Sénat Congrès Chambre
    Service Église Opéra Mosquée Parquet Orchestre Ambassade Ordre Corps Brigade Bureau Forces Armée Mission Opération Ministry University Department Bank
    """
)

# Bodies known by one word, to whoever reads the news of their country.
STANDING_ALONE = frozenset({"Assemblée", "Parlement", "Sénat", "Congrès", "Parquet"})

# Words that open a sentence or a list and never a name, whatever stands next.
FUNCTION_WORDS = word_list(
    """
    le la les l un une des du de d au aux à et ou où mais donc or ni car ce cet cette ces cela ça
    c'est il elle ils elles on nous vous je tu qui que quoi quel quelle quels quelles dont si son sa
    ses leur leurs mon ma mes notre nos votre vos en dans sur sous par pour avec sans selon vers
    chez entre contre depuis pendant avant après dès lors alors ainsi aussi toutefois cependant
    pourtant enfin puis ensuite outre malgré grâce quant comme quand lorsque puisque parce tout tous
    toute toutes plusieurs certains certaines aucun aucune chaque autre autres même plus moins très
    trop peu non oui ici là voici voilà hier aujourd'hui demain deux trois quatre cinq six sept huit
    neuf dix cent mille premier première deuxième dernier dernière
    the a an and or but of in on at by for from with to as is it its he she they we his her their
    this that these those there when while after before since if not no all some many most more
    what who how why where our your my than
    các những một và của là có khi ở tại theo với từ đã sẽ đang cho về trong trên sau trước này đó
    ngày tháng năm sáng chiều tối
    """
)

# "les Jeux olympiques de Rio": the place belongs to the event's name.
EVENT_NOUNS = word_list(
    """
    jeux championnat championnats festival rallye marathon tournoi coupe tour ligue open meeting
    masters triathlon salon biennale carnaval
    """
)
# A run that holds one of these is a place: "Gakona Lodge", "Mount Rainier".
PLACE_WORDS = word_list(
    """
    Lodge Creek Lake River Street Road Avenue Mont Mount Island Islands Bay Beach Hill Hills Valley
    Airport Memorial Theatre Theater Stadium Park Square Bridge Plaza Fort Port Cape Gulf Basin
    Province District City County Peninsula Grande Grand Grands Petit Petite
    """
)
# First in a sentence they are the word more often than the place.
PLACES_THAT_ARE_WORDS = word_list(
    "Réunion Lot Manche Terre Somme Tours Cher Creuse Soleil Lune Orange Sens Die Gap Mercure "
    "Champagne Cologne Java Levant Occident Golfe Var Bar Vienne Mons Grenade Valence Florence"
)
# With a nationality after them, lower-case nouns of bodies: "armée syrienne".
BODIES = ("armée ", "parlement ")
# Nouns a spelled-out acronym may open with in lower case and still name a body.
LOWER_OPENERS = word_list(
    """
    association comité conseil centre agence service bureau office forces union confédération ligue
    front mouvement commission fédération fonds parti syndicat groupe institut observatoire banque
    organisation programme mission haut-commissariat
    """
)

# Dates and feasts are never names, however a language writes them.
CALENDAR = word_list(
    """
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi
    mercredi jeudi vendredi samedi dimanche january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    """
)

# Capitals that name no organisation.
PLAIN_ACRONYMS = word_list(
    """
    TV GMT UTC PIB ADN ARN VIH CO CD DVD USB PDG DRH SMS MMS GPS ISO PME TPE ETI TVA CDI CDD RSA SMIC
    BTP BD OGM OVNI QI OK HD DJ PC IA AI IT GDP CEO CFO HIV DNA RNA LED LGBT LGBTQ LGBTI LGBTQIA VTT
    VTC ONG NGO QPC JO AM PM EURO EUR USD VND COP TGV TER IVG PMA GPA TNT ADSL HTTP HTTPS WWW URL
    HTML PDF SUV ULM RN RD RER KM MW GW KO ET DE LA LE LES DU AU SARL SA SAS VO VF VOST PACS RTT
    TP
    II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI DOC ODT
    """
)

# The house's own credits, wherever they stand: sources, not tags.
HOUSE_AGENCIES = frozenset({"VNA", "CVN", "VNS", "TTXVN", "Xinhua"})

# "typhon Lirin", "film Amour": the name after it is a thing's.
THING_NOUNS = word_list(
    """
    typhon ouragan cyclone tempête barge cargo chalutier voilier trimaran sous-marin film roman album chanson livre opération affaire loi plan projet
    prix navire paquebot sonde satellite fusée missile logiciel application jeu série spectacle
    pièce variant virus typhoon hurricane storm bão opus titre single
    """
)

# Of these the ones that are events and made things of their own, where a site shows such.
EVENT_THINGS = word_list("typhon ouragan cyclone tempête typhoon hurricane storm bão")
MADE_THINGS = word_list(
    """
    barge cargo chalutier voilier trimaran sous-marin film roman album chanson livre navire paquebot
    sonde satellite fusée missile logiciel application jeu série spectacle pièce titre single
    """
)

# An adjective between a role and its holder: "président élu", "l'envoyé spécial américain".
ROLE_ADJECTIVES = word_list(
    """
    élu élue spécial spéciale sortant sortante général générale adjoint adjointe honoraire
    présidentiel présidentielle national nationale régional régionale local locale principal
    conservateur conservatrice libéral libérale écologiste écrivain actuel actuelle ex feu défunt
    """
)
