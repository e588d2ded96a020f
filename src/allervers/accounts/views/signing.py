"""allauth's sign-in, counted; and sign-out."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allervers.accounts.actions.attempts import TooOften, count_attempt, sign_in
from allervers.accounts.policies import anyone, is_signed_in
from allervers.accounts.policy import policy
from allervers.ui.refusal import Refusal, refusal_page


class CountedLogin(LoginView):  # type: ignore[misc]  # allauth has no types
    """Every try is counted before it is judged: the answer to a full count does not say what was right."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now, actor = timezone.now(), request.actor  # type: ignore[attr-defined]
        address, email = request.META.get("REMOTE_ADDR", ""), request.POST.get("login", "")
        try:
            attempt = count_attempt(address=address, email=email, by=actor, now=now)
        except TooOften as limit:
            return too_often(request, minutes=limit.minutes)
        response: HttpResponse = super().post(request, *args, **kwargs)
        if request.user.is_authenticated:
            sign_in(attempt, request.user, now=now)
        return response


def too_often(request: HttpRequest, *, minutes: int) -> HttpResponse:
    """429, with when to come back."""
    sentence = ngettext(
        "Trop d’essais de connexion. Réessayez dans %(minutes)d minute.",
        "Trop d’essais de connexion. Réessayez dans %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}
    refusal = Refusal(429, "429.html", _("Trop d’essais"), sentence)
    response = refusal_page(request, refusal, minutes=minutes)
    response["Retry-After"] = str(minutes * 60)
    return response


login = policy(anyone)(CountedLogin.as_view())
logout = policy(is_signed_in)(LogoutView.as_view())
