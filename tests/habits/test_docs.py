"""What a user can type is in the documentation, and the documentation names nothing else.

Commands and options stand in ``docs/commands.md``, a section a command; sheets, columns and keys of
the workbook in ``docs/study-folder.md``; links between documents lead somewhere.
"""

import re
from pathlib import Path

import click
import pytest

from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau.cli.main import make
from tyndau.study.keys import KEYS
from tyndau.study.schema import SHEETS, TextSpec

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
SECTION = re.compile(r"^## +`tyndau ([a-z]+)[^`\n]*`\s*$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")

COMMANDS: dict[str, click.Command] = make("en").commands


@pytest.fixture(scope="module")
def sections(repository: Path) -> dict[str, str]:
    """Return the text about each command, and what stands before them all under ``""``."""
    manual = (repository / "docs" / "commands.md").read_text(encoding="utf-8")
    before, *parts = SECTION.split(manual)
    headings = SECTION.finditer(manual)
    texts = [heading[0] + part for heading, part in zip(headings, parts[1::2], strict=True)]
    return {"": before, **dict(zip(parts[::2], texts, strict=True))}


def _options(command: click.Command) -> set[str]:
    if isinstance(command, click.Group):
        return set().union(*map(_options, command.commands.values()))
    context = click.Context(command)
    return {
        name
        for option in command.get_params(context)
        if isinstance(option, click.Option) and not option.hidden
        for name in (*option.opts, *option.secondary_opts)
        if name.startswith("--")
    }


def test_every_command_has_a_section_and_no_other_has(sections: dict[str, str]) -> None:
    assert sorted(COMMANDS) == sorted(name for name in sections if name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_names_the_options_of_its_command_and_no_other(
    name: str, sections: dict[str, str]
) -> None:
    named = set(OPTION.findall(sections[name]))
    everywhere = set(OPTION.findall(sections[""]))
    options = _options(COMMANDS[name])
    assert options - named - everywhere == set(), "options that docs/commands.md does not name"
    assert named - options - everywhere == set(), "options that the command does not have"


def _in_code(text: str) -> set[str]:
    """Return the words in backticks."""
    return {
        word
        for span in re.findall(r"`([^`\n]+)`", text)
        for word in re.findall(r"[A-Za-z][A-Za-z0-9_]*", span)
    }


def test_every_key_sheet_and_column_of_the_workbook_is_described(repository: Path) -> None:
    text = (repository / "docs" / "study-folder.md").read_text(encoding="utf-8")
    names = {key.name for key in KEYS} | {value for key in KEYS for value in key.allowed}
    for sheet in SHEETS:
        names.add(sheet.name)
        for part in sheet.parts:
            if isinstance(part, TextSpec):
                names |= {part.column(language) for language in CONTENT_LANGUAGES}
            else:
                names.add(part.name)
    wanting = sorted(names - _in_code(text))
    assert not wanting, "docs/study-folder.md does not name: " + ", ".join(wanting)


def test_links_between_documents_lead_somewhere(repository: Path) -> None:
    documents = [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]
    broken = [
        f"{document.relative_to(repository)}: {link}"
        for document in documents
        for link in LINK.findall(document.read_text(encoding="utf-8"))
        if "://" not in link
        and not link.startswith(("#", "mailto:"))
        and not (document.parent / link.partition("#")[0]).exists()
    ]
    assert not broken, "\n".join(broken)
