"""Everything a user can cause is documented and said in three languages.

Codes are those that the rooms declare; messages are those marked ``N_`` in the code. A new one
fails here until ``docs/errors.md`` and both catalogues have it.
"""

import ast
import importlib
import importlib.util
import pkgutil
import re
import string
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import tyndau
import tyndau_server
from tyndau.base.errors import EXIT_CODES, Kind

PACKAGE = Path(tyndau.__file__).parent
SERVER = Path(tyndau_server.__file__).parent
TRANSLATED = ("kk", "ru")
HEADING = re.compile(r"^#+ .*`([a-z]+\.[a-z0-9-]+)`", re.MULTILINE)


def _kinds() -> dict[str, Kind]:
    """Return the kinds that the rooms' ``problems.py`` name; other tests may declare their own."""
    rooms = (path.relative_to(SERVER).parts for path in SERVER.rglob("problems.py"))
    names = [
        *(room.name for room in pkgutil.walk_packages([str(PACKAGE)], "tyndau.")),
        *(".".join(("tyndau_server", *room[:-1], "problems")) for room in rooms),
    ]
    modules = [importlib.import_module(name) for name in names if name.endswith(".problems")]
    kinds = [value for module in modules for value in vars(module).values()]
    return {kind.code: kind for kind in kinds if isinstance(kind, Kind)}


KINDS = _kinds()


@cache
def _messages() -> dict[str, str]:
    """Return every message of the code with the file that says it."""
    ways = [
        ("**.py", "python"),
        ("**/templates/**.html", _tool("said_in_templates").extract),
        ("form/client/**.ts", _tool("form_words").extract),
    ]
    found = (
        message
        for package in (PACKAGE, SERVER)
        for message in extract_from_dir(str(package), method_map=ways, keywords={"N_": None})
    )
    return {message: file for file, _line, message, _comments, _context in found}


def _tool(name: str) -> ModuleType:
    """Return a tool that finds sentences in what is no Python."""
    path = PACKAGE.parent / "tools" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _catalogue(language: str) -> Catalog:
    path = PACKAGE / "locale" / language / "tyndau.po"
    assert path.exists(), f"there is no {path.relative_to(PACKAGE.parent)}: run make catalogues"
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def _placeholders(template: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name}


@pytest.fixture(scope="module")
def manual(repository: Path) -> str:
    return (repository / "docs" / "errors.md").read_text(encoding="utf-8")


def test_every_code_has_an_entry_in_the_manual_and_no_other_has(manual: str) -> None:
    headings = HEADING.findall(manual)
    missing = sorted(set(KINDS) - set(headings))
    assert not missing, "codes without a heading in docs/errors.md:\n" + "\n".join(missing)
    unknown = sorted(set(headings) - set(KINDS))
    assert not unknown, "headings of codes that do not exist:\n" + "\n".join(unknown)
    assert len(headings) == len(set(headings)), "a code has two headings"


def test_the_manual_says_the_exit_code_of_each_class(manual: str) -> None:
    rows = [[cell.strip(" `") for cell in line.split("|")] for line in manual.splitlines()]
    wanting = {
        name: code
        for name, code in EXIT_CODES.items()
        if not any(name in cells and str(code) in cells for cells in rows)
    }
    assert not wanting, f"no row of a table in docs/errors.md has the class and its code: {wanting}"


def test_every_declared_template_is_marked_for_translation() -> None:
    said = {template for kind in KINDS.values() for template in (kind.what, kind.remedy)}
    unmarked = sorted(said - set(_messages()))
    assert not unmarked, "\n".join(unmarked)


@pytest.mark.parametrize(
    "module",
    sorted([*PACKAGE.rglob("*.py"), *SERVER.rglob("*.py")]),
    ids=lambda path: str(path.relative_to(PACKAGE.parent)),
)
def test_only_whole_constant_strings_are_marked(module: Path) -> None:
    # Extraction passes over anything else in silence, and it would never be translated.
    calls = [
        node
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "N_"
    ]
    wrong = [
        call.lineno
        for call in calls
        if len(call.args) != 1
        or not isinstance(call.args[0], ast.Constant)
        or not isinstance(call.args[0].value, str)
    ]
    assert wrong == []


def test_templates_have_named_placeholders_only() -> None:
    unnamed = [
        message
        for message in _messages()
        for _text, name, _spec, _conversion in string.Formatter().parse(message)
        if name is not None and not name.isidentifier()
    ]
    assert not unnamed, "\n".join(unnamed)


@pytest.mark.parametrize("language", TRANSLATED)
class TestCatalogue:
    """A catalogue holds exactly the messages of the code, each translated."""

    def test_has_every_message(self, language: str) -> None:
        known = {message.id for message in _catalogue(language)}
        missing = {text: file for text, file in _messages().items() if text not in known}
        lines = (f"{file}: {text}" for text, file in missing.items())
        assert not missing, "run make catalogues, then translate:\n" + "\n".join(lines)

    def test_has_no_message_that_the_code_does_not_say(self, language: str) -> None:
        catalogue = _catalogue(language)
        extra = [
            message.id for message in catalogue if message.id and message.id not in _messages()
        ]
        assert not extra, "\n".join(map(str, extra))
        assert list(catalogue.obsolete) == []

    def test_translates_every_message(self, language: str) -> None:
        untranslated = [
            message.id
            for message in _catalogue(language)
            if message.id and (not message.string or message.fuzzy)
        ]
        assert not untranslated, "\n".join(map(str, untranslated))

    def test_is_not_a_copy_of_the_english(self, language: str) -> None:
        # A message of two words or more that keeps no Cyrillic letter was not translated.
        copied = [
            message.id
            for message in _catalogue(language)
            if message.id
            and message.string
            and len(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{.*?\}", "", message.id))) > 1
            and not re.search("[А-Яа-яЁё]", str(message.string))
        ]
        assert not copied, "\n".join(map(str, copied))

    def test_keeps_the_placeholders(self, language: str) -> None:
        changed = {
            message.id: message.string
            for message in _catalogue(language)
            if message.id
            and message.string
            and _placeholders(str(message.id)) != _placeholders(str(message.string))
        }
        assert not changed, "\n".join(map(str, changed.items()))
