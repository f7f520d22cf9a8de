"""The command line in the user's language: click's own words replaced by ours.

In: the environment. Out: the interface language and click classes whose headings, usage lines and
errors are said in it.
"""

from collections.abc import Mapping
from typing import Any

import click

from tyndau.base.errors import UserError
from tyndau.base.languages import INTERFACE_LANGUAGES, N_, Message
from tyndau.cli import problems

_USAGE = N_("Usage: ")
_OPTIONS = N_("Options")
_COMMANDS = N_("Commands")
_OPTIONS_METAVAR = N_("[OPTIONS]")
_COMMAND_METAVAR = N_("COMMAND [ARGUMENTS]")
_SHOW_HELP = N_("Show this help and exit.")
_REQUIRED = N_("required")
_LANG = N_("Language of the messages.")
_JSON = N_("Print one JSON object for other programs.")


def interface_language(environment: Mapping[str, str]) -> str:
    """Return the language in which the command speaks.

    Parameters
    ----------
    environment : mapping of str to str
        ``TYNDAU_LANG`` is asked first, then the locale: ``LC_ALL``, ``LC_MESSAGES``, ``LANG``.

    Returns
    -------
    str
        ``kk``, ``ru`` or ``en``; ``en`` when nothing says otherwise.
    """
    for name in ("TYNDAU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            code = value[:2].lower()
            return code if code in INTERFACE_LANGUAGES else "en"
    return "en"


class _Option(click.Option):
    """An option whose "required" is said in the language of its command."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        self.language = language
        super().__init__(*args, **kwargs)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        required, self.required = self.required, False
        record = super().get_help_record(ctx)
        self.required = required
        if record is None or not required:
            return record
        return record[0], f"{record[1]}  [{Message(_REQUIRED).say(self.language)}]"


class Command(click.Command):
    """A command that speaks its language.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.
    *args, **kwargs : object
        As for `click.Command`.
    """

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        self.language = language
        kwargs.setdefault("options_metavar", Message(_OPTIONS_METAVAR).say(language))
        kwargs.setdefault("context_settings", {"max_content_width": 100, "terminal_width": 100})
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        Parameters
        ----------
        ctx : click.Context
            The call.
        args : list of str
            What was written.

        Returns
        -------
        list of str
            The arguments left, for the commands of a group.

        Raises
        ------
        UserError
            If a command that is no group has arguments left.
        """
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left and not isinstance(self, click.Group):
            raise problems.EXTRA_ARGUMENT.error(got=left)
        return left

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line.

        Parameters
        ----------
        ctx : click.Context
            The call.
        formatter : click.HelpFormatter
            Where it is written.
        """
        formatter.write_usage(
            ctx.command_path,
            " ".join(self.collect_usage_pieces(ctx)),
            prefix=Message(_USAGE).say(self.language),
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of options.

        Parameters
        ----------
        ctx : click.Context
            The call.
        formatter : click.HelpFormatter
            Where it is written.
        """
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(Message(_OPTIONS).say(self.language)):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option ``--help`` with its help in the command's language.

        Parameters
        ----------
        ctx : click.Context
            The call.

        Returns
        -------
        click.Option or None
            The option.
        """
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = Message(_SHOW_HELP).say(self.language)
        return option


class Group(Command, click.Group):
    """The command that holds the others.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.
    *args, **kwargs : object
        As for `click.Group`.
    """

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        metavar = Message(_COMMAND_METAVAR).say(language)
        super().__init__(*args, language=language, subcommand_metavar=metavar, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and then the commands.

        Parameters
        ----------
        ctx : click.Context
            The call.
        formatter : click.HelpFormatter
            Where it is written.
        """
        super().format_options(ctx, formatter)
        with formatter.section(Message(_COMMANDS).say(self.language)):
            formatter.write_dl(
                [(name, command.get_short_help_str(88)) for name, command in self.commands.items()]
            )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of the work, not of the alphabet.

        Parameters
        ----------
        ctx : click.Context
            The call.

        Returns
        -------
        list of str
            Names.
        """
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was named.

        Parameters
        ----------
        ctx : click.Context
            The call.
        args : list of str
            What was written.

        Returns
        -------
        tuple
            Name, command and the arguments left.

        Raises
        ------
        UserError
            If there is no such command.
        """
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise problems.NO_SUCH_COMMAND.error(got=args[0], expected=list(self.commands))
        return super().resolve_command(ctx, args)


def option(*names: str, language: str, help: str, **kwargs: Any) -> click.Option:
    """Make an option in a language.

    Parameters
    ----------
    *names : str
        As for `click.Option`.
    language : str
        ``kk``, ``ru`` or ``en``.
    help : str
        English help marked with ``N_``.
    **kwargs : object
        As for `click.Option`.

    Returns
    -------
    click.Option
        The option.
    """
    return _Option(list(names), language=language, help=Message(help).say(language), **kwargs)


def lang_option(language: str) -> click.Option:
    """Make the option ``--lang`` of commands that print sentences.

    Parameters
    ----------
    language : str
        Language of the help, and of the sentences where the option is not given.

    Returns
    -------
    click.Option
        The option.
    """
    return option(
        "--lang", language=language, help=_LANG, default=language,
        type=click.Choice(INTERFACE_LANGUAGES), metavar="|".join(INTERFACE_LANGUAGES),
    )  # fmt: skip


def json_option(language: str) -> click.Option:
    """Make the flag ``--json`` of commands whose results other programs read.

    Parameters
    ----------
    language : str
        Language of the help.

    Returns
    -------
    click.Option
        The option; its value is the argument ``as_json_``.
    """
    return option("--json", "as_json_", language=language, help=_JSON, is_flag=True)


def as_user_error(error: click.UsageError) -> UserError:
    """Turn click's complaint about arguments into one of ours.

    Parameters
    ----------
    error : click.UsageError
        What click raised.

    Returns
    -------
    UserError
        The same, of the family that the command line shows.
    """
    command = error.ctx.command_path if error.ctx else "tyndau"
    if isinstance(error, click.NoSuchOption):
        return problems.NO_SUCH_OPTION.error(got=error.option_name, command=command)
    if isinstance(error, click.BadOptionUsage):
        return problems.OPTION_VALUE.error(got=error.option_name, command=command)
    param = getattr(error, "param", None)
    name = (
        ""
        if param is None
        else "/".join(param.opts)
        if param.opts[0][0] == "-"
        else (param.make_metavar(error.ctx) if error.ctx else param.name)
    )
    if isinstance(error, click.MissingParameter):
        return problems.MISSING_ARGUMENT.error(name=name, command=command)
    if (
        isinstance(error, click.BadParameter)
        and param is not None
        and hasattr(param.type, "choices")
    ):
        got = error.message.split("'")[1] if "'" in error.message else error.message
        return problems.BAD_VALUE.error(name=name, got=got, expected=list(param.type.choices))
    return problems.MISUSED.error(detail=error.format_message(), command=command)
