"""What a user can get wrong in asking for a table."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NO_SUCH_QUESTION = declare(
    "table.no-such-question",
    N_("The data have no question {name}."),
    N_("Correct the name; names are told apart by capital and small letters."),
)
QUESTION_KIND = declare(
    "table.question-kind",
    N_("Question {name} cannot be tabulated: its answers are text in the respondents' own words."),
    N_("Code the answers into a single or multiple response first, or leave the question out."),
)
NUMBER_TOO_LARGE = declare(
    "table.number-too-large",
    N_(
        "Question {name} holds numbers too large to compute with, such as {value}; interviews "
        "concerned: {count} (the first has the key {key})."
    ),
    N_("Correct them in the data; nobody has given such an answer."),
)
NO_SUCH_BANNER = declare(
    "table.no-such-banner",
    N_("The data have no variable {name}, which is named as a banner."),
    N_("Correct the name; names are told apart by capital and small letters."),
)
NO_SUCH_FILTER = declare(
    "table.no-such-filter",
    N_("The data have no variable {name}, which a filter of tables looks at."),
    N_("Correct the name, or leave the filter out for this wave."),
)
BANNER_KIND = declare(
    "table.banner-kind",
    N_("Variable {name} cannot be a banner: its answer is {kind}."),
    N_("A banner is a single or multiple response; group a number into categories first."),
)
CANNOT_WRITE = declare(
    "table.cannot-write",
    N_("The tables cannot be written: {reason}."),
    N_("Choose a folder that exists and a file that is not open in another program."),
)
