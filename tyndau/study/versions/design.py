"""What changed between two designs of a study, file by file.

In: two folders with the files of a design, such as those of two versions. Out: `FileDifference` for
each file that differs: a workbook by sheets, rows and cells, a questionnaire by questions, a text
by lines. A file that cannot be read is told with its problems, and the others all the same.
"""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tyndau.base.errors import Problem, UserError
from tyndau.questionnaire.difference import FormDifference, compare_forms
from tyndau.questionnaire.load import load_forms
from tyndau.study.load import FORMS, WORKBOOK
from tyndau.study.versions.files import BOUNDARIES, design_files, digest
from tyndau.study.versions.workbook import SheetChange, compare_workbooks

FileKind = Literal["workbook", "form", "text", "boundaries", "other"]

# Whatever else lies in `forms` are lists and pictures that a form uses.
_FORMS = frozenset({".xlsx", ".xlsm", ".xls"})
_TEXTS = frozenset({".md", ".csv"})
# More lines than a page can show say nothing.
_MOST_LINES = 400
_LARGEST_TEXT = 2_000_000


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A file that differs.

    Attributes
    ----------
    path : str
        Its path in the study.
    kind : {"workbook", "form", "text", "boundaries", "other"}
        What it is.
    state : {"added", "removed", "changed"}
        What happened to it.
    sheets : tuple of SheetChange
        Of the workbook.
    form : FormDifference or None
        Of a questionnaire that can be read in both versions.
    lines : tuple of str
        Of a text, those that went (``-``), came (``+``) and stand around.
    areas : tuple of int
        Of the boundaries, how many areas there were and are.
    unread : tuple of Problem
        Why it cannot be compared in words.
    """

    path: str
    kind: FileKind
    state: Literal["added", "removed", "changed"]
    sheets: tuple[SheetChange, ...] = ()
    form: FormDifference | None = None
    lines: tuple[str, ...] = ()
    areas: tuple[int, ...] = ()
    unread: tuple[Problem, ...] = ()

    @property
    def only_look(self) -> bool:
        """Whether nothing that is read changed, only colours, widths and the like."""
        same_form = self.form is not None and not self.form.changes and self.form.editorial
        same_sheets = self.kind == "workbook" and not self.sheets
        return self.state == "changed" and not self.unread and (same_form or same_sheets)


def compare_designs(before: Path, after: Path) -> tuple[FileDifference, ...]:
    """Tell what changed between two designs.

    Parameters
    ----------
    before, after : Path
        Folders with their files.

    Returns
    -------
    tuple of FileDifference
        The files that differ: the workbook, the boundaries, forms and guides by name.
    """
    earlier, later = dict(design_files(before)), dict(design_files(after))
    paths = [
        path
        for path in dict.fromkeys((*later, *earlier))
        if path not in earlier
        or path not in later
        or digest(earlier[path].read_bytes()) != digest(later[path].read_bytes())
    ]
    changed = [path for path in paths if path in earlier and path in later]
    forms = _forms([path for path in changed if _kind(path) == "form"], earlier, later)
    return tuple(
        _changed(path, earlier[path], later[path], forms)
        if path in changed
        else FileDifference(path, _kind(path), "added" if path in later else "removed")
        for path in paths
    )


def _kind(path: str) -> FileKind:
    suffix = Path(path).suffix.lower()
    if path == WORKBOOK:
        return "workbook"
    if path == BOUNDARIES:
        return "boundaries"
    if path.startswith(f"{FORMS}/") and suffix in _FORMS:
        return "form"
    return "text" if suffix in _TEXTS else "other"


def _changed(
    path: str, before: Path, after: Path, forms: Mapping[str, FormDifference | UserError]
) -> FileDifference:
    kind = _kind(path)
    try:
        if kind == "workbook":
            sheets = compare_workbooks(before, after, path)
            return FileDifference(path, kind, "changed", sheets=sheets)
        if kind == "form":
            found = forms[path]
            if isinstance(found, UserError):
                raise found
            return FileDifference(path, kind, "changed", form=found)
    except UserError as error:
        return FileDifference(path, kind, "changed", unread=error.problems)
    if kind == "text":
        return FileDifference(path, kind, "changed", lines=_lines(before, after))
    if kind == "boundaries":
        return FileDifference(path, kind, "changed", areas=(_areas(before), _areas(after)))
    return FileDifference(path, kind, "changed")


def _forms(
    paths: list[str], earlier: Mapping[str, Path], later: Mapping[str, Path]
) -> dict[str, FormDifference | UserError]:
    """Compare the forms, all of them read at once: a child process opens them."""
    files = [version[path] for path in paths for version in (earlier, later)]
    outcomes = load_forms(files, shown=[path for path in paths for _ in range(2)])
    found: dict[str, FormDifference | UserError] = {}
    for path, before, after in zip(paths, outcomes[::2], outcomes[1::2], strict=True):
        if isinstance(after, UserError):
            found[path] = after
        elif isinstance(before, UserError):
            found[path] = before
        else:
            found[path] = compare_forms(before, after)
    return found


def _lines(before: Path, after: Path) -> tuple[str, ...]:
    """Return a text's lines that differ, with one around them."""
    if max(before.stat().st_size, after.stat().st_size) > _LARGEST_TEXT:
        return ()
    one, other = (
        path.read_bytes().decode("utf-8", errors="replace").splitlines() for path in (before, after)
    )
    lines = list(difflib.unified_diff(one, other, lineterm="", n=1))[2:]
    more = ("…",) if len(lines) > _MOST_LINES else ()
    return (*lines[:_MOST_LINES], *more)


def _areas(path: Path) -> int:
    """Count the areas of a file of boundaries; 0 where it is none."""
    try:
        return len(json.loads(path.read_bytes())["features"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return 0
