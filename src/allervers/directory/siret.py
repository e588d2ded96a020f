"""SIRET numbers: fourteen digits that check by Luhn's formula; those of La Poste by their sum."""

LA_POSTE = "356000000"


def is_valid_siret(text: str) -> bool:
    """Source: Insee, « Identifiant SIRET »."""
    if not (len(text) == 14 and text.isascii() and text.isdigit()):
        return False
    if text.startswith(LA_POSTE) and sum(map(int, text)) % 5 == 0:
        return True
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(text)]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
