"""`allervers operator …`: who keeps the installation."""

import sys
from collections.abc import Callable
from getpass import getpass
from typing import Annotated

import typer
from django.core.exceptions import ValidationError
from django.utils import timezone

from allervers.accounts.actions import operators
from allervers.accounts.actor import SYSTEM
from allervers.accounts.models import User
from allervers.cli.app import app
from allervers.cli.output import ExitCode, refuse, say
from allervers.cli.prepared import prepared

operator = typer.Typer(help="Les comptes des personnes qui tiennent l’installation.", no_args_is_help=True)
app.add_typer(operator, name="operator")

Email = Annotated[str, typer.Argument(metavar="ADRESSE", help="Son adresse électronique.")]
FromStdin = Annotated[bool, typer.Option(help="Lire le mot de passe sur l’entrée standard (une ligne).")]


@operator.command()
def create(email: Email, password_stdin: FromStdin = False) -> None:
    """Créer le compte d’une personne qui tient l’installation."""
    prepared()
    password = _password(from_stdin=password_stdin)
    _apply(operators.create_operator, email, password)
    say(f"Le compte de {email} est créé. Pour se connecter : /compte/connexion")


@operator.command()
def password(email: Email, password_stdin: FromStdin = False) -> None:
    """Changer un mot de passe oublié. Les sessions ouvertes se ferment."""
    prepared()
    new_password = _password(from_stdin=password_stdin)
    _apply(operators.set_password, email, new_password)
    say(f"Le mot de passe de {email} est changé.")


def _apply(action: Callable[..., User], email: str, new_password: str) -> None:
    try:
        action(email, password=new_password, by=SYSTEM, now=timezone.now())
    except ValidationError as error:
        refuse(" ".join(error.messages) + " Rien n’a changé.")
    except operators.AccountExists:
        refuse(
            f"{email} a déjà un compte. Rien n’a changé. "
            f"Pour changer son mot de passe : allervers operator password {email}"
        )
    except operators.NoSuchAccount:
        refuse(
            f"{email} n’a pas de compte. Rien n’a changé. Pour le créer : allervers operator create {email}"
        )


def _password(*, from_stdin: bool) -> str:
    """Never shown, never an argument (other users of the machine can read those), never asked of nobody."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        refuse(
            "Il n’y a pas de terminal où demander le mot de passe. Rien n’a changé. "
            "Donnez-le sur l’entrée standard, avec --password-stdin.",
            code=ExitCode.USAGE,
        )
    chosen = getpass("Mot de passe (12 caractères au moins) : ")
    if getpass("Encore une fois : ") != chosen:
        refuse("Les deux mots de passe sont différents. Rien n’a changé. Recommencez.")
    return chosen
