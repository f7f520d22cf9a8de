"""Every public docstring has its parts, in numpydoc's form.

A module begins with its contract, at least two sentences (one in a room's ``problems.py``: the
contract of them all stands in ``tyndau/base/errors.py``). A function names each parameter with its
type, what it returns and what it raises; a dataclass its fields; an estimator its source. A
property, a dunder method, a command, and a method that fulfils what a base class in the same module
or beside it promises, need a summary only.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from numpydoc.docscrape import NumpyDocString

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tyndau"
# Migrations are written by Django; a view takes the parts of its address and gives a page.
SERVER = [
    path
    for path in (ROOT / "tyndau_server").rglob("*.py")
    if path.parent.name not in ("migrations", "views")
]
MODULES = sorted([*PACKAGE.rglob("*.py"), *SERVER])

Function = ast.FunctionDef | ast.AsyncFunctionDef
NOTHING = {"None", "Never", "NoReturn"}
PROPERTIES = {"property", "cached_property"}
# Decorators by which a function becomes a command: its docstring is the help that users read.
COMMANDS = {"command", "group"}
RECORDS = {"NamedTuple", "TypedDict"}
SENTENCE = re.compile(r"[.!?][)\"'`]*(?=\s|$)")


def _last_name(node: ast.expr | None) -> str:
    """Return the last part of a dotted name or of what is called: ``attr`` of ``a.attr(...)``."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _decorators(node: Function | ast.ClassDef) -> set[str]:
    return {_last_name(decorator) for decorator in node.decorator_list}


def _parameters(function: Function, *, method: bool) -> list[str]:
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args)]
    if method and "staticmethod" not in _decorators(function):
        names = names[1:]
    names += ["*" + given.vararg.arg] if given.vararg else []
    names += [argument.arg for argument in given.kwonlyargs]
    return names + (["**" + given.kwarg.arg] if given.kwarg else [])


def _raised(function: Function) -> set[str]:
    """Return the names of what the body itself raises; ``KIND.error(...)`` is a `UserError`."""
    names: set[str] = set()
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Function | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            name = _last_name(node.exc)
            names.add("UserError" if name == "error" else name if name[:1].isupper() else "")
        waiting.extend(ast.iter_child_nodes(node))
    return names


def _described(doc: NumpyDocString, section: str) -> dict[str, tuple[str, str]]:
    """Return type and description by name; ``low, high : float`` names two."""
    return {
        name.strip(): (entry.type, " ".join(entry.desc).strip())
        for entry in doc[section]
        for name in entry.name.split(",")
    }


def _named(doc: NumpyDocString, section: str, names: list[str]) -> Iterator[str]:
    described = _described(doc, section)
    for name in names:
        kind, words = described.get(name, ("", ""))
        if name not in described:
            yield f"{section}: {name}"
        elif not kind:
            yield f"{section}: the type of {name}"
        elif not words:
            yield f"{section}: what {name} is"
    for name in described:
        if name not in names:
            yield f"{section}: {name} is described but not there"


def _function_faults(
    function: Function, *, method: bool, estimator: bool, promised: bool
) -> Iterator[str]:
    text = ast.get_docstring(function)
    decorators = _decorators(function)
    if "overload" in decorators or any(name in ("setter", "deleter") for name in decorators):
        return
    if not text:
        yield "a docstring"
        return
    if decorators & COMMANDS:
        return
    doc = NumpyDocString(text)
    if not doc["Summary"]:
        yield "a summary"
    raised = _raised(function)
    raises = {entry.type or entry.name for entry in doc["Raises"]}
    if raised and not raises:
        yield "Raises"
    yield from (f"Raises: {name}" for name in sorted(raised - raises) if name and raises)
    if promised or decorators & PROPERTIES or function.name.startswith("__"):
        return
    yield from _named(doc, "Parameters", _parameters(function, method=method))
    returned = "" if function.returns is None else ast.unparse(function.returns)
    if returned not in NOTHING and returned and not (doc["Returns"] or doc["Yields"]):
        yield "Returns"
    if estimator and not (doc["References"] or doc["Notes"]):
        yield "References or Notes"


def _class_faults(node: ast.ClassDef) -> Iterator[str]:
    text = ast.get_docstring(node)
    if not text:
        yield "a docstring"
        return
    doc = NumpyDocString(text)
    if not doc["Summary"]:
        yield "a summary"
    if "dataclass" in _decorators(node) or RECORDS & {_last_name(base) for base in node.bases}:
        fields = [
            part.target.id
            for part in node.body
            if isinstance(part, ast.AnnAssign)
            and isinstance(part.target, ast.Name)
            and not part.target.id.startswith("_")
            and _last_name(part.annotation) != "ClassVar"
        ]
        yield from _named(doc, "Attributes", fields)
    for part in node.body:
        if isinstance(part, Function) and part.name == "__init__" and not ast.get_docstring(part):
            yield from _named(doc, "Parameters", _parameters(part, method=True))


