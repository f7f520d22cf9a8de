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
POINT_POSITION = declare(
    "study.point-position",
    N_('The point "{value}" has "{given}" as {column}; degrees from -{most} to {most} are asked.'),
    N_(
        "Write latitude and longitude as a map shows them, such as 42.9 and 71.37, or leave both "
        "out."
    ),
)
STREET_POINT = declare(
    "study.street-point",
    N_('Cell {cell}: the sheet "points" has no code "{value}".'),
    N_("Write one of its codes, the nearest first: {known}; or add the point there."),
)
STREET_HIGH = declare(
    "study.street-high",
    N_('Cell {cell}: "{column}" is {value}; up to {most} is possible.'),
    N_("Correct the number. A house such as 12/1 is one of the house 12: write 12."),
)
STREET_FIRST = declare(
    "study.street-first",
    N_('Cell {cell}: "{column}" is filled, but the number of the first house is missing.'),
    N_('Fill "first"; or empty the cell, if the street alone is named.'),
)
STREET_ORDER = declare(
    "study.street-order",
    N_("Cell {cell}: the houses begin at {first} and end at {last}."),
    N_('Write the lower number into "first" and the higher into "last".'),
)
STREET_SIDE = declare(
    "study.street-side",
    N_("Cell {cell}: from {first} to {last} no house is on this side."),
    N_('Write "all" or the other side, or correct the numbers of the houses.'),
)
STREET_KIND = declare(
    "study.street-kind",
    N_(
        'Cell {cell}: the point "{value}" is of the kind "{kind}", where nobody rings at doors, '
        "but its street has houses."
    ),
    N_('Empty "first" and what follows it, or give the point the kind "dwelling".'),
)
STREET_TWICE = declare(
    "study.street-twice",
    N_(
        'Cell {cell}: houses {houses} of this street stand at the point "{value}" already, in row '
        "{rows}."
    ),
    N_("Leave each house in one row, so that no door stands in the list twice."),
)
STREET_MANY = declare(
    "study.street-many",
    N_('The streets of the point "{value}" have {dwellings} dwellings; {most} at most are asked.'),
    N_(
        "Correct the numbers of houses and flats, or leave the streets that interviewers can reach "
        "in their days there."
    ),
)
FEW_DWELLINGS = declare(
    "study.few-dwellings",
    N_(
        'The streets of the point "{value}" have {dwellings} dwellings. One in {step} is drawn, '
        "{drawn} in all, and {interviews} interviews are to be made there."
    ),
    N_("Add streets or houses; twice as many addresses as interviews is a good measure."),
    "warning",
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
NET_CODE_TAKEN = declare(
    "study.net-code-taken",
    N_('Cell {cell}: "{value}" cannot be the code of a net, because a row of "{list}" has it.'),
    N_("Give the net a code that no answer and no other row of tables has, such as positive."),
)
NET_NO_SCALE = declare(
    "study.net-no-scale",
    N_(
        'Cell {cell}: "{value}" stands for two ends of a scale, but "{list}" has no scores on '
        "{least} or more points."
    ),
    N_('Give its answers scores in the sheet "scales", or write the codes of the answers here.'),
)
NESTED_TWICE = declare(
    "study.nested-twice",
    N_('Cell {cell}: "{value}" stands twice in one nesting.'),
    N_("Name each variable once; nest it in others, not in itself."),
)
FILTER_WORDS = declare(
    "study.filter-words",
    N_('The tables of the banner "{banner}" are limited, but it is not said in words to whom.'),
    N_(
        'Write into "filter_kk" and "filter_ru" who they are, as it is to stand after "Base:", for '
        "example: those who heard of the councils and live in the city."
    ),
)
FILTERS_DIFFER = declare(
    "study.filters-differ",
    N_('Cell {cell}: the banner "{banner}" is limited in another way in row {row}.'),
    N_("A banner has one filter for all its columns: write it once, or name another banner."),
)
KEY_OF_WHOLE = declare(
    "study.key-of-whole",
    N_('Cell {cell}: the key "{key}" holds for the whole study, not for a population.'),
    N_("Empty the cell. Of a single population may be said: {known}."),
)
LEVEL_RANGE = declare(
    "study.level-range",
    N_("{key} is {value}, but must lie between {low} and {high}."),
    N_("Write levels in percent, such as 95; a second level is lower than the first."),
)
PLACE_RANGE = declare(
    "study.place-range",
    N_("{key} is {value}, but must lie between {low} and {high}."),
    N_("Write degrees with decimals; north and east are positive: 42.9 and 71.37 for Taraz."),
)
HALF_PLACE = declare(
    "study.half-place",
    N_("There is {key} without {missing}; a place has both."),
    N_("Add the missing key or take this one out."),
)
KEY_FINDING_PLACE = declare(
    "study.key-finding-place",
    N_("Cell {cell}: {value} is no row of the table of {question}; there are: {known}."),
    N_("Name an answer, a net or mean."),
)
KEY_FINDING_MEAN = declare(
    "study.key-finding-mean",
    N_("Cell {cell}: that means are the same cannot be claimed."),
    N_("Claim it of the share of an answer, or claim that the mean differs, is higher or lower."),
)
KEY_FINDING_SAME = declare(
    "study.key-finding-same",
    N_("Cell {cell}: that two groups are the same is a claim only beside a least difference."),
    N_("Write the key least_difference into the sheet study, in percentage points."),
)
KEY_FINDING_SELF = declare(
    "study.key-finding-self",
    N_("Cell {cell}: group {value} is compared with itself."),
    N_("Name another group, or leave the cell empty to compare with all others."),
)
BIN = declare(
    "study.bin",
    N_('Cell {cell}: "{value}" is no business identification number; it has 12 digits.'),
    N_("Format the cell as Text and type all 12 digits, zeros at the beginning too."),
)
TEAM_NUMBER = declare(
    "study.team-number",
    N_("Cell {cell}: another interviewer has the number {value} already."),
    N_("Give each interviewer another number from 1, or leave the column empty."),
)
