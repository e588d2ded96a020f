"""Names of the sources that records bear, as far as they are known."""

from collections.abc import Mapping

KNOWN: Mapping[str, tuple[str, str]] = {
    "action-logement": ("Action Logement", "Aides au logement des salariés."),
    "agefiph": ("Agefiph", "Emploi et handicap."),
    "aidants-connect": ("Aidants Connect", "Aidants numériques habilités."),
    "carif-oref": ("Carif-Oref", "Offre de formation."),
    "conseiller-numerique": ("Conseillers numériques", "Accompagnement au numérique."),
    "dora": ("DORA", "Offre d’insertion, saisie par ses acteurs."),
    "emplois-de-linclusion": ("Les emplois de l’inclusion", "Employeurs et prescripteurs de l’insertion."),
    "france-services": ("France services", "Guichets de services publics."),
    "france-travail": ("France Travail", "Agences et services."),
    "mes-aides": ("Mes Aides", "Aides financières locales et nationales."),
    "mission-locale": ("Missions locales", "Accompagnement des jeunes de 16 à 25 ans."),
    "monenfant": ("Mon enfant", "Modes d’accueil du jeune enfant."),
    "reseau-alpha": ("Réseau Alpha", "Apprendre le français en Île-de-France."),
    "soliguide": ("Soliguide", "Solidarité et aide alimentaire."),
}


def source_named(slug: str) -> dict[str, str | None]:
    """`{"slug", "nom", "description"}`; the slug stands for a name that is not known."""
    nom, description = KNOWN.get(slug, (slug, None))
    return {"slug": slug, "nom": nom, "description": description}
