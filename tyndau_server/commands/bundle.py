"""``tyndau bundle export`` and ``tyndau bundle import``: a study moves to another server.

In: the folder of a study or a bundle. Out: a bundle, or the study among those of this server.
"""

from pathlib import Path

import click

from tyndau.base.languages import N_, Message
from tyndau.cli.language import Command, Group, lang_option
from tyndau.cli.output import print_line
from tyndau.study import require_folder
from tyndau_server.ready import make_ready

_SHORT = N_("Move a study to another server, as one file.")
_EXPORT_SHORT = N_("Write a study into one file.")
_EXPORT = N_(
    "Write a study into one file: its folder, and of this server's database its questionnaires, "
    "interviews, attachments, decisions and people. Passwords, codes of phones and contacts are "
    "not in it."
)
_IMPORT_SHORT = N_("Take a study in from such a file.")
_IMPORT = N_(
    "Take a study in from such a file, whole or not at all, into the folder of studies that "
    "TYNDAU_STUDIES names. The file is verified first."
)
_EXPORTED = N_('The study "{study}" was written into {file}.')
_IMPORTED = N_('The study "{study}" was taken in.')


def make(language: str) -> click.Command:
    """Return the group of commands in a language.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    click.Command
        The group ``bundle``.
    """
    group = Group("bundle", language=language, help=Message(_SHORT).say(language))
    study, file = click.Argument(["study"]), click.Argument(["file"])
    group.add_command(
        Command(
            "export",
            language=language,
            help=Message(_EXPORT).say(language),
            short_help=Message(_EXPORT_SHORT).say(language),
            callback=_export,
            params=[study, file, lang_option(language)],
        )
    )
    group.add_command(
        Command(
            "import",
            language=language,
            help=Message(_IMPORT).say(language),
            short_help=Message(_IMPORT_SHORT).say(language),
            callback=_import,
            params=[file, lang_option(language)],
        )
    )
    return group


def _export(study: str, file: str, lang: str) -> None:
    folder = Path(study)
    require_folder(folder)
    make_ready()
    from tyndau_server.bundle.export import export_bundle

    folder = folder.resolve()
    export_bundle(folder.name, folder, Path(file))
    print_line(Message(_EXPORTED, {"study": folder.name, "file": file}), lang)


def _import(file: str, lang: str) -> None:
    make_ready()
    from tyndau_server.bundle.take_in import take_in

    slug = take_in(Path(file), by=None)
    print_line(Message(_IMPORTED, {"study": slug}), lang)
