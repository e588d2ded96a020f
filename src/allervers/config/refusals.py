"""What the site says when it says no: what happened, what was kept, what to do."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from allervers.ui.refusal import Refusal, plain_page, refusal_page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Cette demande n’a pas été comprise. Rien n’a été enregistré.")
    return refusal_page(request, Refusal(400, "400.html", _("Demande non comprise"), sentence))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Votre compte ne permet pas de voir cette page. Demandez à la personne qui tient ce site.")
    return refusal_page(request, Refusal(403, "403.html", _("Accès réservé"), sentence))


def from_another_site(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _(
        "Ce formulaire est trop ancien ou vient d’un autre site. Rien n’a été envoyé. "
        "Revenez en arrière, rechargez la page et recommencez. Le site a besoin des cookies."
    )
    return refusal_page(request, Refusal(403, "403_csrf.html", _("Formulaire refusé"), sentence))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Cette page n’existe pas ou n’existe plus.")
    return refusal_page(request, Refusal(404, "404.html", _("Page introuvable"), sentence))


def failed(request: HttpRequest) -> HttpResponse:
    sentence = _("Une erreur est survenue de notre côté. Elle est notée. Réessayez dans un moment.")
    return refusal_page(request, Refusal(500, "500.html", _("Le site a un problème"), sentence))


def unknown_host(request: HttpRequest) -> HttpResponse:
    """Never dressed: the page's links would be built on the very name that is refused."""
    sentence = _(
        "Ce site ne répond pas à cette adresse. Vérifiez l’adresse tapée. "
        "Si vous tenez ce site, ajoutez-la à ALLERVERS_HOSTS."
    )
    return HttpResponse(plain_page(Refusal(400, "", _("Adresse inconnue"), sentence)), status=400)


def refused_body(request: HttpRequest, status: int) -> HttpResponse:
    """413 (too large) or 408 (too slow)."""
    if status == 413:
        sentence = _("Ce que vous envoyez est trop gros. Rien n’a été gardé. Écrivez un texte plus court.")
        return refusal_page(request, Refusal(413, "413.html", _("Envoi trop gros"), sentence))
    sentence = _("L’envoi n’est pas arrivé en entier. Rien n’a été gardé. Réessayez.")
    return refusal_page(request, Refusal(408, "408.html", _("Envoi interrompu"), sentence))
