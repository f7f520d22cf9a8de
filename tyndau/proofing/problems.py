"""What can go wrong with a published volume before it can be proofed, in words for its user."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_, Message

WHOLE_NUMBER = Message(N_("a whole number of people, 1 or more"))
PERCENTAGE = Message(N_("a percentage from 0 to 100"))
SOMETHING = Message(N_("something"))

MISSING_COLUMNS = declare(
    "data.published-columns",
    N_("The published tables lack columns: {missing}."),
    N_("Write one row for each printed cell, with the columns: {expected}."),
)
VALUE = declare(
    "data.published-value",
    N_('"{got}" was found where {expected} was expected.'),
    N_("Type the cell again as it is printed."),
)
NO_CELLS = declare(
    "data.published-empty",
    N_("The file of published tables holds no cell."),
    N_("Write one row for each printed cell."),
)
SHARES = declare(
    "data.published-shares",
    N_("All percentages lie between 0 and 1: these are shares, not percentages."),
    N_("Write percentages from 0 to 100, with as many decimals as are printed."),
)
UNSTEADY = declare(
    "data.published-unsteady",
    N_('Table {table}, column "{column}" has {got} here, but {before} in row {line}.'),
    N_("Give a column one base and a table one kind of question in all its rows."),
)
NO_TOTAL = declare(
    "data.published-total",
    N_('Table {table} has no column "total".'),
    N_('Give the code "total" to the column of all respondents; a table is checked against it.'),
)
LACKING = declare(
    "data.published-cells",
    N_(
        "Table {table} is not complete: {count} cells are missing, the first one is answer "
        '"{code}" in column "{column}".'
    ),
    N_(
        "Write every printed cell, once; where the print has a dash, write 0. Rows of one table "
        "stand together."
    ),
)
UNKNOWN = declare(
    "table.published-unknown",
    N_(
        "No published table is of a question and a banner of this study. The first one is of "
        '"{question}" by "{banner}"; the wave knows: {known}.'
    ),
    N_("Check that the study and the wave are those of the volume, and the names in the file."),
)
OTHER_DATA = declare(
    "table.published-other-data",
    N_(
        "No published total agrees with the wave: table {table} is printed over {printed} "
        "respondents, the wave has {expected}."
    ),
    N_("Check that the wave and its revision are those from which the volume was made."),
)
