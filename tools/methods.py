"""Write docs/methods.md from the specifications in tests/spec, which hold what it says against R.

In: texts (``preface.md``, a ``chapter.md`` in each folder) and test modules, read without running
them. Out: the document. Of a test its docstring is the text, ``rows`` and ``counted`` are data,
``gives`` is what comes out, all other lines are the code between, and the program after ``R::`` is
what R was asked. It computes nothing: whether the numbers are right is for the tests to say.
"""

import ast
import inspect
import re
import textwrap
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SPEC = REPOSITORY / "tests" / "spec"
DOCUMENT = REPOSITORY / "docs" / "methods.md"

_TITLES = ("ru", "kk")
_CITED = re.compile(r"\[([A-Z][^][()`]*\s\d{4})\](?!\()")
_ENTRY = re.compile(r"^- \*\*(.+?)\*\* ", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(#([^)]+)\)")
_NUMBER = re.compile(r"-?[\d.]+|-")


def document(folder: Path = SPEC) -> str:
    """Return the whole document."""
    head, text = _headed(folder / "preface.md")
    names = _listed(head["chapters"])
    _require(names, {one.parent.name for one in folder.glob("*/chapter.md")}, folder)
    chapters = [chapter(folder / name) for name in names]
    contents = [f"- [{en}](#{anchor(en)}) · {ru} · {kk}" for (en, ru, kk), _ in chapters]
    parts = [f"# {head['title']}", _titles(head), text, "\n".join(contents)]
    return linked("\n\n".join([*parts, *(text for _, text in chapters)]) + "\n")


def chapter(folder: Path) -> tuple[tuple[str, str, str], str]:
    """Return the titles of a chapter, English, Russian, Kazakh, and its text."""
    head, text = _headed(folder / "chapter.md")
    names = _listed(head.get("sections", ""))
    _require(names, {one.stem[5:] for one in folder.glob("test_*.py")}, folder)
    parts = [f"## {head['title']}", _titles(head), text]
    parts += [section(folder / f"test_{name}.py") for name in names]
    return (head["title"], head["ru"], head["kk"]), "\n\n".join(part for part in parts if part)


def section(path: Path) -> str:
    """Return the text of a test module."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    title: dict[str, str] = {}
    parts: list[str] = []
    ours = {
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("tyndau")
        for name in node.names
    }
    for node in tree.body[1:]:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TITLE":
            title = ast.literal_eval(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            parts += specification(node, source, ours)
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            parts += _data(node) or _block("python", _lines(node, source))
    head = [f"### {title['en']}", _titles(title), ast.get_docstring(tree) or ""]
    return "\n\n".join([*head, *parts])


def specification(test: ast.FunctionDef, source: str, ours: set[str]) -> list[str]:
    """Return the parts of one test; results that functions of `ours` give at once are code too."""
    heading, _, rest = inspect.cleandoc(ast.get_docstring(test) or "").partition("\n")
    text, _, program = rest.partition("\nR::\n")
    parts = [f"#### {heading}", text.strip()]
    code: list[str] = []
    for node in test.body[1:]:
        data, expected = _data(node), _said(node, "gives")
        if data or expected:
            parts += _block("python", code + (_results(node, source, ours) if expected else []))
            parts += data or [_table(expected)]
            code = []
        elif not isinstance(node, ast.Assert) and "said(" not in ast.unparse(node):
            code += _lines(node, source)
    parts += [*_block("python", code)]
    if program:
        parts += ["In R:", *_block("r", textwrap.dedent(program).splitlines())]
    return [part for part in parts if part]


def anchor(heading: str) -> str:
    """Return the name by which a heading is linked to."""
    return re.sub(r"[^\w -]", "", " ".join(heading.lower().split())).replace(" ", "-")


def linked(text: str) -> str:
    """Turn [Author year] into links to the list of references; see that nothing leads nowhere."""
    before, mark, listed = text.rpartition("\n## References\n")
    cited = {" ".join(name.split()) for name in _CITED.findall(before)}
    known = set(_ENTRY.findall(listed))
    assert cited == known, f"only cited: {cited - known}; only listed: {known - cited}"
    before = _CITED.sub(lambda found: f"[{found[1]}](#{anchor(found[1])})", before)
    named = _ENTRY.sub(lambda found: f'- <a id="{anchor(found[1])}"></a>**{found[1]}** ', listed)
    whole = before + mark + named
    there = {anchor(heading) for heading in _HEADING.findall(whole)} | {*map(anchor, known)}
    nowhere = sorted(set(_LINK.findall(whole)) - there)
    assert not nowhere, f"no heading for {nowhere}"
    return whole


def _headed(path: Path) -> tuple[dict[str, str], str]:
    """Return the lines ``key: value`` under the title of a text, and the rest of it."""
    first, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    title, *lines = first.splitlines()
    head = dict(line.split(": ", 1) for line in lines)
    return {"title": title.removeprefix("# "), **head}, rest.strip()


def _titles(of: dict[str, str]) -> str:
    return "*" + " · ".join(of[language] for language in _TITLES) + "*"


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _require(named: list[str], there: set[str], folder: Path) -> None:
    assert set(named) == there, f"{folder}: named {sorted(named)}, there are {sorted(there)}"


def _said(node: ast.stmt, *functions: str) -> str:
    """Return the text table that a call of one of the functions holds."""
    value = getattr(node, "value", None)
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") in functions:
        return inspect.cleandoc(ast.literal_eval(value.args[0])).strip()
    return ""


def _data(node: ast.stmt) -> list[str]:
    """Return the data that a statement reads, with the name that they get."""
    table = _said(node, "rows", "counted")
    if not table or not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return []
    words = f"`{ast.unparse(node.targets[0])}`"
    if more := node.value.args[1:]:
        question, *answers = (ast.literal_eval(one) for one in more)
        words += f", people by `{question}`: {', '.join(answers)}"
    return [f"{words}:", f"```text\n{table}\n```"]


def _results(node: ast.stmt, source: str, ours: set[str]) -> list[str]:
    """Return the columns of a result that are computed where they are held."""
    call = getattr(node, "value", None)
    assert isinstance(call, ast.Call)
    lines: list[str] = []
    for column in call.keywords:
        names = {one.id for one in ast.walk(column.value) if isinstance(one, ast.Name)}
        if column.arg and column.arg != "r" and names & ours:
            first, *more = _lines(column, source)
            lines += [first.replace("=", " = ", 1), *more]
            lines[-1] = lines[-1].removesuffix(",")
    return lines


def _lines(node: ast.stmt | ast.keyword, source: str) -> list[str]:
    """Return the lines of a node, the first of them at the margin."""
    lines = source.splitlines()[node.lineno - 1 : node.end_lineno]
    code = textwrap.dedent("\n".join(lines))
    return [re.sub(r"  # (?:fmt|noqa).*", "", line) for line in code.splitlines()]


def _table(text: str) -> str:
    """Return a text table as one of Markdown, numbers to the right."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    columns = list(zip(*rows, strict=True))
    rule = [
        "---:" if all(_NUMBER.fullmatch(cell) for cell in cells[1:]) else "---" for cells in columns
    ]
    shown = [["" if cell == "-" else cell.replace("*", r"\*") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [shown[0], rule, *shown[1:]])


def _block(language: str, lines: list[str]) -> list[str]:
    """Return lines as a block of code; nothing where there are none."""
    code = "\n".join(lines).strip()
    return [f"```{language}\n{code}\n```"] if code else []


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(document(), encoding="utf-8")
    print(f"{DOCUMENT.relative_to(REPOSITORY)} is written from {SPEC.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
