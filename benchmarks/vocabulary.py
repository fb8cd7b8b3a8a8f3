"""The French words of the generated copy, by subject, and the forms they take in a sentence.

Lemmas are written here, inflected forms are made by rule; every lemma was chosen to obey the rules
below. A subject keeps an article's words together, as real copy does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Forms = dict[str, tuple[str, ...]]

_MUTE = "aâàeéèêiîoôuhœ"
_ASPIRATED = (
    "hangar",
    "hausse",
    "haut",
    "hameau",
    "handicap",
    "harcèlement",
    "hasard",
    "homard",
    "haie",
)

SUBJECTS: Mapping[str, tuple[str, str, str, str]] = {
    # subject: masculine nouns, feminine nouns, adjectives, verbs in -er
    "economie": (
        """marché budget crédit investisseur fournisseur client emprunt bénéfice capital excédent
        déficit salaire impôt tarif contrat chantier entrepôt atelier conteneur carburant exportateur
        importateur actionnaire partenaire distributeur fabricant commerce secteur produit revenu
        chiffre trimestre exercice portefeuille indice rendement coût prix stock flux quota accord
        barème placement prêt rabais bilan audit brevet label cours dividende fonds guichet péage
        acheteur vendeur courtier comptable entrepreneur artisan paiement versement montant""",
        """banque bourse croissance entreprise usine filière devise monnaie dette facture commande
        livraison récolte production exportation importation concurrence consommation épargne taxe
        réforme subvention franchise marge hausse baisse reprise faillite fusion acquisition embauche
        rémunération négociation garantie cotation obligation assurance logistique manufacture
        machine ressource rente prime enseigne boutique douane cargaison inflation enquête
        comptabilité trésorerie participation valeur chaîne industrie clientèle demande offre""",
        """économique financier industriel commercial bancaire fiscal budgétaire rentable productif
        compétitif numérique logistique durable annuel trimestriel mensuel prudent fragile solide
        stable coûteux attractif foncier monétaire douanier salarial conjoncturel structurel""",
        """augmenter baisser exporter importer investir_ financer emprunter rembourser acheter_
        négocier facturer stocker livrer produire_ fabriquer moderniser relancer subventionner
        taxer embaucher licencier auditer coter fusionner équilibrer consolider diversifier
        doubler tripler rentabiliser automatiser exonérer""",
    ),
    "societe": (
        """quartier logement loyer habitant voisin locataire propriétaire hôpital médecin infirmier
        patient élève lycée collège professeur directeur concours diplôme examen train tramway
        autobus trottoir carrefour accident incendie tribunal avocat juge procès témoin détenu
        gendarme pompier secouriste bénévole quotidien vaccin médicament dépistage syndicat
        congé retraité chômeur emploi apprenti repas cantinier jardin cimetière parking passage
        immeuble ascenseur escalier compteur abonnement recensement état-civil mariage foyer""",
        """famille école université classe rentrée bourse_ cantine crèche maternité clinique
        ambulance ordonnance vaccination épidémie prévention santé maladie rue avenue place gare
        ligne rame correspondance panne route autoroute circulation commune mairie préfecture
        police enquête plainte audience peine amende grève manifestation pétition association
        collecte retraite pension allocation colocation rénovation isolation canalisation
        sécurité solidarité population jeunesse formation inscription moyenne surveillance""",
        """social scolaire universitaire hospitalier médical sanitaire public_ municipal communal
        familial quotidien gratuit obligatoire bénévole urbain rural périurbain ancien neuf_
        vétuste insalubre judiciaire pénal civil routier ferroviaire piéton nocturne solidaire""",
        """soigner vacciner dépister opérer enseigner former_ inscrire_ loger héberger rénover
        manifester protester signaler alerter secourir_ évacuer interpeller condamner relaxer
        verbaliser circuler stationner desservir_ raccorder recenser accompagner encadrer
        surveiller rassurer réclamer""",
    ),
    "culture": (
        """musée théâtre cinéma film réalisateur acteur scénario tournage roman auteur éditeur
        lecteur libraire poème recueil manuscrit tableau peintre sculpteur dessin portrait atelier
        violon orchestre concert récital festival refrain disque compositeur chanteur danseur
        ballet décor costume spectacle public prix jury palmarès patrimoine monument château temple
        parchemin vestige palais archiviste catalogue vernissage carnaval conte masque instrument
        métier artisan vitrail pinceau tambour chœur opéra documentaire court-métrage livre""",
        """exposition galerie toile fresque sculpture collection bibliothèque librairie édition
        traduction revue nouvelle légende langue chanson mélodie partition symphonie scène pièce
        troupe tournée répétition première actrice réalisatrice romancière lumière projection
        salle affiche saison culture tradition fête procession pagode cathédrale chapelle
        restauration fouille archive mémoire photographie céramique soie broderie laque estampe
        danse chorégraphie marionnette résidence création œuvre dédicace biennale""",
        """culturel artistique littéraire musical théâtral traditionnel ancestral contemporain
        classique baroque populaire folklorique historique royal sacré ancien authentique original
        célèbre méconnu inédit lyrique poétique visuel graphique cinématographique vivant""",
        """exposer restaurer peindre_ sculpter dessiner composer interpréter chanter danser jouer
        répéter filmer tourner projeter_ publier éditer traduire_ dédicacer inaugurer célébrer
        transmettre_ conserver numériser préserver raconter évoquer primer récompenser créer
        programmer illustrer""",
    ),
    "monde": (
        """président ministre ambassadeur émissaire diplomate conseiller député sénateur parlement
        sommet traité accord cessez-le-feu pourparler conflit front otage réfugié camp convoi
        embargo décret scrutin candidat électeur bureau_de_vote mandat gouvernement cabinet
        opposant allié voisin régime pouvoir référendum protocole communiqué dialogue compromis
        veto vote siège dossier calendrier territoire détroit archipel corridor poste-frontière
        soldat général porte-parole observateur médiateur blocus retrait déploiement armistice""",
        """délégation rencontre négociation visite déclaration résolution sanction frontière
        armée alliance coalition mission trêve guerre paix crise tension médiation élection
        campagne majorité opposition assemblée commission constitution république monarchie
        présidence ambassade souveraineté aide livraison frappe attaque menace escalade
        désescalade reconstruction conférence session tribune feuille_de_route proposition
        initiative condition garantie question ligne position coopération libération""",
        """diplomatique bilatéral multilatéral régional international présidentiel parlementaire
        ministériel militaire humanitaire sécuritaire électoral constitutionnel stratégique
        historique constructif franc_ durable immédiat provisoire frontalier maritime transitoire
        crucial délicat officiel confidentiel souverain""",
        """négocier rencontrer signer ratifier dénoncer condamner saluer appeler_ menacer attaquer
        bombarder occuper retirer déployer évacuer libérer échanger voter dissoudre_ nommer
        désigner investir_ limoger démissionner sanctionner bloquer imposer proposer accepter
        refuser confirmer""",
    ),
    "sciences": (
        """laboratoire chercheur physicien biologiste astronome satellite lanceur télescope
        microscope capteur robot logiciel algorithme serveur réseau processeur écran courriel
        brevet prototype essai résultat article colloque génome gène virus vaccin anticorps neurone
        cerveau cœur tissu embryon fossile squelette volcan séisme océan courant plancton glacier
        atome noyau laser aimant matériau alliage polymère réacteur cristal signal calcul modèle
        programme diplôme doctorant ingénieur instrument échantillon protocole spectre champ""",
        """recherche étude expérience mesure observation découverte hypothèse théorie donnée
        publication revue équipe université chaire mission sonde fusée orbite planète étoile
        galaxie comète lune antenne image puce batterie cellule bactérie molécule protéine
        mutation espèce plante forêt profondeur température pression énergie fréquence vitesse
        trajectoire plateforme application intelligence sécurité imprimante méthode analyse
        simulation preuve maquette innovation chimie physique biologie génétique""",
        """scientifique technique technologique spatial orbital génétique moléculaire cellulaire
        neuronal numérique informatique quantique optique chimique physique biologique médical
        expérimental théorique automatique précis complexe récent inédit prometteur fiable
        nucléaire marin""",
        """mesurer observer analyser calculer simuler modéliser étudier tester valider publier
        démontrer confirmer détecter capter enregistrer coder programmer connecter lancer
        explorer_ cartographier séquencer_ cultiver isoler refroidir_ chauffer alimenter calibrer
        expérimenter breveter_""",
    ),
    "environnement": (
        """fleuve delta barrage canal étang marais littoral rivage récif corail mangrovier
        climat typhon cyclone orage éclair vent nuage brouillard niveau débit limon sable
        rocher sommet versant glissement sol champ verger rizier paysan pêcheur éleveur troupeau
        buffle oiseau poisson crabe éléphant tigre singe insecte pollen arbre bambou eucalyptus
        parc garde sentier déchet plastique recyclage compost polluant pesticide engrais
        panneau moteur véhicule scooter biogaz charbon gaz pétrole kilowattheure seuil plan""",
        """rivière crue inondation sécheresse canicule tempête pluie mousson averse digue berge
        plage dune île côte marée vague érosion salinité nappe source cascade montagne vallée
        colline forêt clairière savane mangrove rizière plantation semence récolte moisson espèce
        tortue baleine abeille faune flore biodiversité réserve battue pollution poussière fumée
        émission qualité eau station alerte prévision digue_de_terre énergie éolienne centrale
        turbine toiture chaleur neige glace saison température humidité jachère irrigation""",
        """écologique climatique météorologique naturel sauvage protégé_ menacé_ forestier agricole
        rizicole maritime marin côtier fluvial tropical humide aride salin toxique chimique
        organique renouvelable solaire éolien thermique précoce tardif saisonnier""",
        """protéger planter reboiser irriguer inonder assécher récolter semer_ cultiver pêcher
        recycler trier collecter composter polluer contaminer assainir_ filtrer pomper chauffer
        réchauffer alerter évacuer abriter colmater consolider surveiller mesurer préserver
        restaurer""",
    ),
    "sport": (
        """match tournoi championnat stade gymnase terrain filet but penalty arbitre entraîneur
        joueur gardien attaquant défenseur milieu capitaine remplaçant transfert contrat club
        maillot ballon panier smash set jeu sprint marathon départ parcours relais record chrono
        podium titre trophée classement groupe tirage quart barrage score match_nul duel adversaire
        supporter tifo virage vestiaire coureur cycliste peloton échappé maillot_jaune nageur
        plongeon bassin lutteur tatami ring boxeur escrimeur archer sabre tireur haltérophile""",
        """équipe sélection victoire défaite finale demi-finale manche course étape médaille
        performance blessure saison ligue coupe rencontre affiche prolongation égalité attaque
        défense passe frappe parade transversale joueuse nageuse championne entraîneuse
        athlète fédération qualification élimination natation gymnastique escrime lutte boxe
        voile pirogue planche piste raquette cible haie perche distance allure préparation
        convalescence tribune billetterie ambiance ovation délégation""",
        """sportif olympique national amateur professionnel décisif offensif défensif collectif
        individuel_ rapide endurant tactique technique physique spectaculaire historique serré_
        précieux inattendu régulier combatif expérimenté_ junior féminin masculin régional""",
        """gagner marquer égaliser mener_ dominer qualifier éliminer affronter disputer remporter
        entraîner jouer tirer sauver arbitrer expulser blesser remplacer transférer signer
        accélérer doubler décrocher conserver préparer récupérer organiser encourager accrocher
        surclasser""",
    ),
    "general": (
        """projet programme plan dispositif rapport document dossier débat échange objectif résultat
        effort progrès retard délai report changement renforcement développement lancement
        fonctionnement soutien appui besoin risque enjeu défi choix avis souhait espoir doute
        calendrier comité groupe conseil service bureau centre site lieu terrain matin soir lendemain
        week-end mois siècle début terme cadre contexte niveau rythme volume nombre total ensemble""",
        """mesure décision démarche étape phase période semaine journée année réunion rencontre
        séance annonce présentation conférence consultation concertation évaluation vérification
        expertise mission initiative proposition solution réponse difficulté nécessité priorité
        stratégie orientation évolution tendance situation conséquence raison cause question
        attente inquiétude satisfaction volonté confiance responsabilité contribution aide
        structure organisation équipe autorité population région province capitale zone partie""",
        """important majeur_ nouveau_ principal central local régional national mondial actuel récent
        prochain futur_ concret_ clair ferme rapide progressif partiel global commun ouvert
        nécessaire utile possible difficile inévitable considérable modeste notable sérieux
        exceptionnel habituel vaste immense ambitieux précieux régulier""",
        """présenter annoncer préciser expliquer souligner rappeler_ indiquer évoquer aborder
        examiner étudier adopter approuver valider lancer organiser préparer renforcer développer
        améliorer simplifier accélérer retarder reporter suspendre_ prolonger réviser modifier
        adapter compléter_ évaluer contrôler vérifier coordonner mobiliser associer consulter
        informer écouter confier réserver partager favoriser encourager faciliter limiter éviter""",
    ),
}

ADVERBS = tuple(
    str.split("""désormais toutefois notamment également néanmoins progressivement rapidement lentement
    largement fortement nettement légèrement officiellement régulièrement récemment actuellement
    prochainement ultérieurement initialement finalement principalement essentiellement
    directement partiellement entièrement localement durablement sensiblement discrètement
    ouvertement longuement brièvement prudemment activement étroitement globalement
    effectivement apparemment probablement manifestement simultanément parallèlement
    gratuitement volontairement collectivement publiquement conjointement immédiatement
    exceptionnellement traditionnellement habituellement provisoirement définitivement""")
)

_PLURAL_IN_ALS = ("festival", "carnaval", "récital", "bal")
_PUBLIC = {"public": ("public", "publique", "publics", "publiques")}


def forms_of(subject: str) -> Forms:
    """The word lists a sentence draws from: the subject's own words twice, then the general ones.

    Keys: `le la un une du dela au ala` nouns with their article; `les_m les_f des_m des_f` plurals;
    `adj_m adj_f adj_mp adj_fp`; `inf pp ait aient era erait ant` verbs; `adv`.
    """
    general = SUBJECTS["general"]
    own = SUBJECTS[subject]
    men, women, adjectives, verbs = (
        _lemmas(one) * 2 + _lemmas(other) for one, other in zip(own, general, strict=True)
    )
    agreed = [_agreed(adjective) for adjective in adjectives]
    return {
        "le": _all(_elided("le ", noun) for noun in men),
        "la": _all(_elided("la ", noun) for noun in women),
        "un": _all("un " + noun for noun in men),
        "une": _all("une " + noun for noun in women),
        "du": _all(_elided("du ", noun, "de l'") for noun in men),
        "dela": _all(_elided("de la ", noun, "de l'") for noun in women),
        "au": _all(_elided("au ", noun, "à l'") for noun in men),
        "ala": _all(_elided("à la ", noun, "à l'") for noun in women),
        "les_m": _all("les " + _plural(noun) for noun in men if " " not in noun),
        "les_f": _all("les " + _plural(noun) for noun in women if " " not in noun),
        "des_m": _all("des " + _plural(noun) for noun in men if " " not in noun),
        "des_f": _all("des " + _plural(noun) for noun in women if " " not in noun),
        "adj_m": _all(forms[0] for forms in agreed),
        "adj_f": _all(forms[1] for forms in agreed),
        "adj_mp": _all(forms[2] for forms in agreed),
        "adj_fp": _all(forms[3] for forms in agreed),
        "inf": tuple(verbs),
        "pp": _all(verb[:-2] + "é" for verb in verbs),
        "ait": _all(_softened(verb) + "ait" for verb in verbs),
        "aient": _all(_softened(verb) + "aient" for verb in verbs),
        "era": _all(verb + "a" for verb in verbs),
        "erait": _all(verb + "ait" for verb in verbs),
        "ant": _all(_softened(verb) + "ant" for verb in verbs),
        "adv": ADVERBS,
    }


def _lemmas(text: str) -> list[str]:
    """A trailing underscore sets a lemma aside (it breaks a rule); one inside stands for a space."""
    return [word.replace("_", " ") for word in text.split() if not word.endswith("_")]


def _all(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(words)


def _elided(article: str, noun: str, before_vowel: str = "l'") -> str:
    if noun[0] in _MUTE and not noun.startswith(_ASPIRATED):
        return before_vowel + noun
    return article + noun


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "z")) or "-" in noun:
        return noun
    if noun.endswith("al") and noun not in _PLURAL_IN_ALS:
        return noun[:-2] + "aux"
    return noun + ("x" if noun.endswith(("eau", "eu")) else "s")


def _agreed(adjective: str) -> tuple[str, str, str, str]:
    """Masculine, feminine, and their plurals."""
    if adjective in _PUBLIC:
        return _PUBLIC[adjective]
    feminine = adjective + ("" if adjective.endswith("e") else "e")
    for ending, hers in (
        ("el", "elle"),
        ("en", "enne"),
        ("if", "ive"),
        ("eux", "euse"),
        ("er", "ère"),
        ("ff", "ffe"),
    ):
        if adjective.endswith(ending):
            feminine = adjective[: -len(ending)] + hers
    return adjective, feminine, _plural(adjective), feminine + "s"


def _softened(verb: str) -> str:
    """The stem before an a: `lançait`, `partageait`."""
    stem = verb[:-2]
    if stem.endswith("c"):
        return stem[:-1] + "ç"
    return stem + "e" if stem.endswith("g") else stem
