"""Mend what people's own tables write their way, where there is one way to understand it.

Each mender takes a cell's text and gives the value of the schéma, or says why it leaves it aside. Nothing is
guessed: a SIRET whose key is wrong stays out, and is said.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

import phonenumbers
from django.utils.translation import gettext as _

from allervers.directory.intake.canonical import DECIMALS
from allervers.directory.intake.free_hours import osm_hours
from allervers.directory.siret import is_valid_siret

# What phone plan a postcode lives under; FR for the others.
REGIONS = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "975": "PM",
    "976": "YT",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
SPACE = re.compile(r"\s+")


class NotMended(ValueError):
    """Says why, in a sentence for the report."""


def mended(field: str, value: object, values: Mapping[str, object]) -> object:
    """The value that the schéma expects for `field`; `values`: what is known of the row so far.

    Raises NotMended.
    """
    if isinstance(value, float) and value.is_integer() and field not in DECIMALS:
        value = int(value)  # JSON of a spreadsheet: 34000.0
    if isinstance(value, int) and not isinstance(value, bool) and field not in DECIMALS:
        value = str(value)
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    mender = MENDERS.get(field)
    return mender(text, values) if mender else text


def _postcode(text: str, _values: Mapping[str, object]) -> str:
    digits = re.sub(r"\s", "", re.sub(r"\.0+$", "", text)).removeprefix("F-").removeprefix("FR-")
    if re.fullmatch(r"\d{4}", digits):
        digits = f"0{digits}"  # a spreadsheet took the zero
    if not re.fullmatch(r"\d{5}", digits):
        raise NotMended(_("Un code postal a 5 chiffres."))
    return digits


def _insee(text: str, _values: Mapping[str, object]) -> str:
    code = re.sub(r"\s", "", re.sub(r"\.0+$", "", text)).upper()
    if re.fullmatch(r"\d{4}", code):
        code = f"0{code}"
    if not re.fullmatch(r"(?:\d\d|2[AB])\d{3}", code):
        raise NotMended(_("Un code commune de l’Insee a 5 caractères."))
    return code


def _siret(text: str, _values: Mapping[str, object]) -> str:
    digits = re.sub(r"[\s.\-]", "", re.sub(r"\.0+$", "", text))
    if re.fullmatch(r"\d{9}", digits):
        raise NotMended(_("C’est un SIREN (9 chiffres) : le SIRET de l’établissement en a 14."))
    if not re.fullmatch(r"\d{14}", digits):
        raise NotMended(_("Un numéro SIRET a 14 chiffres."))
    if not is_valid_siret(digits):
        raise NotMended(_("Ce SIRET n’existe pas : sa clé de contrôle est fausse."))
    return digits


def _phone(text: str, values: Mapping[str, object]) -> str:
    """The first number of the cell, as French people write it: « 04 67 00 00 00 »."""
    short = re.sub(r"[\s.\-]", "", text)
    if re.fullmatch(r"1\d{1,2}|1\d{5}|3\d{3}", short):
        return short  # 15, 115, 116006, 3949
    found = _phone_of(text[:100], REGIONS.get(str(values.get("code_postal") or "")[:3], "FR"))
    if not found:
        raise NotMended(_("Ce n’est pas un numéro de téléphone."))
    return found


@lru_cache(maxsize=4096)
def _phone_of(text: str, region: str) -> str:
    if re.fullmatch(r"[1-9]\d{8}", text):
        text = f"0{text}"  # a spreadsheet took the zero
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        return _as_written(match.number)
    for one in (region, *REGIONS.values()):
        try:
            number = phonenumbers.parse(text, one)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return _as_written(number)
    return ""


def _as_written(number: phonenumbers.PhoneNumber) -> str:
    french = number.country_code in {33, 262, 508, 590, 594, 596}
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if french else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return str(phonenumbers.format_number(number, style))


def _mail(text: str, _values: Mapping[str, object]) -> str:
    """The first address of the cell."""
    bare = re.sub(r"\s*(?:\(at\)|\[at\]|\(arobase\))\s*", "@", text[:1000], flags=re.IGNORECASE)
    found = re.search(r"[^\s<>;,:/()\"']+@[^\s<>;,:/()\"']+\.[\w-]{2,}", bare.removeprefix("mailto:"))
    if not found:
        raise NotMended(_("Ce n’est pas une adresse électronique."))
    return found[0].strip(".").lower()


def _link(text: str, _values: Mapping[str, object]) -> str:
    """The first link of the cell. A scheme that is not http is no link."""
    first = re.split(r"[\s;,]+", text[:2000])[0]
    if re.match(r"https?://[^/\s@]+\.[^/\s@]+", first, re.IGNORECASE):
        return first
    rest = re.sub(r"^h?t{0,3}ps?\W*[:/\\]+", "", first, flags=re.IGNORECASE)
    if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)", rest) and not re.match(r"\w+:", rest):
        return f"https://{rest}"
    raise NotMended(_("Ce n’est pas une adresse web : elle commence par https:// ou http://."))


def _day(text: str, _values: Mapping[str, object]) -> str:
    """« 16/11/2026 »: day first, as French people write."""
    if match := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text):
        return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"
    if match := re.match(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?!\d)", text):
        return f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
    if text.isdigit():
        return text  # milliseconds: read by `canonical`
    raise NotMended(_("Une date s’écrit année-mois-jour, comme 2026-11-16, ou jour/mois/année."))


def _degrees(text: str, _values: Mapping[str, object]) -> str:
    number = SPACE.sub("", text).replace(",", ".").replace("\u2212", "-").removesuffix("°")
    if not re.fullmatch(r"[+-]?\d{1,4}(?:\.\d*)?", number):
        raise NotMended(_("Un nombre de degrés est attendu, comme 43,6108."))
    return number


def _hours(text: str, _values: Mapping[str, object]) -> str:
    """OSM opening hours where the French text is sure; else as written."""
    return osm_hours(text) or text


def _price(text: str, _values: Mapping[str, object]) -> str:
    plain = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    if re.match(r"(?:c.est )?gratuit|free$|0 ?(?:eur|€)?$", plain):
        return "gratuit"
    if re.match(r"payant", plain):
        return "payant"
    raise NotMended(_("« gratuit » ou « payant » est attendu."))


Mender = Callable[[str, Mapping[str, object]], str]
MENDERS: dict[str, Mender] = {
    "code_postal": _postcode,
    "code_insee": _insee,
    "siret": _siret,
    "telephone": _phone,
    "courriel": _mail,
    "site_web": _link,
    "lien_source": _link,
    "lien_mobilisation": _link,
    "accessibilite_lieu": _link,
    "date_maj": _day,
    "longitude": _degrees,
    "latitude": _degrees,
    "horaires_accueil": _hours,
    "frais": _price,
}
