"""Results that were made of a revision as it is no more: rows were withdrawn from it since.

In: the folder of a study. Out: the folders of such results. They hold counts, no rows; a build
makes those of a latest revision anew, since its record names the manifest by checksum. Nothing is
changed here.
"""

from pathlib import Path

from tyndau.reporting.steps import STEPS, read_steps, sha256

_RESULTS = "results"
_WAVES = "waves/"


def stale_results(folder: Path) -> list[str]:
    """List results that count rows which were erased since.

    Parameters
    ----------
    folder : Path
        The study.

    Returns
    -------
    list of str
        Folders within the study, such as ``results/2026-q4/public/r1``.
    """
    records = sorted((folder / _RESULTS).glob(f"**/{STEPS}"))
    return [
        path.parent.relative_to(folder).as_posix() for path in records if _is_stale(folder, path)
    ]


def _is_stale(folder: Path, record: Path) -> bool:
    """Tell whether a manifest that a build read is another one by now."""
    made_of = read_steps(record.parent).get("inputs", {}).get("files", {})
    return any(
        (folder / name).is_file() and sha256(folder / name) != digest
        for name, digest in made_of.items()
        if name.startswith(_WAVES)
    )
