"""The house is in order: no path of a machine, no oversized module, no unpinned package.

These are habits that a reviewer would otherwise repeat. A rule that has to give way in one place
gives way here, with its reason.
"""

import ast
import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES_OF_A_MODULE = 400
LINES_OF_A_FUNCTION = 60
# Modules that are longer, with the reason.
LONGER: dict[str, str] = {
    "tyndau/reporting/model.py": "the blocks of a document are one contract, read from top to end",
}

# Written so that this file does not find itself. A bare /root/ is a path of XPath too, and 8000 is
# the port of the server itself.
MACHINE = re.compile(
    r"/(?:work|home|Users)/\w|/root/[.]|/opt/(?:pypi|wheels)|(?:localhost|127\.0\.0\.1):(?!8000\b)\d|"
    r"[p]ypi\.(?:org|python)|[f]ile:///|[p]ythonhosted|\b[a-z0-9-]+\.[i]nternal\b"
)
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b|raise Not[I]mplemented|[l]orem ipsum")
FOREIGN = re.compile(
    r"\bA[I]\b|\bLL[M]s?\b|\b[c]hatbot|\b[g]enerated (?:with|by) [A-Z]|[c]o-authored-by:", re.I
)
# Files whose text is data of others or made by a tool.
NOT_OURS = ("LICENSE",)


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _texts() -> dict[str, str]:
    texts = {}
    for path in _tracked():
        content = path.read_bytes()
        name = str(path.relative_to(ROOT))
        if b"\0" not in content and name not in NOT_OURS:
            texts[name] = content.decode("utf-8", errors="replace")
    return texts


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in _texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = _lines_with(MACHINE)
    assert not found, "\n".join(found)


def test_nothing_is_left_unfinished() -> None:
    found = _lines_with(UNFINISHED)
    assert not found, "\n".join(found)


def test_no_file_speaks_of_how_it_was_written() -> None:
    found = _lines_with(FOREIGN)
    assert not found, "\n".join(found)


def _modules() -> list[Path]:
    return [
        path
        for path in _tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] != "tests"
    ]


def test_modules_are_of_a_readable_length() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in _modules()
    }
    long = [
        f"{name}: {lines} lines"
        for name, lines in lengths.items()
        if lines > LINES_OF_A_MODULE and name not in LONGER
    ]
    assert not long, "\n".join(long)
    assert set(LONGER) <= set(lengths), "an exception outlived its module"


def test_functions_are_of_a_readable_length() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {lines} lines"
        for path in _modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LINES_OF_A_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_no_module_is_a_drawer_for_everything() -> None:
    drawer = re.compile(r"(?:^|_)(?:utils?|helpers?|misc|common|old|new\d|\w+2)$")
    found = [str(path.relative_to(ROOT)) for path in _modules() if drawer.search(path.stem)]
    assert not found, "\n".join(found)


def test_the_architecture_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {
        path.relative_to(ROOT / "tyndau").parts[0]
        for path in _tracked()
        if path.is_relative_to(ROOT / "tyndau") and len(path.relative_to(ROOT / "tyndau").parts) > 1
    }
    named = set(re.findall(r"`tyndau/([a-z_]+)`", text))
    wanting = [f"{room} is not named" for room in sorted(rooms - named)]
    wanting += [f"{room} is not there" for room in sorted(named - rooms)]
    assert not wanting, "\n".join(wanting)


def _pins(lock: str) -> dict[str, tuple[str, int]]:
    """Return version and number of hashes by package."""
    pins: dict[str, tuple[str, int]] = {}
    name = ""
    for line in (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines():
        if start := re.match(r"([a-z0-9.-]+)==(\S+)", line):
            name = start[1]
            pins[name] = (start[2], 0)
        elif line.strip().startswith("--hash=sha256:"):
            pins[name] = (pins[name][0], pins[name][1] + 1)
        else:
            assert not line.strip() or line.lstrip().startswith("#"), f"{lock}: {line}"
    return pins


def _wanted(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {re.split(r"[\s<>=!~;\[]", line)[0].lower().replace("_", "-") for line in lines}


@pytest.mark.parametrize(("lock", "extras"), [("run.txt", ()), ("dev.txt", ("dev",))])
def test_locks_pin_everything_with_hashes(lock: str, extras: tuple[str, ...]) -> None:
    pins = _pins(lock)
    assert sorted(_wanted(*extras) - set(pins)) == [], "run make lock"
    assert sorted(name for name, (_version, hashes) in pins.items() if not hashes) == []


def test_the_lock_for_development_holds_the_one_for_running() -> None:
    run, development = _pins("run.txt"), _pins("dev.txt")
    assert {name: pin for name, pin in run.items() if development.get(name) != pin} == {}


def _requirements() -> ModuleType:
    path = ROOT / "tools" / "requirements.py"
    spec = importlib.util.spec_from_file_location("requirements", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tests_carry_codes_of_requirements_that_exist() -> None:
    tool = _requirements()
    rows = tool.required((ROOT / "docs" / "requirements.md").read_text(encoding="utf-8"))
    assert [int(row) for row, _words, _codes in rows] == list(range(1, 26))
    known = {code for _row, _words, codes in rows for code in codes}
    unknown = {
        code: tests for code, tests in tool.covered(ROOT / "tests").items() if code not in known
    }
    assert unknown == {}


def test_codes_are_read_from_functions_and_from_modules() -> None:
    # Built from parts, else the tool would read them as codes of this module.
    mark = "pytest.mark." + "requirement"
    source = f'pytestmark = {mark}("C9")\n@{mark}("T4", "C4")\ndef test_it(): ...\n'
    assert sorted(_requirements().marked(source)) == [
        ("C4", "test_it"),
        ("C9", "*"),
        ("T4", "test_it"),
    ]
