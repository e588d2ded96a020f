"""The territory as it shows itself: its sheet, its logo, and the page where an operator changes them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allervers.accounts.policies import anyone
from allervers.accounts.policy import policy
from allervers.territory import actions
from allervers.territory.forms import DeskForm, IdentityForm
from allervers.territory.policies import can_create_territory, can_keep_desks
from allervers.territory.queries import DeclaredTerritory, declared_territory
from allervers.territory.queries.declared import DeclaredDesk, DeclaredIdentity, logo
from allervers.ui.colour import Accent, accents

FOR_EVER = "public, max-age=31536000, immutable"  # the address bears the version
NOT_KEPT = "no-cache"
LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # an SVG opened alone does nothing


def accent_url(territory: DeclaredTerritory | None) -> str:
    """ "" when the colour is ours."""
    identity = territory.identity if territory else None
    return reverse("territory:accent", args=[identity.version]) if identity and identity.colour else ""


def logo_url(territory: DeclaredTerritory | None) -> str:
    """ "" when there is none."""
    identity = territory.identity if territory else None
    return reverse("territory:logo", args=[identity.version]) if identity and identity.logo_type else ""


@require_safe
@policy(anyone)
def accent(request: HttpRequest, version: str) -> HttpResponse:
    """A sheet of a few lines: the tokens that follow the territory's colour."""
    identity = _identity_or_404()
    if not identity.colour:
        raise Http404
    light, dark = accents(identity.colour)
    sheet = f":root{{{_tokens(light)}}}@media (prefers-color-scheme:dark){{:root{{{_tokens(dark)}}}}}\n"
    response = HttpResponse(sheet, content_type="text/css; charset=utf-8")
    return _kept(response, identity, version)


@require_safe
@policy(anyone)
def logo_image(request: HttpRequest, version: str) -> HttpResponse:
    identity = _identity_or_404()
    if not identity.logo_type:
        raise Http404
    response = HttpResponse(logo(), content_type=identity.logo_type)
    response["Content-Security-Policy"] = LOGO_POLICY
    return _kept(response, identity, version)


@require_http_methods(["GET", "POST"])
@policy(can_create_territory)
def settings(request: HttpRequest) -> HttpResponse:
    """Name, colour and logo."""
    territory = declared_territory()
    if territory is None:
        return render(request, "territory/undeclared.html")
    form = (
        IdentityForm(request.POST, request.FILES) if request.method == "POST" else _identity_form(territory)
    )
    if request.method == "POST" and form.is_valid() and _dressed(form, request):
        return HttpResponseRedirect(reverse("territory:settings") + "?fait=identite", status=303)
    return _settings(request, territory, form=form, desk_form=_desk_form(territory))


@require_POST
@policy(can_keep_desks)
def desk(request: HttpRequest) -> HttpResponse:
    """Whom residents call."""
    territory = declared_territory()
    if territory is None:
        return render(request, "territory/undeclared.html")
    form = DeskForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        kept = DeclaredDesk(said["desk_name"], said["phone"], said["hours"], sentence=said["sentence"])
        actions.keep_desk(kept, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("territory:settings") + "?fait=guichet", status=303)
    return _settings(request, territory, form=_identity_form(territory), desk_form=form)


def _dressed(form: IdentityForm, request: HttpRequest) -> bool:
    """False when the colour or the logo is refused: the form says why."""
    said, now = form.cleaned_data, timezone.now()
    by = request.actor  # type: ignore[attr-defined]
    try:
        actions.update_identity(
            name=said["name"],
            colour=said["colour"],
            logo=b"" if said["without_logo"] else said["logo"],
            by=by,
            at=now,
        )
    except actions.BadColour as error:
        form.add_error("colour", colour_sentence(error))
    except actions.BadLogo as error:
        form.add_error("logo", logo_sentence(error))
    return form.is_valid()


def colour_sentence(error: actions.BadColour) -> str:
    """Why the colour is refused, and one that would not be."""
    if not error.nearest:
        return _(
            "« {text} » n’est pas une couleur : écrivez # et six chiffres ou lettres, comme #0a5443."
        ).format(text=error.text)
    return _(
        "Les mots écrits en {colour} se lisent mal : contraste de {contrast} pour 1, il en faut 7. "
        "La même, plus foncée : {nearest}."
    ).format(colour=error.text, contrast=f"{error.contrast:.1f}".replace(".", ","), nearest=error.nearest)


def logo_sentence(error: actions.BadLogo) -> str:
    return {
        "kind": _("Ce fichier n’est ni un PNG ni un SVG."),
        "size": _("Ce logo est trop lourd : chaque page le porte. Il en faut un plus simple (40 ko)."),
        "pixels": _("Cette image est trop grande : 4 000 points de côté au plus."),
        "empty": _("Ce SVG ne dessine rien que l’on puisse montrer : ni texte, ni image insérée."),
    }.get(error.why, _("Ce fichier est abîmé ou contient autre chose qu’un dessin."))


def _settings(
    request: HttpRequest, territory: DeclaredTerritory, *, form: IdentityForm, desk_form: DeskForm
) -> HttpResponse:
    refused = form.is_bound or desk_form.is_bound
    context = {
        "form": form,
        "desk_form": desk_form,
        "logo": logo_url(territory),
        "done": request.GET.get("fait", ""),
        "others": [one for one in territory.desks if one.need],
    }
    return render(request, "territory/settings.html", context, status=422 if refused else 200)


def _identity_form(territory: DeclaredTerritory) -> IdentityForm:
    colour = territory.identity.colour if territory.identity else ""
    return IdentityForm(initial={"name": territory.name, "colour": colour})


def _desk_form(territory: DeclaredTerritory) -> DeskForm:
    first = next((one for one in territory.desks if not one.need), None)
    if first is None:
        return DeskForm()
    return DeskForm(
        initial={
            "desk_name": first.name,
            "phone": first.phone,
            "hours": first.hours,
            "sentence": first.sentence,
        }
    )


def _identity_or_404() -> DeclaredIdentity:
    territory = declared_territory()
    if territory is None or territory.identity is None:
        raise Http404
    return territory.identity


def _tokens(accent: Accent) -> str:
    return f"--go:{accent.go};--go-ink:{accent.go_ink};--go-soft:{accent.go_soft}"


def _kept(response: HttpResponse, identity: DeclaredIdentity, version: str) -> HttpResponse:
    """A former address shows what is there now, and is not kept."""
    response["Cache-Control"] = FOR_EVER if version == identity.version else NOT_KEPT
    return response
