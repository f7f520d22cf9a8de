"""What is wrong with what the workbook plans: tiles, points, quotas, the sample, guides.

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
    N_(
        "Write a number from {low} to {high}; leave the cell empty for a substitute, or for a "
        'candidate with a "size" only.'
    ),
)
POINT_MEASURE = declare(
    "study.point-measure",
    N_('Cell {cell}: the size of the point is "{value}", and a size is more than 0.'),
    N_("Write how large the point is, such as how many people pass there in an hour."),
)
SAMPLING_RANGE = declare(
    "study.sampling-range",
    N_('Cell {cell}: "{key}" is {value}; {low} to {high} is possible.'),
    N_("Write a number from {low} to {high}; percentages are written as 50, not as 0.5."),
)
SAMPLING_WHOLE = declare(
    "study.sampling-whole",
    N_('Cell {cell}: "{key}" is said of the whole sample and not of a single territory.'),
    N_("Leave the cell empty. Of a territory may be said: {known}."),
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
GUIDE_PAIR = declare(
    "study.guide-pair",
    N_('The guide "{name}" is not there in the language "{language}".'),
    N_('Put it into the folder "guides" under the name "{file}".'),
    "warning",
)
