"""The nine pictures of the first page, in the residents' words, and the needs behind each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Tile:
    """`slug` is what the button posts; `needs` are thematiques or whole categories of the schéma."""

    slug: str
    label: str | Promise
    pictogram: str
    needs: tuple[str, ...]


TILES = (
    Tile("garde", _("Faire garder mes enfants"), "child", ("famille--garde-denfants",)),
    Tile("deplacer", _("Me déplacer"), "bus", ("mobilite",)),
    Tile(
        "francais", _("Parler mieux français"), "speech", ("lecture-ecriture-calcul--maitriser-le-francais",)
    ),
    Tile("emploi", _("Trouver un emploi"), "briefcase", ("trouver-un-emploi", "preparer-sa-candidature")),
    Tile("former", _("Me former"), "cap", ("se-former",)),
    Tile("droits", _("Papiers et droits"), "document", ("difficultes-administratives-ou-juridiques",)),
    Tile("loger", _("Me loger"), "key", ("logement-hebergement",)),
    Tile("sante", _("Aller mieux"), "heart", ("sante",)),
    Tile("creer", _("Créer mon activité"), "shop", ("creer-une-entreprise",)),
)
BY_SLUG = {tile.slug: tile for tile in TILES}
