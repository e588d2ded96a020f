"""The columns of the template: what a town fills, and the field of the schéma that it becomes."""

from dataclasses import dataclass
from enum import Enum

from data_inclusion.schema import v1

from allervers.directory.models import Kind

EXAMPLE = "EXEMPLE"  # rows whose name starts so are never imported


@dataclass(frozen=True, slots=True)
class Column:
    """`options`: the official list whose labels are offered; `field` "" for a helper column."""

    header: str
    field: str
    help: str
    example: str = ""
    options: type[Enum] | None = None
    required: bool = False

    def labels(self) -> tuple[str, ...]:
        return tuple(str(getattr(one, "label", one.value)) for one in self.options or ())


PLACE = (
    Column("Adresse", "adresse", "Numéro et rue.", "12 rue de l’Essai"),
    Column("Complément d’adresse", "complement_adresse", "Bâtiment, étage, entrée.", "Bâtiment B"),
    Column("Code postal", "code_postal", "5 chiffres.", "34080"),
    Column("Commune", "commune", "Le nom de la commune.", "Montpellier"),
)
CONTACT = (
    Column("Téléphone", "telephone", "Un numéro, écrit comme vous voulez.", "01 99 00 12 34"),
    Column(
        "Courriel", "courriel", "L’adresse de l’accueil, pas celle d’une personne.", "accueil@essai.example"
    ),
)
HOURS = Column(
    "Horaires",
    "horaires_accueil",
    "En français simple : « lundi au vendredi : 9h-12h, 14h-17h ».",
    "lundi au vendredi : 9h-12h, 14h-17h",
)
CHECKED = Column(
    "Vérifié le",
    "date_maj",
    "Le jour où quelqu’un a vérifié cette ligne. Vide si personne ne sait : la fiche le dira.",
    "01/11/2026",
)
STRUCTURE_NAME = "Nom de la structure"

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.STRUCTURE: (
        Column(
            STRUCTURE_NAME,
            "nom",
            "Obligatoire. Un nom par structure.",
            f"{EXAMPLE} – La Passerelle",
            required=True,
        ),
        Column(
            "Présentation", "description", "Deux ou trois phrases simples.", "Une association de quartier."
        ),
        Column("SIRET", "siret", "14 chiffres, avec ou sans espaces.", ""),
        *PLACE,
        *CONTACT,
        Column("Site web", "site_web", "Commence par https://.", "https://essai.example"),
        HOURS,
        Column(
            "Réseau", "reseaux_porteurs", "Si la structure fait partie d’un réseau.", "", v1.ReseauPorteur
        ),
        CHECKED,
    ),
    Kind.SERVICE: (
        Column(
            STRUCTURE_NAME,
            "structure_id",
            "Obligatoire. Le même nom que dans la feuille Structures.",
            f"{EXAMPLE} – La Passerelle",
            required=True,
        ),
        Column(
            "Nom du service", "nom", "Obligatoire. Ce qui est proposé.", "Atelier ordinateur", required=True
        ),
        Column(
            "Description du service",
            "description",
            "Obligatoire. Ce qu’on y fait, pour qui.",
            "Apprendre à se servir d’un ordinateur.",
            required=True,
        ),
        *(
            Column(
                f"Besoin {number}",
                "thematiques",
                "Le besoin auquel le service répond.",
                "Maîtriser les fondamentaux du numérique" if number == 1 else "",
                v1.Thematique,
            )
            for number in (1, 2, 3)
        ),
        Column("Type", "type", "Ce que c’est.", "Atelier", v1.TypeService),
        *(
            Column(
                f"Public {number}", "publics", "Pour qui.", "Tous publics" if number == 1 else "", v1.Public
            )
            for number in (1, 2, 3)
        ),
        Column("Frais", "frais", "Gratuit ou payant.", "Gratuit", v1.Frais),
        Column("Précisions sur les frais", "frais_precisions", "Combien, et pour qui.", ""),
        Column("Conditions d’accès", "conditions_acces", "Ce qu’il faut pour venir.", "Sur inscription."),
        Column(
            "Mode d’accueil", "modes_accueil", "Sur place ou à distance.", "En présentiel", v1.ModeAccueil
        ),
        HOURS,
        *CONTACT,
        Column("Lien pour s’inscrire", "lien_mobilisation", "Commence par https://.", ""),
        *PLACE,
        CHECKED,
    ),
}
