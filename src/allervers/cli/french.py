"""What Typer itself says, in French: help, and the sentences of a command that was not written as it should.

Typer 0.29 has no catalogue of translations: its errors are told again here, from their kind and their facts.
"""

import re
import sys
from typing import Any, NoReturn

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

from allervers.cli.output import ExitCode, say

rich_utils.ARGUMENTS_PANEL_TITLE = "Ce que l’on donne"
rich_utils.OPTIONS_PANEL_TITLE = "Options"
rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
rich_utils.DEFAULT_STRING = "[sinon : {}]"
rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"

HELP = "Afficher cette aide."
PATTERNS = (  # Typer's sentence, ours; \1, \2: what was typed
    (r"No such option: (\S+).*", r"L’option \1 n’existe pas."),
    (r"No such command '(.+)'.*", r"La commande « \1 » n’existe pas."),
    (r"Missing command\.", "Il manque la commande."),
    (r"Missing (?:argument|option|parameter) '?([^'.]+?)'?(?: .*)?\.", r"Il manque \1."),
    (r"Got unexpected extra argument\(?s?\)? \((.+)\)", r"De trop : \1."),
    (r"Option '(\S+)' requires .*", r"L’option \1 attend une valeur."),
    (r"Option '(\S+)' does not take a value\.", r"L’option \1 ne prend pas de valeur."),
    (r"Argument '(\S+)' takes .*", r"\1 : il manque des valeurs."),
    (r"Invalid value for '(.+?)': .*? '(.+)' does not exist\.", r"\1 : « \2 » n’existe pas."),
    (r"Invalid value for '(.+?)': .*? '(.+)' is a directory\.", r"\1 : « \2 » est un dossier."),
    (r"Invalid value for '(.+?)': .*? '(.+)' is not readable\.", r"\1 : « \2 » ne peut pas être lu."),
    (r"Invalid value for '(.+?)': Input should be less than or equal to (\S+)", r"\1 : \2 au plus."),
    (r"Invalid value for '(.+?)': Input should be greater than or equal to (\S+)", r"\1 : \2 au moins."),
    (r"Invalid value for '(.+?)': Input should be a valid integer.*", r"\1 : un nombre entier est attendu."),
    (r"Invalid value for '(.+?)': Input should be a valid number.*", r"\1 : un nombre est attendu."),
    (r"Invalid value for '(.+?)': .*", r"\1 : cette valeur ne convient pas."),
)


class FrenchContext(TyperGroup.context_class):  # type: ignore[misc, valid-type]
    class formatter_class(TyperGroup.context_class.formatter_class):  # type: ignore[misc, name-defined]  # noqa: N801
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, "Utilisation : ")


class FrenchGroup(TyperGroup):
    """The whole command line: same exit codes, French words."""

    context_class = FrenchContext

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        try:
            ended = super().main(*args, standalone_mode=False, **extra)  # type: ignore[misc]
        except TyperException as error:
            _refuse(error)
        except typer.Abort:
            say("Arrêté.")
            sys.exit(ExitCode.REFUSED)
        if standalone_mode:
            sys.exit(ended if isinstance(ended, int) else ExitCode.APPLIED)
        return ended

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _in_french(super().get_help_option(ctx))


def _help_of_a_command(self: TyperCommand, ctx: Any) -> TyperOption | None:
    return _in_french(_HELP_OPTION(self, ctx))


_HELP_OPTION = TyperCommand.get_help_option
TyperCommand.get_help_option = _help_of_a_command  # type: ignore[method-assign, assignment]  # it has no other seam
TyperCommand.context_class = FrenchContext


def _in_french(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = HELP
    return option


def _refuse(error: TyperException) -> NoReturn:
    """A usage error ends with 2 and the way to the help; a call without anything is answered by the help."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        print(message)
        sys.exit(ExitCode.USAGE)
    say(in_french(message))
    if context is not None:
        say(f"Aide : {context.command_path} --help")
    sys.exit(error.exit_code)


def in_french(message: str) -> str:
    """Typer's sentence, told again; one that is not known stays as it is."""
    for pattern, ours in PATTERNS:
        if match := re.fullmatch(pattern, message, flags=re.DOTALL):
            return match.expand(ours)
    return message
