"""Where results stand: new ones take the place of old ones, and nothing of others is lost.

In: a folder of new results beside its place. Out: the same in its place; what others put among the
old results stands among the new ones. Whatever moment a build is killed at, `recover` of the next
one puts right: only files that a build made itself are ever removed. Callers are alone in the
folder (`tyndau.base.folders.one_at_a_time`).
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tyndau.base import folders
from tyndau.base.errors import Place, refusal
from tyndau.reporting.problems import NOT_WRITTEN
from tyndau.reporting.steps import STEPS, read_steps, sha256


@contextlib.contextmanager
def alone(target: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Be alone where results stand, with what killed builds left put right.

    Parameters
    ----------
    target : Path
        The folder of the results.
    waiting : callable, optional
        Called again and again while another process is at work there.

    Yields
    ------
    None
        While nobody else makes results there.

    Raises
    ------
    UserError
        If the system refuses.
    """
    try:
        with folders.one_at_a_time(target.parent, waiting) as certain:
            if certain:
                recover(target.parent)
            yield
    except FileNotFoundError:
        # Nothing that the user could have put there: a part of the program is missing.
        raise
    except OSError as error:
        reason = refusal(error)
        raise NOT_WRITTEN.error(Place(file=str(target)), reason=reason) from error
    finally:
        with contextlib.suppress(OSError):  # it holds results
            target.parent.rmdir()


def recover(folder: Path) -> None:
    """Put right what killed builds left.

    Parameters
    ----------
    folder : Path
        Where the results of a wave's revisions stand.
    """
    begun, replaced = folders.left_over(folder)
    for old, target in replaced.items():
        if target.exists():
            _take_over(old, target)
        else:
            old.rename(target)
    for new in begun:
        shutil.rmtree(new, ignore_errors=True)


def put(new: Path, target: Path) -> None:
    """Put new results into their place.

    Parameters
    ----------
    new : Path
        The new results, in a folder that `tyndau.base.folders.beside` named.
    target : Path
        Their place; old results may stand there.

    Raises
    ------
    OSError
        If the system refuses; the old results stay then.
    """
    if not target.exists():
        new.rename(target)
        return
    old = folders.retired(new)
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    _take_over(old, target)


def _take_over(old: Path, target: Path) -> None:
    """Move what others put among old results to the new ones, then remove the old ones.

    A result that somebody changed by hand is theirs: it stays under a name of its own.
    """
    made = {STEPS: "", **read_steps(old).get("outputs", {})}
    for entry in sorted(old.iterdir()):
        if entry.name not in made and not (target / entry.name).exists():
            entry.rename(target / entry.name)
        elif made.get(entry.name) and sha256(entry) != made[entry.name]:
            entry.rename(_edited(target / entry.name))
    # By its new name it holds nothing of others, even if we are killed while it is removed.
    spent = folders.beside(target)
    old.rename(spent)
    shutil.rmtree(spent, ignore_errors=True)


def _edited(path: Path) -> Path:
    """Return a free name for a result that somebody changed."""
    names = (path.with_stem(f"{path.stem}-edited{number}") for number in ("", *range(2, 10_000)))
    return next(name for name in names if not name.exists())
