"""``tyndau invite``: the first link into a new server, from its own terminal.

In: a name and an address. Out: a link that makes an administrator, or gives a role in a study. Who
can run this owns the server already; nobody else is asked.
"""

import click
from click import Argument

from tyndau.base.languages import N_, Message
from tyndau.cli.language import Command, lang_option, option
from tyndau.cli.output import print_line
from tyndau_server import problems
from tyndau_server.ready import make_ready

_SHORT = N_("Make a personal link into the server.")
_HELP = N_(
    "Make a personal link for somebody who has no account yet: for an administrator of the server, "
    "or for a role in a study. The link is printed once; it works once, for 7 days."
)
_ADMINISTRATOR = N_("Make an administrator of the server.")
_STUDY = N_("The study, by the name of its folder.")
_ROLE = N_("The role in the study.")
_LINK = N_("Send this link to {name} alone; it works once, for {days} days:")
_HERE = ("127.0.0.1", "localhost", "[::1]")
_ROLES = ("head", "sociologist", "supervisor", "moderator", "customer", "reader")


def make(language: str) -> click.Command:
    """Return the command in a language.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    click.Command
        The command.
    """
    return Command(
        "invite",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_invite,
        params=[
            Argument(["name"]),
            Argument(["email"]),
            option("--administrator", language=language, help=_ADMINISTRATOR, is_flag=True),
            option("--study", language=language, help=_STUDY, default=""),
            option(
                "--role", language=language, help=_ROLE, default="",
                type=click.Choice(("", *_ROLES)), metavar="|".join(_ROLES),
            ),
            lang_option(language),
        ],
    )  # fmt: skip


def _invite(name: str, email: str, administrator: bool, study: str, role: str, lang: str) -> None:
    if administrator == bool(study or role) or bool(study) != bool(role):
        raise problems.INVITE_WHAT.error()
    make_ready()
    from django.conf import settings
    from django.urls import reverse

    from tyndau_server.people import invitations, typed

    name, email = typed.name_of(name), typed.email_of(email)
    if administrator:
        secret = invitations.invite_administrator(None, name=name, email=email)
    else:
        _require_served(study)
        secret = invitations.invite(None, study=study, role=role, name=name, email=email)
    language = lang if lang in ("kk", "ru") else "ru"
    hosts = [host for host in settings.ALLOWED_HOSTS if host not in _HERE]
    base = f"https://{hosts[0]}" if hosts else f"http://{_HERE[0]}:8000"
    print_line(Message(_LINK, {"name": name, "days": invitations.LASTS.days}), lang)
    print_line(f"{base}{reverse('link', args=[language, secret])}", lang)


def _require_served(study: str) -> None:
    from tyndau_server.studies.served import served

    if study not in served():
        raise problems.NOT_SERVED.error(got=study)
