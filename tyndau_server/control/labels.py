"""What codes are called: answers in quota cells, territories, points.

In: a study, a population. Out: `Labels`, texts in both languages. A code that nobody names stands
for itself.
"""

from dataclasses import dataclass, field

from tyndau.base.languages import Text
from tyndau.study import Study


def _nothing() -> dict[str, Text]:
    return {}


@dataclass(slots=True)
class Labels:
    """The names of codes.

    Attributes
    ----------
    study : Study or None
        The study; None where it cannot be read.
    population : str
        Its form.
    """

    study: Study | None
    population: str
    _territories: dict[str, Text] = field(default_factory=_nothing)
    _points: dict[str, Text] = field(default_factory=_nothing)
    _answers: dict[tuple[str, str], Text] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Gather the names."""
        if self.study is None:
            return
        self._territories = {one.code: one.name for one in self.study.territories}
        self._points = {one.code: one.name for one in self.study.points}
        form = self.study.forms.get(self.population)
        for question in form.questions if form else ():
            for choice in question.choices:
                self._answers[question.name, choice.category.code] = choice.category.label
        for derived in self.study.derived:
            if derived.population != self.population:
                continue
            for part in derived.variable.categories:
                self._answers[derived.variable.name, part.code] = part.label

    def territory(self, code: str) -> Text:
        """Name a territory.

        Parameters
        ----------
        code : str
            Its code.

        Returns
        -------
        Text
            Its name.
        """
        return self._territories.get(code, Text(code, code))

    def point(self, code: str) -> Text:
        """Name a point.

        Parameters
        ----------
        code : str
            Its code.

        Returns
        -------
        Text
            How it is found; empty where nobody says.
        """
        return self._points.get(code, Text("", ""))

    def answer(self, variable: str, code: str) -> Text:
        """Name an answer.

        Parameters
        ----------
        variable, code : str
            The question or derived variable, and the code of its answer.

        Returns
        -------
        Text
            Its label, else the name of the territory that the code stands for.
        """
        found = self._answers.get((variable, code))
        return found if found is not None else self.territory(code)

    def cell(self, name: str) -> Text:
        """Name a quota cell.

        Parameters
        ----------
        name : str
            Such as ``territory=center sex=male``.

        Returns
        -------
        Text
            The names of its answers, separated by commas.
        """
        pairs = [part.partition("=") for part in name.split()]
        names = [self.answer(variable, code) for variable, _, code in pairs]
        return Text(
            ", ".join(one.kk or one.ru for one in names),
            ", ".join(one.ru or one.kk for one in names),
        )
