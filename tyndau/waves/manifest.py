"""The manifest of a revision: what was frozen, from what, with which checksums.

In: facts of a revision. Out: JSON text, and the manifest again from it. It reads and writes no
file. The manifest seals itself: ``seal`` is the SHA-256 of all the rest, so that a damaged manifest
is noticed like any other damaged file.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tyndau.base.languages import N_
from tyndau.questionnaire.form import Form
from tyndau.waves.damage import DamagedError

# A revision from which rows were erased is of the second format: readers of the first know of none.
FORMAT = 2
_WITHOUT_ERASED = 1

_NOT_JSON = N_("its text is not whole")
_NO_SEAL = N_("it has no seal")
_OTHER_SEAL = N_("its content does not agree with its seal")
_NO_PART = N_("a part of it is missing")


@dataclass(frozen=True, slots=True)
class FormRecord:
    """Which form the interviews of a population were made with.

    Attributes
    ----------
    id, version : str
        As in the form's settings.
    sha256 : str
        SHA-256 of the XForm.
    """

    id: str
    version: str
    sha256: str

    @classmethod
    def of(cls, form: Form) -> "FormRecord":
        """Record a form.

        Parameters
        ----------
        form : Form
            The form.

        Returns
        -------
        FormRecord
            Its id, version and hash.
        """
        return cls(form.id, form.version, hashlib.sha256(form.xform).hexdigest())


@dataclass(frozen=True, slots=True)
class PopulationRecord:
    """One population of a revision.

    Attributes
    ----------
    rows : int
        Number of interviews.
    form : FormRecord or None
        The form, where it is known.
    """

    rows: int
    form: FormRecord | None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a revision.

    Attributes
    ----------
    sha256 : str
        SHA-256 of its bytes.
    bytes : int
        Its size.
    """

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class ErasedRecord:
    """That a row was erased because the interview was withdrawn: its tombstone.

    Attributes
    ----------
    moment : str
        When, UTC, ISO 8601.
    population : str
        Of which population.
    key_sha256 : str
        SHA-256 of the row's key, as `digest_of_key` gives it.
    """

    moment: str
    population: str
    key_sha256: str


def digest_of_key(key: str) -> str:
    """Compute by what a tombstone knows a row.

    Parameters
    ----------
    key : str
        The row's key.

    Returns
    -------
    str
        SHA-256, 64 hexadecimal digits.
    """
    return hashlib.sha256(key.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a revision holds and where it came from.

    Attributes
    ----------
    wave : str
        Name of the wave.
    revision : int
        Its number, from 1.
    parent : str or None
        The revision that it follows, such as ``r1``; None for the first.
    created : str
        When it was frozen, UTC, ISO 8601.
    software : dict of str to str
        Versions of tyndau and pyarrow.
    populations : dict of str to PopulationRecord
        Rows and form by population.
    files : dict of str to FileRecord
        Checksums and sizes by file name.
    provenance : dict
        What it was made from: files, arguments; whatever JSON holds. It is not rewritten when rows
        are erased.
    erased : tuple of ErasedRecord
        The rows that were erased from it since.
    """

    wave: str
    revision: int
    parent: str | None
    created: str
    software: Mapping[str, str]
    populations: Mapping[str, PopulationRecord]
    files: Mapping[str, FileRecord]
    provenance: Mapping[str, Any]
    erased: tuple[ErasedRecord, ...] = ()


def _seal(written: Mapping[str, Any]) -> str:
    plain = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def write_manifest(manifest: Manifest) -> str:
    """Write a manifest as JSON text.

    Parameters
    ----------
    manifest : Manifest
        The manifest.

    Returns
    -------
    str
        JSON that ends with its own seal.
    """
    # Through JSON and back, so that the seal covers what a reader will see (tuples become lists).
    told = asdict(manifest)
    if not manifest.erased:
        del told["erased"]
    number = FORMAT if manifest.erased else _WITHOUT_ERASED
    written = json.loads(json.dumps({"format": number, **told}, allow_nan=False))
    sealed = {**written, "seal": _seal(written)}
    return json.dumps(sealed, ensure_ascii=False, indent=1) + "\n"


class UnknownFormatError(ValueError):
    """The manifest is of a format that this version does not read.

    Parameters
    ----------
    got : object
        The format that the manifest names.
    """

    def __init__(self, got: object) -> None:
        super().__init__(f"manifest of format {got!r}")
        self.got = got


def _form(written: Any) -> FormRecord | None:
    return None if written is None else FormRecord(**written)


def read_manifest(text: str) -> Manifest:
    """Read a manifest from JSON text.

    Parameters
    ----------
    text : str
        What `write_manifest` wrote.

    Returns
    -------
    Manifest
        The manifest.

    Raises
    ------
    UnknownFormatError
        If it is of another format.
    DamagedError
        If it is damaged; the reason says how.
    """
    try:
        written = json.loads(text)
    except ValueError as fault:
        raise DamagedError(_NOT_JSON) from fault
    if not isinstance(written, dict) or "seal" not in written:
        raise DamagedError(_NO_SEAL)
    if written.pop("seal") != _seal(written):
        raise DamagedError(_OTHER_SEAL)
    got = written.pop("format", None)
    if got not in (_WITHOUT_ERASED, FORMAT):
        raise UnknownFormatError(got)
    try:
        written["populations"] = {
            name: PopulationRecord(record["rows"], _form(record["form"]))
            for name, record in written["populations"].items()
        }
        written["files"] = {name: FileRecord(**record) for name, record in written["files"].items()}
        erased = [ErasedRecord(**record) for record in written.pop("erased", ())]
        return Manifest(**written, erased=tuple(erased))
    except (KeyError, TypeError, AttributeError) as fault:
        raise DamagedError(_NO_PART) from fault
