"""What is wrong with what the workbook plans: tiles, points, quotas, guides.

The rest of the study's kinds of problems, and how to add one, stand in `tyndau.study.problems`.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NO_TERRITORY = declare(
    "study.no-territory",
    N_('Cell {cell}: the sheet "territories" has no code "{value}".'),
    N_("Write one of its codes, the nearest first: {known}; or add the territory there."),
)
GRID_TWICE = declare(
    "study.grid-twice",
    N_('Cell {cell}: the tile in row {row}, column {column} is that of "{other}" already.'),
    N_("Give one of the two another place on the map of tiles."),
)
GRID_HALF = declare(
    "study.grid-half",
    N_('The territory "{value}" has only one of "grid_row" and "grid_column".'),
    N_("Fill both, or leave both empty."),
)
TERRITORY_ANSWERS = declare(
    "study.territory-answers",
    N_(
        'The question "territory" of the form "{population}" and the sheet "territories" differ. '
        "Only in the form: {form}. Only in the sheet: {sheet}."
    ),
    N_(
        "Use the same codes in both: answers that the sheet does not know are on no map, and "
        "people of a territory without an answer cannot say where they live."
    ),
    "warning",
)
NO_POINT = declare(
    "study.no-point",
    N_('Cell {cell}: "{value}" is no point of the plan that could be replaced.'),
    N_("Write the code of another row that is not itself a substitute: {known}."),
)
FAR_SUBSTITUTE = declare(
    "study.far-substitute",
    N_(
        'The point "{value}" lies in the territory "{territory}", but is to stand in for "{point}" '
        'of the territory "{other}".'
    ),
    N_("Choose a substitute in the same territory, else its interviews would be lost to it."),
)
POINT_SIZE = declare(
    "study.point-size",
    N_('The point "{value}" is planned with "{interviews}" interviews; {low} to {high} are asked.'),
    N_("Write a number from {low} to {high}; leave the cell empty for a substitute only."),
)
QUOTA_SUM = declare(
    "study.quota-sum",
    N_(
        'Quotas of the population "{population}" do not add up alike: {sums}. Territory: '
        "{territory}."
    ),
    N_("Correct the targets: each variable divides the same interviews."),
)
QUOTA_TOTAL = declare(
    "study.quota-total",
    N_(
        'The quotas of the territories of the population "{population}" add up to {parts}, those '
        "of the whole to {whole}."
    ),
    N_("Correct the targets, or give quotas to the territories that have none."),
)
STEP_VARIABLES = declare(
    "study.weighting-variables",
    N_('The step "{step}" takes {expected}, not: {value}.'),
    N_(
        'Name the variable in the column "variables"; where two are to be crossed, define their '
        'crossing in the sheet "derived".'
    ),
)
STEP_BOUNDS = declare(
    "study.weighting-bounds",
    N_('The bounds of the step "{step}" cannot be {lower} to {upper}: {expected}.'),
    N_('Correct the columns "lower" and "upper"; docs/weighting.md says what they mean there.'),
)
STEP_COLUMN = declare(
    "study.weighting-column",
    N_('The column "{column}" means nothing for the step "{step}".'),
    N_("Empty the cell, or choose another step."),
)
STEP_CONDITION = declare(
    "study.weighting-condition",
    N_('The step "nonresponse" needs a condition that says who should have answered and did not.'),
    N_("Write it as in a form, such as ${consent} = 'no'."),
)
STEP_ORDER = declare(
    "study.weighting-order",
    N_('The step "{step}" cannot stand after "{before}".'),
    N_('Order the rows of a population: first "base", then "nonresponse", then all others.'),
)
GUIDE_PAIR = declare(
    "study.guide-pair",
    N_('The guide "{name}" is not there in the language "{language}".'),
    N_('Put it into the folder "guides" under the name "{file}".'),
    "warning",
)
