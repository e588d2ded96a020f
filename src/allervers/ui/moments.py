"""An hour and a day as one says them."""

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_NB = "\N{NO-BREAK SPACE}"
_A_WEEK_DAYS = 7


def clock(hour: time) -> str:
    """« 9 h », « 9 h 30 », « minuit »; in other languages 9:30, which reads the same from right to left."""
    if hour == time():
        return _("minuit")
    if not (get_language() or "fr").startswith("fr"):
        return f"{hour.hour}:{hour.minute:02d}"
    minutes = f"{_NB}{hour.minute:02d}" if hour.minute else ""
    return f"{hour.hour}{_NB}h{minutes}"


def day_name(day: date, *, today: date) -> str:
    """« aujourd’hui », « demain », « vendredi », « le 3 décembre »."""
    days = (day - today).days
    if days == 0:
        return _("aujourd’hui")
    if days == 1:
        return _("demain")
    if 0 < days < _A_WEEK_DAYS:
        return date_format(day, "l")
    return _("le %(day)s") % {"day": date_format(day, "j F")}


def day_and_hour(moment: datetime, *, today: date) -> str:
    """« demain 9 h »."""
    return f"{day_name(moment.date(), today=today)} {clock(moment.time())}"
