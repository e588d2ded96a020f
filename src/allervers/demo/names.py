"""Names of streets, as French towns have them; the people are nobody's."""

import random
from collections.abc import Iterator
from itertools import count


def listed(text: str) -> tuple[str, ...]:
    """Names between commas."""
    return tuple(" ".join(name.split()) for name in text.split(","))


KINDS = ("Rue", "Rue", "Rue", "Rue", "Rue", "Allée", "Impasse", "Chemin", "Passage", "Place", "Sente")
OF_THINGS = listed(
    """
    des Acacias, des Aubépines, du Lavoir, de la Fontaine, des Tanneurs, du Four, des Mariniers, de
    la Batellerie, des Cordiers, du Moulin, de la Source, des Chênes, du Verger, des Glycines, du
    Marché, de l’Horloge, des Remparts, de la Gare, des Écoles, du Stade, de la Poste, des Jardins,
    du Château d’Eau, de l’Église, du Puits, des Lilas, de la Croix-Verte, du Coteau, des Peupliers,
    de la Passerelle, des Hirondelles, du Bac, des Pêcheurs, de la Filature, des Verriers, du Chai,
    de la Tuilerie, des Noyers, du Belvédère, de la Prairie, des Roseaux, du Ruisseau, des
    Coquelicots, de la Roseraie, des Bleuets, du Pressoir, de la Scierie, des Forgerons, du Vieux
    Port, de la Liberté, de la Paix, du Progrès, de l’Avenir, des Platanes, des Cerisiers, du Midi,
    du Levant, de la Vallée, des Sources, du Pré-Long, de la Grange, des Charmes, du Rivage, de la
    Digue, des Écluses, du Gué, de la Poterne, des Halles, du Kiosque, de la Mairie, des Ormes, du
    Lac, de la Ferme, des Sorbiers, du Théâtre, de la Musique, des Artisans, du Commerce, de
    l’Industrie, des Cheminots, du Dépôt, de l’Usine
    """
)
FIRST = listed(
    """
    Adèle, Amina, Antoine, Aurore, Baptiste, Camille, Célestine, Clément, Clara, Édouard, Émilie,
    Fanny, Gaston, Hélène, Honorine, Irène, Jules, Léonie, Louis, Lucien, Lucie, Madeleine, Marcel,
    Marguerite, Nour, Odette, Paul, Rosalie, Samuel, Suzanne, Théo, Yvonne
    """
)
LAST = listed(
    """
    Abrivard, Barolin, Cassegrain-Vif, Dauverne, Esperel, Fauvelac, Grandvoile, Hautmesnil,
    Isambelle, Jauvernac, Kerloriot, Lavandel, Marivole, Nervandie, Ombreval, Passerive, Querzelle,
    Rivesault, Sombrelac, Trévolan, Ursimont, Valdorive, Yvremont, Zéphirin-Laure
    """
)


def names_of_streets(town: str, rng: random.Random) -> Iterator[str]:
    """Each once in a town, things before people, without end."""
    pool = [f"{kind} {thing}" for kind in dict.fromkeys(KINDS[:5]) for thing in OF_THINGS]
    people = [f"Rue {first}-{last}" for first in FIRST for last in LAST]
    lanes = [f"{kind} {thing}" for kind in dict.fromkeys(KINDS[5:]) for thing in OF_THINGS]
    names = [*pool, *rng.sample(people, len(people) // 3), *rng.sample(lanes, len(lanes) // 3)]
    rng.shuffle(names)
    seen: set[str] = set()
    for name in names:
        if name not in seen:
            seen.add(name)
            yield name
    for number in count(1):
        yield f"Rue Nouvelle {number}"
