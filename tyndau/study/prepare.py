"""What is analysed of a wave: the respondents, by the study's design of today.

In: a study and the frames of a wave, as they were frozen. Out: the frames that tables are made of,
and the columns of their sample. A wave keeps everybody whom interviewers spoke to; those whom the
screening turned away are no respondents and stand in no base. It changes no answer and reads no
file.
"""

from collections.abc import Iterable
from dataclasses import replace

from tyndau.base.frames import Frame
from tyndau.questionnaire.routing import interviewed
from tyndau.study import problems
from tyndau.study.derive import derive
from tyndau.study.model import Study
from tyndau.study.standards import SampleColumns


def prepare(study: Study, population: str, frame: Frame) -> Frame:
    """Return the respondents of a population, ready to be tabulated.

    Parameters
    ----------
    study : Study
        Its form says who is a respondent; its workbook, derived variables and scores.
    population : str
        Whose answers the frame holds.
    frame : Frame
        A wave's rows.

    Returns
    -------
    Frame
        The rows that the screening let in, with derived variables and the scores, nets and order of
        rows that the workbook gives now; wordings stay as asked.

    Raises
    ------
    UserError
        If the study has no form of this population any more.
    """
    if population not in study.forms:
        raise problems.WAVE_WITHOUT_FORM.error(population=population, existing=list(study.forms))
    respondents = frame.where(interviewed(study.forms[population], frame))
    derived = derive(study, population, respondents)
    known = {variable.name for variable in study.variables(population)}
    columns = {
        name: replace(column, variable=study.presented(population, column.variable))
        if name in known
        else column
        for name, column in derived.columns.items()
    }
    return Frame(derived.keys, columns)


def sample_of(sample: SampleColumns, frame: Frame, frames: Iterable[Frame]) -> SampleColumns:
    """Leave out columns that another population of the wave has and this one has not.

    Parameters
    ----------
    sample : SampleColumns
        The columns that the study names.
    frame : Frame
        One population.
    frames : iterable of Frame
        All populations of the wave.

    Returns
    -------
    SampleColumns
        Those of the population; a column that no population has stays, to be missed by name.
    """
    elsewhere = {name for other in frames for name in other.columns}

    def own(name: str) -> str:
        return name if name in frame or name not in elsewhere else ""

    return SampleColumns(own(sample.weight), own(sample.strata), own(sample.cluster))
