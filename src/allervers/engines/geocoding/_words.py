"""Words of French addresses: kinds of streets, what people shorten, small words, numbers said aloud."""

from typing import Final

_STREET_TYPES = (
    "rue avenue boulevard allee impasse place chemin route square quai cours cour passage sentier ruelle "
    "esplanade promenade faubourg lotissement residence rond point plan traverse voie villa cite hameau "
    "mail parvis montee descente enclos rambla terrasse galerie venelle carrefour clos domaine quartier "
    "chaussee pont porte rocade lieu dit zone cote parc sente tunnel escalier chez bd"
)
STREET_TYPES: Final = frozenset(_STREET_TYPES.split())
"""Weigh little: people say « rue » of an avenue."""

_LINKS = "a au aux d de des du en et l la le les s sur sous n numero no quartier"
LINKS: Final = frozenset(_LINKS.split())
"""Weigh almost nothing: people drop them."""

SHORT: Final = {
    "r": "rue", "av": "avenue", "ave": "avenue", "aven": "avenue", "avn": "avenue", "avenu": "avenue",
    "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "boul": "boulevard", "bvd": "boulevard",
    "all": "allee", "alle": "allee", "al": "allee", "allees": "allee", "imp": "impasse", "pl": "place",
    "ch": "chemin", "che": "chemin", "chem": "chemin", "chm": "chemin", "rte": "route", "sq": "square",
    "squa": "square", "qu": "quai", "crs": "cours", "pass": "passage", "pas": "passage",
    "psg": "passage", "sen": "sentier", "rle": "ruelle", "esp": "esplanade", "espl": "esplanade",
    "prom": "promenade", "fg": "faubourg", "fbg": "faubourg", "lot": "lotissement", "res": "residence",
    "rpt": "rond point", "rdpt": "rond point", "tra": "traverse", "trav": "traverse", "ham": "hameau",
    "mte": "montee", "encl": "enclos", "ter": "ter", "car": "carrefour", "dom": "domaine",
    "tun": "tunnel", "rrue": "rue", "qua": "quartier", "quart": "quartier", "qrt": "quartier",
    "zac": "zac", "za": "za", "st": "saint", "ste": "sainte", "sts": "saints", "gal": "general",
    "gen": "general", "gnl": "general", "mal": "marechal", "mar": "marechal", "cdt": "commandant",
    "cmdt": "commandant", "col": "colonel", "cap": "capitaine", "capt": "capitaine", "lt": "lieutenant",
    "lieut": "lieutenant", "sgt": "sergent", "dr": "docteur", "doct": "docteur", "pr": "professeur",
    "prof": "professeur", "pdt": "president", "pres": "president", "mgr": "monseigneur",
    "cne": "capitaine", "adj": "adjudant", "ing": "ingenieur", "nd": "notre dame", "fs": "freres",
    "frs": "freres", "bat": "batiment", "imm": "immeuble", "appt": "appartement", "apt": "appartement",
    "esc": "escalier", "mpt": "maison pour tous", "cc": "centre commercial", "hlm": "hlm", "zi": "zi",
}  # fmt: skip
"""What is written short, both in files and by people: only whole words."""

SHOWN_TYPES: Final = {
    "ALL": "Allée", "AV": "Avenue", "AVE": "Avenue", "BD": "Boulevard", "CHE": "Chemin",
    "CHEM": "Chemin", "CRS": "Cours", "ENCL": "Enclos", "ESP": "Esplanade", "ESPL": "Esplanade",
    "FG": "Faubourg", "IMP": "Impasse", "LOT": "Lotissement", "MTE": "Montée", "PAS": "Passage",
    "PASS": "Passage", "PL": "Place", "PROM": "Promenade", "QU": "Quai", "R": "Rue", "RES": "Résidence",
    "RLE": "Ruelle", "RDPT": "Rond-Point", "RPT": "Rond-Point",
    "RTE": "Route", "SEN": "Sentier", "SQ": "Square",
    "SQUA": "Square", "TRA": "Traverse", "TUN": "Tunnel", "RRUE": "Rue",
}  # fmt: skip
"""Kinds of streets shortened by files written in capitals, as they should be read."""

_ACCENTED = (
    "abbé abbés académie adélaïde aéroport aimé allée allées amérique ampère andré anémones année aréna "
    "arènes armée asclépiade athlète barthélemy bégonias bérenger béziers blé blés caducée camélias "
    "cathédrale célestins cévennes châtaignier châtaigniers château châteaux chêne chênes cimetière "
    "cinéma cité cités clématites clémenceau clément collège comédie cyprès déportés désiré école "
    "écoles édith édouard égalité églantiers église églises égypte élisée élysée émile épernay épiceas "
    "éric étang étangs états étienne étoile étoiles étudiants eugène eugénie évêché évry fédérés félix "
    "fénelon fléchier forêt françois françoise frédéric frères gély général généraux genêts géraniums "
    "gérard giroflées grèce guérin hélène hérault hêtres honoré hôpital hôpitaux hôtel île îles "
    "intérieure jaurès jérémie jérôme jérusalem joséphine kléber léo léon léonard léopold libération "
    "liberté lycée lycées maréchal maréchaux martinière mécène médecin médecine médiathèque médicis "
    "méditerranée mémoire mérimée métairie métropole molière musée nîmes orangé orléans pâquerettes "
    "pâtisserie pénitents pépinière pétrarque poètes pompéi préfecture président prévert primevères "
    "québec rené renée république résidence résistance révolution rhône rivière rosée sébastien "
    "séminaire sénat sète sévigné stèle télémaque ténès théâtre thérèse trésorier trésoriers troène "
    "troènes valérie valéry vélodrome vendémiaire vénus verrière vétérans zénith zoé"
)
ACCENTED: Final = tuple(_ACCENTED.split())
"""Words whose accents are often eaten, and that are never written otherwise."""

_COMPLEMENTS = "appartement batiment escalier etage porte hall entree immeuble lot bloc boite bp cs tour"
COMPLEMENTS: Final = frozenset(_COMPLEMENTS.split())
"""With a short mark after them, they say where in the building: « bâtiment C », « tour 7 »."""

REPETITIONS: Final = {
    "bis": "bis", "ter": "ter", "quater": "qua", "quarter": "qua", "quinquies": "qui", "qte": "qte",
    "qua": "qua",
}  # fmt: skip
"""« 12 bis »: as the Base adresse nationale writes them, and as people say them."""

UNITS: Final = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15,
    "seize": 16,
}  # fmt: skip
TENS: Final = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
