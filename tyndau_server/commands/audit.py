"""``tyndau audit verify``: whether the log of decisions is as it was written.

In: the database of the server; number and digest that were written down elsewhere, if any. Out: how
many entries there are and the digest of the last one, or what is wrong and exit code 1.
"""

import re

import click

from tyndau.base.languages import N_, Message, Number
from tyndau.cli.language import Command, Group, lang_option, option
from tyndau.cli.output import print_line, print_problems
from tyndau_server.ready import make_ready

_SHORT = N_("Look after the log of decisions.")
_VERIFY_SHORT = N_("Verify that the log is as it was written.")
_VERIFY = N_(
    "Verify that no entry of the log was changed, removed, inserted or moved. Count and digest are "
    "printed: write them down where the server's owner cannot change them, and hand them over with "
    "--noted the next time. The exit code is 1 if the log is broken."
)
_NOTED = N_("Number and digest that were written down, such as 120:3b5d…")
_WHOLE = N_("The log is whole. Entries: {count}.")
_BROKEN = N_("The log is broken. Entries: {count}.")
_HEAD = N_("To be written down elsewhere: {noted}")
_FORM = re.compile(r"([1-9]\d{0,17}):([0-9a-f]{64})")


def make(language: str) -> click.Command:
    """Return the group of commands in a language.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    click.Command
        The group ``audit``.
    """
    group = Group("audit", language=language, help=Message(_SHORT).say(language))
    group.add_command(
        Command(
            "verify",
            language=language,
            help=Message(_VERIFY).say(language),
            short_help=Message(_VERIFY_SHORT).say(language),
            callback=_verify,
            params=[
                option("--noted", language=language, help=_NOTED, metavar="N:DIGEST", default=""),
                lang_option(language),
            ],
        )
    )
    return group


def _verify(noted: str, lang: str) -> int:
    make_ready()
    from tyndau_server.audit import log, problems

    found = _FORM.fullmatch(noted.strip().lower())
    if noted and not found:
        raise problems.NOTED.error(got=noted)
    verdict = log.verify((int(found[1]), found[2]) if found else None)
    kinds = {
        "changed": problems.LOG_CHANGED,
        "removed": problems.LOG_REMOVED,
        "inserted": problems.LOG_INSERTED,
        "moved": problems.LOG_MOVED,
        "noted": problems.LOG_NOTED,
    }
    said = _BROKEN if verdict.faults else _WHOLE
    print_line(Message(said, {"count": Number(verdict.count)}), lang)
    if verdict.faults:
        print_problems(
            [kinds[one.wrong].at(number=one.number, other=one.other) for one in verdict.faults],
            lang,
            fatal=True,
        )
        return 1
    if verdict.count:
        print_line(Message(_HEAD, {"noted": f"{verdict.count}:{verdict.head}"}), lang)
    return 0
