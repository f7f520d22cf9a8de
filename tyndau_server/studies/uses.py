"""What later rooms know of a study's design that keeps a part of it from going.

In: functions of later rooms, which cannot be imported from here: each joins `USES` when its
application starts. Out: names of questionnaires that are in use.
"""

from collections.abc import Callable, Collection, Iterable

# Of a study's slug and names of populations: which of these have a questionnaire in use.
Use = Callable[[str, Collection[str]], Iterable[str]]

USES: list[Use] = []


def in_use(slug: str, populations: Collection[str]) -> list[str]:
    """Return the populations whose questionnaire is in use.

    Parameters
    ----------
    slug : str
        The study.
    populations : collection of str
        The ones asked about.

    Returns
    -------
    list of str
        Sorted, each once.
    """
    return sorted({name for use in USES for name in use(slug, populations)}) if populations else []
