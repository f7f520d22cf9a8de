"""Help, mistakes in the arguments and exit codes."""

import os
import re
import subprocess
import sys

import pytest

from tyndau.base.errors import EXIT_CODES
from tyndau.cli.language import interface_language

from .conftest import Tyndau

COMMANDS = (
    "new", "check", "sample", "print", "papers", "simulate", "import", "weight", "build", "tables",
    "proof",
    # Those of the server follow, in the order of the alphabet.
    "audit", "bundle", "freeze", "invite", "serve",
)  # fmt: skip


def test_help_lists_the_commands_in_the_order_of_the_work(tyndau: Tyndau) -> None:
    outcome = tyndau("--help")

    listed = re.findall(r"^  (\w+) {2,}\S", outcome.out.partition("Commands:")[2], re.MULTILINE)
    assert outcome.code == 0
    assert tuple(listed) == COMMANDS
    assert "..." not in outcome.out


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_no_english_sentence(tyndau: Tyndau, command: str, language: str) -> None:
    outcome = tyndau(*([command] if command else []), "--help", language=language)

    words = set(re.findall(r"(?<![-\w./_])[A-Za-z]{3,}(?![-\w./_=])", outcome.out))
    names = {
        "tyndau",
        "STUDY",
        "FILE",
        "DIR",
        "CSV",
        "SPSS",
        "JSON",
        "XLSForm",
        "NAME",
        "EMAIL",
        *COMMANDS,
    }
    # Of commands within commands, of roles, of what is to be typed.
    names |= {"TEXT", "verify", "export", "head", "sociologist", "supervisor", "interviewer"}
    names |= {"moderator", "customer", "reader"}
    values = {"design", "model", "none", "variable", "kind", "code", "xlsx", "forms", "results"}
    values |= {"sampling", "sample", "population", "weighting", "paper", "residents", "ngo"}
    values |= {"team", "name", "photo", "number"}
    assert outcome.code == 0
    kinds = {"tables", "report", "slides", "pdf", "master", "restricted", "public"}
    assert words <= names | values | kinds | {"Excel", "Word", "PDF", "TLS", "Tyndau"}


def test_an_unknown_command_names_those_that_exist(tyndau: Tyndau) -> None:
    outcome = tyndau("chek")

    assert outcome.code == EXIT_CODES["usage"]
    assert 'no command "chek"' in outcome.err
    assert ", ".join(COMMANDS) in outcome.err


def test_the_command_alone_shows_its_help_and_no_error(tyndau: Tyndau) -> None:
    outcome = tyndau(language="ru")
    assert outcome.code == 2
    assert outcome.err.startswith("Как вызвать: tyndau")
    assert "Ошибка" not in outcome.err


def test_an_unknown_option_sends_to_the_help_of_its_command(tyndau: Tyndau) -> None:
    outcome = tyndau("check", "study", "--speed")

    assert outcome.code == EXIT_CODES["usage"]
    assert 'no option "--speed"' in outcome.err
    assert '"tyndau check --help"' in outcome.err


def test_a_missing_argument_and_a_missing_option_are_named(tyndau: Tyndau) -> None:
    assert "needs STUDY" in tyndau("check").err
    assert "needs --wave" in tyndau("import", "study", "file.csv").err


def test_what_a_command_does_not_take_is_named(tyndau: Tyndau) -> None:
    outcome = tyndau("check", "study", "second", "third")

    assert outcome.code == EXIT_CODES["usage"]
    assert "more on the line than the command takes: second, third." in outcome.err


@pytest.mark.parametrize(("written", "named"), [("--lang", "--lang"), ("--json=3", "--json")])
def test_an_option_with_a_value_amiss_is_named(tyndau: Tyndau, written: str, named: str) -> None:
    outcome = tyndau("check", "study", written)

    assert outcome.code == EXIT_CODES["usage"]
    assert f'The option "{named}" stands without a value' in outcome.err


def test_a_value_that_is_not_offered_is_answered_with_those_that_are(tyndau: Tyndau) -> None:
    outcome = tyndau("check", "study", "--lang", "de")

    assert outcome.code == EXIT_CODES["usage"]
    assert '--lang was given as "de"' in outcome.err
    assert "kk, ru, en" in outcome.err


def test_an_error_is_one_json_object_for_machines(tyndau: Tyndau, tmp_path) -> None:
    outcome = tyndau("build", tmp_path / "nowhere", "--json")

    (problem,) = outcome.json["problems"]
    assert outcome.code == EXIT_CODES["study"]
    assert problem["code"].startswith("study.")
    assert problem["remedy"]
    assert outcome.err == ""


def test_errors_speak_the_language_of_the_user(tyndau: Tyndau) -> None:
    assert tyndau("chek", language="ru").err.startswith("Ошибка usage.no-such-command")
    assert tyndau("chek", language="kk").err.startswith("Қате usage.no-such-command")


def test_the_language_of_a_call_is_that_of_its_errors_and_its_help(tyndau: Tyndau) -> None:
    assert tyndau("check", "nowhere", "--lang", "ru").err.startswith("Ошибка")
    assert tyndau("check", "nowhere", "--lang=kk").err.startswith("Қате")
    assert "Usage" not in tyndau("check", "--lang", "kk", "--help").out


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"TYNDAU_LANG": "kk", "LANG": "ru_RU.UTF-8"}, "kk"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "kk_KZ.UTF-8", "LANG": "en_US.UTF-8"}, "kk"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_comes_from_the_environment(
    environment: dict[str, str], language: str
) -> None:
    assert interface_language(environment) == language


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_output_into_a_file_holds_every_letter(language: str) -> None:
    # On Windows what is written into files and pipes is in Windows-1251, without Kazakh letters.
    environment = {**os.environ, "PYTHONIOENCODING": "cp1251", "TYNDAU_LANG": language}
    call = [sys.executable, "-c", "from tyndau.cli.main import main; main()"]
    for arguments, code in ((["--help"], 0), (["check", "қала"], EXIT_CODES["study"])):
        done = subprocess.run([*call, *arguments], env=environment, capture_output=True)
        assert done.returncode == code
        assert "tyndau" in (done.stdout + done.stderr).decode("utf-8")
