"""Danger, violence, suicide, no roof tonight: the numbers that stand first, and what each is for."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allervers.engines.vocabulary import Urgent, urgent_numbers

NUMBER_LABELS: Mapping[str, Promise] = {
    "15": gettext_lazy("Samu : un médecin, tout de suite"),
    "17": gettext_lazy("Police ou gendarmerie"),
    "18": gettext_lazy("Pompiers"),
    "112": gettext_lazy("Tous les secours"),
    "114": gettext_lazy("Secours par SMS, si vous ne pouvez pas parler"),
    "115": gettext_lazy("Un toit pour cette nuit"),
    "116006": gettext_lazy("Aide aux victimes"),
    "119": gettext_lazy("Enfant en danger"),
    "3018": gettext_lazy("Harcèlement, violences en ligne"),
    "3114": gettext_lazy("Idées de suicide : quelqu’un vous écoute"),
    "3919": gettext_lazy("Violences faites aux femmes : on vous écoute"),
}
FREE_DAY_AND_NIGHT = gettext_lazy("Ces appels sont gratuits, jour et nuit.")


def urgent_of_kind(kind: str) -> Urgent | None:
    """From the code that a link bears; None for a code that does not exist."""
    numbers = urgent_numbers().get(kind)
    return Urgent(kind, numbers) if numbers else None


def urgent_band(urgent: Urgent | None) -> dict[str, object] | None:
    """What `ui/components/urgent.html` draws."""
    if urgent is None:
        return None
    return {
        "title": _("C’est urgent ? Appelez maintenant"),
        "numbers": [
            {"number": number, "label": NUMBER_LABELS.get(number.replace(" ", ""), "")}
            for number in urgent.numbers
        ],
        "sentence": FREE_DAY_AND_NIGHT,
    }
