"""Checking an e-mail and a password."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class SignIn(AuthenticationBackend):  # type: ignore[misc]  # allauth is not typed
    """allauth's, which hashes for unknown addresses too; a sleeping account is answered as unknown."""

    def authenticate(self, request: HttpRequest | None, **credentials: str) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()  # allauth would send a sleeping account to a page that names it
        return user
