"""The record of a build: from what, with what, in which steps, to which files.

In: a study, a wave, the steps as they were done. Out: ``steps.json``, from which the results can be
made again and by which a later build sees that nothing has changed. It holds no time and no path of
a machine: the same inputs give the same record.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, get_args

import tyndau
from tyndau.reporting.editions import MASTER, Edition
from tyndau.sampling.record import RECORD
from tyndau.study.model import Study
from tyndau.waves import SIMULATED, Wave, list_revisions, list_waves

STEPS = "steps.json"
FORMAT = 1

_LIBRARIES = (
    "Babel", "XlsxWriter", "markdown-it-py", "numpy", "pymorphy3", "python-docx", "python-pptx",
    "pyxform", "scipy", "typst", "vl-convert-python",
)  # fmt: skip
_WORKBOOK = "study.xlsx"
Kind = Literal["tables", "report", "slides", "pdf"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# Folders of a study whose files enter reports.
_FOLDERS = ("templates", "text")


def describe_inputs(
    study: Study,
    wave: Wave,
    languages: Sequence[str],
    kinds: Sequence[str],
    edition: Edition = MASTER,
) -> dict[str, Any]:
    """Describe everything that the results of a build follow from.

    Parameters
    ----------
    study : Study
        The study; its workbook and forms are read again for their checksums.
    wave : Wave
        The revision that is tabulated.
    languages : sequence of str
        Languages of the results.
    kinds : sequence of str
        What is made, such as ``tables``.
    edition : {"master", "restricted", "public"}, optional
        For whom.

    Returns
    -------
    dict
        What JSON holds: checksums of workbook, forms, prose, templates and the manifests of the
        wave and of those before it by name, edition, languages, kinds, versions of this program and
        its libraries, and ``sha256`` over all of it.
    """
    revision = f"waves/{wave.name}/r{wave.revision}"
    # Simulated interviews are no wave of anybody.
    earlier = {
        name: list_revisions(study.folder, name)[-1]
        for name in list_waves(study.folder)
        if name < wave.name and SIMULATED not in (name, wave.name)
    }
    sources = [
        study.folder / _WORKBOOK,
        *(study.folder / study.forms[name].path for name in sorted(study.forms)),
        study.folder / revision / "manifest.json",
        *(path for path in [study.folder / RECORD] if path.is_file()),
        *(
            study.folder / f"waves/{name}/r{number}/manifest.json"
            for name, number in earlier.items()
        ),
        *(
            path
            for name in _FOLDERS
            for path in sorted((study.folder / name).rglob("*"))
            if path.is_file() and not path.name.startswith((".", "~$"))
        ),
    ]
    inputs: dict[str, Any] = {
        "wave": wave.name,
        "revision": wave.revision,
        "edition": edition,
        "earlier": earlier,
        "languages": list(languages),
        "kinds": list(kinds),
        "files": {path.relative_to(study.folder).as_posix(): sha256(path) for path in sources},
        "software": {
            "tyndau": tyndau.__version__,
            "tyndau_sha256": program_digest(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }
    return {**inputs, "sha256": _digest(inputs)}


def write_steps(
    folder: Path, inputs: dict[str, Any], steps: Sequence[dict[str, Any]], outputs: Sequence[str]
) -> None:
    """Write the record of a build beside its results.

    Parameters
    ----------
    folder : Path
        Where the results lie.
    inputs : dict
        As `describe_inputs` gives them.
    steps : sequence of dict
        Each step with its arguments, in order.
    outputs : sequence of str
        Names of the files that the build made.
    """
    record = {
        "format": FORMAT,
        "inputs": inputs,
        "steps": list(steps),
        "outputs": {name: sha256(folder / name) for name in outputs},
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (folder / STEPS).write_text(text, encoding="utf-8")


def read_steps(folder: Path) -> dict[str, Any]:
    """Read the record of the build that a folder holds.

    Parameters
    ----------
    folder : Path
        Where results may lie.

    Returns
    -------
    dict
        The record; empty if there is none that this version reads.
    """
    try:
        record = json.loads((folder / STEPS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        return {}
    return record


def stands(folder: Path, record: dict[str, Any], inputs: dict[str, Any]) -> bool:
    """Tell whether a folder holds, whole, what these inputs give.

    Parameters
    ----------
    folder : Path
        Where the results lie.
    record : dict
        As `read_steps` gives it.
    inputs : dict
        As `describe_inputs` gives them.

    Returns
    -------
    bool
        True if a build would make the same again.
    """
    return (
        bool(record)
        and record["inputs"] == inputs
        and all(
            (folder / name).is_file() and sha256(folder / name) == digest
            for name, digest in record["outputs"].items()
        )
    )


def sha256(path: Path) -> str:
    """Compute the checksum of a file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        SHA-256, 64 hexadecimal digits.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(value: object) -> str:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


@cache
def program_digest() -> str:
    """Compute a checksum of the program itself: its version alone does not tell a changed copy.

    Returns
    -------
    str
        SHA-256 over all files of the package.
    """
    return _digest(_contents(files("tyndau")))


def _contents(folder: Traversable) -> dict[str, object]:
    found: dict[str, object] = {}
    for entry in folder.iterdir():
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            found[entry.name] = _contents(entry)
        elif not entry.name.endswith((".pyc", ".md")):
            found[entry.name] = hashlib.sha256(entry.read_bytes()).hexdigest()
    return found
