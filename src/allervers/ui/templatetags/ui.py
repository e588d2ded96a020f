"""The words templates use for what `ui` draws: `{% load ui %}`."""

from django import template
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from allervers.ui import distance, icons, phone
from allervers.ui.languages import SOURCE, SPOKEN
from allervers.ui.sheets import SHEETS

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "bus" %}`: the drawing, hidden from screen readers. Raises UnknownIconError."""
    return icons.markup(name)


@register.simple_tag
def stylesheets() -> SafeString:
    """A link to every sheet."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in SHEETS))


@register.simple_tag
def control(field: BoundField, hint: str = "", autocomplete: str = "") -> SafeString:
    """The input of a form's field, dressed, tied to its error and to its hint.

    `hint`: the id of a hint that the template writes itself; a form's help text needs none.
    """
    attrs: dict[str, str | bool] = {"class": "field__control"}
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    if hint:
        attrs["aria-describedby"] = f"{hint} {field.auto_id}_error" if field.errors else hint
    return field.as_widget(attrs=attrs)


@register.filter
def phone_link(number: str) -> SafeString:
    """`{{ "0199001234"|phone_link }}`: one taps it to call; never mirrored in right-to-left text."""
    return format_html('<a class="phone" href="tel:{}">{}</a>', phone.dialled(number), phone_text(number))


@register.filter
def phone_text(number: str) -> SafeString:
    """The number to read, kept left to right."""
    return format_html('<bdi dir="ltr">{}</bdi>', phone.spoken(number))


@register.filter
def language_tag(code: str) -> str:
    """What a browser calls the language of an address: "fr-facile" → "fr"."""
    language = SPOKEN.get(code)
    return language.tag if language else SPOKEN[SOURCE].tag


@register.filter
def tel(number: str) -> str:
    """The address to put in an href: "tel:0199001234"."""
    return f"tel:{phone.dialled(number)}"


@register.filter
def distance_reading(distance_m: int) -> distance.Reading:
    """Its `figure` and its `unit`, to show apart."""
    return distance.read(distance_m)


@register.filter
def boxes(field: BoundField) -> list[dict[str, object]]:
    """Each box of a field drawn with CheckboxSelectMultiple: `tag`, `id`, `label`, `group` ("" for none)."""
    shown = field.field.widget.get_context(field.html_name, field.value(), {"id": field.auto_id})
    return [
        {
            "tag": format_html(
                '<input type="checkbox" name="{}" value="{}" id="{}"{}>',
                option["name"],
                option["value"],
                option["attrs"]["id"],
                SafeString(" checked") if option["selected"] else "",
            ),
            "id": option["attrs"]["id"],
            "label": option["label"],
            "group": group or "",
        }
        for group, options, _index in shown["widget"]["optgroups"]
        for option in options
    ]
