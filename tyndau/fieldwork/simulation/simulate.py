"""The simulation of a study: interviews of each population, and the record of how they were made.

In: a fictional study, how many interviews, a seed. Out: `Simulated`. Contacts are addressed in
rounds: whoever refuses or is screened out stays in the data, and the next person is addressed for
the same interview. An expert's words are never made up: a population of experts is left out.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tyndau.base.frames import Frame
from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.fieldwork import problems
from tyndau.fieldwork.simulation.assumptions import Assumptions
from tyndau.fieldwork.simulation.fielding import Fielding
from tyndau.study.model import Study

MOST_INTERVIEWS = 200_000
# Other populations than that of the mass survey: a fiftieth of its interviews, seven at least.
_OTHERS, _LEAST = 50, 7
_EXPERTS = "expert"
_MAIN = "residents"

_INTERVIEWING = N_("Interviewing: {population}")


@dataclass(frozen=True, slots=True)
class Simulated:
    """Simulated interviews.

    Attributes
    ----------
    frames : dict of str to Frame
        By population, with those who were addressed in vain.
    record : dict of str to object
        How they were made: seed, assumptions, ground, interviewers who work badly; as JSON holds.
    """

    frames: Mapping[str, Frame]
    record: Mapping[str, Any]


def design_digest(study: Study) -> str:
    """Return what identifies the design that interviews were simulated from.

    Parameters
    ----------
    study : Study
        The study, as it lies on the disk.

    Returns
    -------
    str
        SHA-256 of its workbook and forms.
    """
    paths = [study.folder / "study.xlsx"]
    paths += [study.folder / form.path for form in study.forms.values()]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def simulate(
    study: Study,
    interviews: int,
    seed: int,
    *,
    assumptions: Assumptions | None = None,
    progress: Progress = silent,
) -> Simulated:
    """Simulate the interviews of a fictional study.

    Parameters
    ----------
    study : Study
        A study whose workbook says that it is fictional.
    interviews : int
        How many of the mass survey, 1 to `MOST_INTERVIEWS`.
    seed : int
        0 or more; the same gives the same interviews.
    assumptions : Assumptions, optional
        What they are drawn from.
    progress : Progress, optional
        Told of each population.

    Returns
    -------
    Simulated
        Frames and record.

    Raises
    ------
    UserError
        ``fieldwork.real-place`` for a study that is not fictional; ``fieldwork.count``,
        ``fieldwork.route``, ``fieldwork.nobody`` where its form or the numbers do not allow it.
    """
    _refuse(study, interviews, seed)
    share = assumptions or Assumptions()
    main = _MAIN if _MAIN in study.forms else next(iter(study.forms))
    names = [name for name in study.forms if name == main or not name.startswith(_EXPERTS)]
    frames: dict[str, Frame] = {}
    populations: dict[str, Any] = {}
    for done, name in enumerate(names):
        progress(done, len(names), Message(_INTERVIEWING, {"population": study.forms[name].title}))
        wanted = interviews if name == main else max(_LEAST, round(interviews / _OTHERS))
        fielding = Fielding(study, name, seed, share, main=name == main)
        frames[name], populations[name] = fielding.make(wanted)
    record = {
        "simulated": True,
        "seed": seed,
        "interviews": interviews,
        "design_sha256": design_digest(study),
        "assumptions": asdict(share),
        "intraclass_correlation": {
            "scale": "latent normal, variance 1",
            "territory": share.territory,
            "point": share.point,
            "interviewer": share.interviewer,
        },
        "populations": populations,
    }
    return Simulated(frames, record)


def _refuse(study: Study, interviews: int, seed: int) -> None:
    """Refuse a real place, and numbers that cannot be."""
    if not study.fictional:
        raise problems.REAL_PLACE.error(study=study.folder.resolve().name)
    for name, got, lowest, highest in (
        ("--interviews", interviews, 1, MOST_INTERVIEWS), ("--seed", seed, 0, 2**63 - 1)
    ):  # fmt: skip
        if not lowest <= got <= highest:
            raise problems.COUNT.error(name=name, got=got, lowest=lowest, highest=highest)
