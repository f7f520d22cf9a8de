"""A new study from the template in the package: a small working example to be overwritten.

In: where it is to lie. Out: a folder that `tyndau.study.check_study` finds no error in. It is built
in a temporary folder beside its place and put there by one renaming, so that half a study never
stands anywhere. The template is the folder ``template``; its workbooks are edited in Excel.
"""

import tempfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tyndau.base.errors import refusal
from tyndau.study import problems


def new_study(folder: Path) -> None:
    """Make a study from the template.

    Parameters
    ----------
    folder : Path
        Where it is to lie; must not exist, or be an empty folder. Folders above it are made.

    Raises
    ------
    UserError
        If something lies there already or the folder cannot be made; then nothing is left behind.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise problems.NOT_EMPTY.error(path=str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-study-") as scratch:
            # A folder inside, for the scratch folder itself is closed to everybody else.
            built = Path(scratch) / "study"
            _copy(files("tyndau.study") / "template", built)
            if folder.exists():
                folder.rmdir()  # Windows renames onto no folder, not even an empty one
            built.rename(folder)
    except OSError as error:
        raise problems.CANNOT_WRITE.error(path=str(folder), reason=refusal(error)) from error


def _copy(source: Traversable, target: Path) -> None:
    if source.is_file():
        target.write_bytes(source.read_bytes())
        return
    target.mkdir()
    for part in source.iterdir():
        _copy(part, target / part.name)