def _promises(tree: ast.Module, beside: Sequence[ast.Module]) -> dict[str, set[str]]:
    """Return by class the methods that its base classes in the same folder define."""
    classes = {
        node.name: node
        for module in (*beside, tree)
        for node in module.body
        if isinstance(node, ast.ClassDef)
    }

    def bases(node: ast.ClassDef) -> Iterator[ast.ClassDef]:
        for base in node.bases:
            # A dotted base, such as click.Command, is of another module.
            if isinstance(base, ast.Name) and (above := classes.get(base.id)):
                yield above
                yield from bases(above)

    return {
        name: {
            part.name for base in bases(node) for part in base.body if isinstance(part, Function)
        }
        for name, node in classes.items()
    }


def faults(
    source: str, *, estimator: bool = False, sentences: int = 2, beside: Sequence[str] = ()
) -> list[str]:
    """Return what is missing in a module's docstrings, as ``name: what``."""
    tree = ast.parse(source)
    found = []
    if len(SENTENCE.findall(ast.get_docstring(tree) or "")) < sentences:
        found.append(f"module: a contract, sentences: {sentences} at least")

    promises = _promises(tree, [ast.parse(other) for other in beside])

    def look(body: list[ast.stmt], inside: str) -> None:
        for node in body:
            if not isinstance(node, Function | ast.ClassDef):
                continue
            special = node.name.startswith("__") and node.name != "__init__"
            if node.name.startswith("_") and not special:
                continue
            name = f"{inside}{node.name}"
            if isinstance(node, ast.ClassDef):
                found.extend(f"{name}: {fault}" for fault in _class_faults(node))
                look(node.body, f"{name}.")
            else:
                wanting = _function_faults(
                    node,
                    method=bool(inside),
                    estimator=estimator and not inside,
                    promised=node.name in promises.get(inside.rstrip("."), ()),
                )
                found.extend(f"{name}: {fault}" for fault in wanting)

    look(tree.body, "")
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_docstrings_have_their_parts(module: Path) -> None:
    found = faults(
        module.read_text(encoding="utf-8"),
        estimator=PACKAGE / "estimation" in module.parents,
        sentences=1 if module.name == "problems.py" else 2,
        beside=[
            other.read_text(encoding="utf-8")
            for other in module.parent.glob("*.py")
            if other != module
        ],
    )
    name = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    assert not found, "\n".join(f"{name}:{fault}" for fault in found)


WHOLE = '''
"""What it is.

In: nothing. Out: numbers.
"""

@dataclass(frozen=True)
class Size:
    """A size.

    Attributes
    ----------
    n : int
        How many.
    """

    n: int

    @property
    def half(self) -> float:
        """Half of it."""
        return self.n / 2


def grow(size: Size, *, times: int) -> Size:
    """Grow.

    Parameters
    ----------
    size : Size
        What grows.
    times : int
        How often.

    Returns
    -------
    Size
        What it became.

    Raises
    ------
    UserError
        If it is too large.

    References
    ----------
    Kish (1965), formula 8.2.1.
    """
    if times > 9:
        raise TOO_LARGE.error(times=times)
    return Size(size.n * times)
'''


def test_a_whole_module_passes() -> None:
    assert faults(WHOLE, estimator=True) == []


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("In: nothing. Out: numbers.", "module: a contract, sentences: 2 at least"),
        ("    n : int\n        How many.\n", "Size: Attributes: n"),
        ('        """Half of it."""\n', "Size.half: a docstring"),
        ("    times : int\n        How often.\n", "grow: Parameters: times"),
        (" : Size\n        What grows.", "grow: Parameters: the type of size"),
        ("        How often.\n", "grow: Parameters: what times is"),
        ("    Returns\n    -------\n    Size\n        What it became.\n", "grow: Returns"),
        (
            "    Raises\n    ------\n    UserError\n        If it is too large.\n",
            "grow: Raises",
        ),
        (
            "    References\n    ----------\n    Kish (1965), formula 8.2.1.\n",
            "grow: References or Notes",
        ),
    ],
)
def test_a_part_left_out_is_named(left_out: str, missing: str) -> None:
    assert left_out in WHOLE
    assert faults(WHOLE.replace(left_out, ""), estimator=True) == [missing]


def test_a_parameter_that_is_gone_is_named() -> None:
    source = WHOLE.replace("size: Size, *, times: int", "size: Size").replace("times=times", "")
    expected = "grow: Parameters: times is described but not there"
    assert faults(source, estimator=True) == [expected]


def test_the_wrong_error_is_named() -> None:
    source = WHOLE.replace("    UserError\n", "    ValueError\n")
    assert faults(source, estimator=True) == ["grow: Raises: UserError"]
