"""A v0 row as a v1 row. Ids are « source--id », as data·inclusion has made them since v1."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from allervers.directory.intake.rows import Row
from allervers.directory.intake.translating import Translation, strings
from allervers.directory.intake.v0.vocabulary import precise_needs, vocabularies
from allervers.directory.models import Kind

# Columns that only v0 has.
V0_COLUMNS = frozenset(
    {
        "presentation_resume",
        "presentation_detail",
        "typologie",
        "labels_nationaux",
        "profils",
        "types",
        "pivot",
    }
)
# v0 field -> v1 field, as it is.
SAME = {
    "nom": "nom",
    "source": "source",
    "date_maj": "date_maj",
    "lien_source": "lien_source",
    "siret": "siret",
    "pivot": "siret",
    "commune": "commune",
    "code_postal": "code_postal",
    "code_insee": "code_insee",
    "adresse": "adresse",
    "complement_adresse": "complement_adresse",
    "longitude": "longitude",
    "latitude": "latitude",
    "telephone": "telephone",
    "courriel": "courriel",
    "site_web": "site_web",
    "horaires": "horaires_accueil",
    "horaires_ouverture": "horaires_accueil",
    "accessibilite": "accessibilite_lieu",
    "recurrence": "horaires_accueil",
    "frais_autres": "frais_precisions",
    "profils_precisions": "publics_precisions",
    "prise_rdv": "lien_mobilisation",
    "page_web": "lien_mobilisation",
    "formulaire_en_ligne": "lien_mobilisation",
    "contact_nom_prenom": "contact_nom_prenom",
    "zone_eligibilite": "zone_eligibilite",
}
POSTCODE_FIRST = ("code_postal", "code_insee", "commune")
NOT_ADDRESSES = ("", "0", "1")  # what v0 files hold in `pivot` where no SIRET is known
SHORTEST_NAME, SHORTEST_DESCRIPTION = 3, 5  # characters, of the schéma
TYPES_IN_WORDS = {
    "accompagnement": lambda: _("Accompagnement"),
    "aide-financiere": lambda: _("Aide financière"),
    "aide-materielle": lambda: _("Aide matérielle"),
    "atelier": lambda: _("Atelier"),
    "formation": lambda: _("Formation"),
    "information": lambda: _("Information"),
}


def kind_of(columns: Collection[str]) -> Kind | None:
    """The kind of a v0 table, None when it is none."""
    if not V0_COLUMNS & set(columns) or not {"id", "nom", "source"} <= set(columns):
        return None
    return Kind.SERVICE if "structure_id" in columns else Kind.STRUCTURE


def translated(rows: Iterable[Row], kind: Kind) -> Iterator[Row]:
    for row in rows:
        yield _service(row) if kind is Kind.SERVICE else _structure(row)


def _structure(row: Row) -> Row:
    translation = _begun(row, Kind.STRUCTURE)
    received = row.values
    _put_description(translation, received)
    networks = [
        *_meant(translation, "reseaux_porteurs", "labels_nationaux", received.get("labels_nationaux")),
        *_meant(translation, "reseaux_porteurs", "typologies_de_structures", received.get("typologie")),
    ]
    translation.put("reseaux_porteurs", list(dict.fromkeys(networks)))
    _lengthen_name(translation, str(received.get("commune") or ""))
    return translation.done()


def _service(row: Row) -> Row:
    translation = _begun(row, Kind.SERVICE)
    received = row.values
    translation.put("structure_id", _ident(received, "structure_id"))
    types = _meant(translation, "type", "typologies_de_services", received.get("types"))
    translation.put("type", types[0] if types else None)
    translation.put("thematiques", _needs(translation, received))
    _put_description(translation, received, otherwise=_in_words(received, types))
    for field, name, source in (
        ("publics", "profils", "profils"),
        ("modes_accueil", "modes_accueil", "modes_accueil"),
    ):
        translation.put(field, _meant(translation, field, name, received.get(source)))
    prices = _meant(translation, "frais", "frais", received.get("frais"))
    translation.put("frais", prices[0] if len(set(prices)) == 1 else None)
    _put_ways_in(translation, received)
    _lengthen_name(translation, *(TYPES_IN_WORDS[one]() for one in types))
    return translation.done()


def _begun(row: Row, kind: Kind) -> Translation:
    translation = Translation(row, kind)
    translation.put("id", _ident(row.values, "id"))
    for name in sorted(SAME, key=lambda name: name not in POSTCODE_FIRST):
        value = row.values.get(name)
        if SAME[name] in translation.values or (name == "pivot" and str(value or "") in NOT_ADDRESSES):
            continue
        translation.put(SAME[name], strings(value) if name == "zone_eligibilite" else value)
    return translation


def _ident(received: Mapping[str, object], name: str) -> str | None:
    ident, source = (str(received.get(one) or "").strip() for one in (name, "source"))
    if not ident:
        return None
    return ident if not source or ident.startswith(f"{source}--") else f"{source}--{ident}"


def _put_description(translation: Translation, received: Mapping[str, object], otherwise: str = "") -> None:
    """The long text when there is one, after the short one when it says something else."""
    short, long = (
        str(received.get(name) or "").strip() for name in ("presentation_resume", "presentation_detail")
    )
    text = long if short and long.startswith(short.rstrip(" …")) else "\n\n".join(filter(None, (short, long)))
    translation.put("description", text if len(text) >= SHORTEST_DESCRIPTION else otherwise)


def _lengthen_name(translation: Translation, *words: str) -> None:
    """« CV » is too short a name for v1: its type, or its town, completes it."""
    nom = str(translation.values.get("nom") or "")
    if nom and len(nom) < SHORTEST_NAME:
        longer = " – ".join(filter(None, (nom, *words)))
        translation.values["nom"] = longer if longer != nom else _("Service « {name} »").format(name=nom)


def _in_words(received: Mapping[str, object], types: list[str]) -> str:
    """For a service without a text: its name and what it is, which the row does say."""
    words = [str(received.get("nom") or "").strip(), *(TYPES_IN_WORDS[one]() for one in types)]
    return " – ".join(filter(None, dict.fromkeys(words)))


def _meant(translation: Translation, field: str, vocabulary: str, value: object) -> list[str]:
    """The v1 values; what v1 does not say is set aside, with its reason."""
    words = vocabularies()[vocabulary]
    found: list[str] = []
    for item in strings(value):
        if item in words.means:
            found += words.means[item]
        else:
            unknown = _("Cette valeur n’est pas dans la liste du schéma data·inclusion v0.")
            translation.leave(field, item, _sentence(words.dropped.get(item, unknown)))
    return list(dict.fromkeys(found))


def _sentence(why: str) -> str:
    return why[:1].upper() + why[1:].rstrip(".") + "."


def _needs(translation: Translation, received: Mapping[str, object]) -> list[str]:
    """A category alone gives the need that the service's name tells, else its most general one."""
    needs: list[str] = []
    items = strings(received.get("thematiques"))
    for item in items:
        if any(other.startswith(f"{item}--") for other in items):
            continue  # said more precisely beside
        precise = precise_needs(item, str(received.get("nom") or "")) if "--" not in item else ()
        needs += precise or _meant(translation, "thematiques", "thematiques", [item])
    return list(dict.fromkeys(needs))


def _put_ways_in(translation: Translation, received: Mapping[str, object]) -> None:
    """Who may ask, and how: v0 keeps a list for each; a link to book is a way in, too."""
    ways: list[str] = []
    who: list[str] = []
    for name, someone in (("beneficiaire", "usagers"), ("accompagnateur", "professionnels")):
        list_name = f"modes_orientation_{name}"
        found = _meant(translation, "modes_mobilisation", list_name, received.get(list_name))
        ways += found
        who += [someone] if found else []
    if translation.values.get("lien_mobilisation"):
        ways.append("utiliser-lien-mobilisation")
    translation.put("modes_mobilisation", list(dict.fromkeys(ways)))
    translation.put("mobilisable_par", who)
