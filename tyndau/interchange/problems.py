"""What can go wrong with files of answers that come from other programs."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

# The file as a whole

CANNOT_READ = declare(
    "data.cannot-read",
    N_("The file could not be read: {reason}."),
    N_("Check the path and the name of the file, and that you may read it."),
)
EMPTY = declare(
    "data.empty",
    N_("The file is empty."),
    N_("Export the data again; the first line holds the names of the columns."),
)
NO_ROWS = declare(
    "data.no-rows",
    N_("The file has names of columns but no row of answers."),
    N_("Export the data again with its rows."),
)
WRONG_TYPE = declare(
    "data.wrong-type",
    N_("The file is {got} by its content; expected was {expected}."),
    N_("{advice}"),
)
ENCODING = declare(
    "data.encoding",
    N_("The text of the file is neither whole UTF-8, nor UTF-16, nor Windows-1251."),
    N_('Save the file again as "CSV UTF-8" in Excel; if the file was cut or damaged, export anew.'),
)
NUL = declare(
    "data.nul",
    N_("The file holds NUL bytes, which no text has: it is damaged or is not a CSV file."),
    N_("Export the data again as CSV."),
)
TRUNCATED = declare(
    "data.truncated",
    N_("The file ends in the middle of this row: {reason}."),
    N_("The file was cut while it was saved or copied: export it again."),
)
QUOTES = declare(
    "data.quotes",
    N_("The quotation marks of this row do not match: {reason}."),
    N_(
        "In this row or just before it a quotation mark opens a cell and none closes it. Write a "
        'quotation mark inside a cell twice (""), or export the data again.'
    ),
)
RAGGED = declare(
    "data.ragged",
    N_("The row has {got} cells; the first line names {expected} columns."),
    N_(
        "A separator stands in a cell without quotation marks, or one is missing: correct the row "
        "or export the data again."
    ),
)
BLANK_ROWS = declare(
    "data.blank-rows",
    N_("Rows without any value were passed over: {count}."),
    N_("Nothing to do if they are empty lines of the spreadsheet."),
    "warning",
)
LOST_LETTERS = declare(
    "data.lost-letters",
    N_('Question marks stand where letters should be, as in "{sample}"; lines concerned: {count}.'),
    N_(
        "Kazakh letters were lost when the file was saved in Windows-1251: open the original and "
        'save it as "CSV UTF-8".'
    ),
    "warning",
)
SAV_DAMAGED = declare(
    "data.sav-damaged",
    N_("The .sav file is damaged or is not whole: {reason}."),
    N_("Save the file again in SPSS or PSPP, or export the data as CSV."),
)

# The columns

HEADER_EMPTY = declare(
    "data.header-empty",
    N_("Column {number} has values but no name."),
    N_("Write its name into the first line, or empty the column."),
)
HEADER_TWICE = declare(
    "data.header-twice",
    N_("Columns {first} and {second} have the same name."),
    N_("Give every column a name of its own."),
)
COLUMN_UNKNOWN = declare(
    "data.column-unknown",
    N_("The file has columns that are no question of the form ({count}): {columns}."),
    N_(
        "Rename those that are questions. To pass over all of them, add --ignore {ignore}; the "
        "one that identifies an interview, if there is one, goes into --key instead."
    ),
)
COLUMN_TWICE = declare(
    "data.column-twice",
    N_('Columns "{first}" and "{second}" both hold "{variable}".'),
    N_("Keep one of them in the file, or pass over the other with --ignore."),
)
NO_SUCH_COLUMN = declare(
    "data.no-such-column",
    N_('The file has no column "{column}", which {option} names. Its columns: {columns}.'),
    N_("Write the name as it stands in the first line of the file."),
)
NO_COLUMN = declare(
    "data.no-column",
    N_("Questions of the form that have no column in the file ({count}): {questions}."),
    N_("Nothing to do if they were not put; otherwise export the data with these columns."),
    "warning",
)
NO_CATEGORY_COLUMN = declare(
    "data.no-category-column",
    N_('Answers of "{variable}" that have no column in the file: {codes}.'),
    N_("Nothing to do if nobody gave them; otherwise export the data with these columns."),
    "warning",
)
RESERVED = declare(
    "data.reserved-name",
    N_('A question cannot be named "{name}": a wave keeps this name for the keys of its rows.'),
    N_("Rename the question in the form, and the column in the file."),
)

# The cells

UNKNOWN_CODE = declare(
    "data.unknown-code",
    N_('"{value}" is no code of "{variable}"; rows concerned: {rows}. Its codes: {codes}.'),
    N_("Correct the value, or add the answer to the choices of the form or to the codebook."),
)
LABEL_CONTRADICTS = declare(
    "data.label-contradicts",
    N_(
        'The file calls the value {value} "{label}", but in the form "{label}" has the code '
        "{code}; rows concerned: {rows}."
    ),
    N_("Recode the variable in the file so that its values are the codes of the form."),
)
EXCLUSIVE = declare(
    "data.exclusive",
    N_('"{code}" stands beside other answers ("{value}"); rows concerned: {rows}.'),
    N_("It must stand alone: decide which of the answers holds and correct the rows."),
)
NOT_A_NUMBER = declare(
    "data.not-a-number",
    N_('"{value}" is not a number; rows concerned: {rows}.'),
    N_("Write digits with a comma or a point before the decimals, or leave the cell empty."),
)
NOT_YES_NO = declare(
    "data.not-yes-no",
    N_('"{value}" does not say whether the answer "{code}" was given; rows concerned: {rows}.'),
    N_("Write 1 or 0 (also yes or no, TRUE or FALSE), the code itself, or leave the cell empty."),
)
NOT_ASKED = declare(
    "data.not-asked",
    N_(
        'There is an answer, "{value}", though by the routing of the form the question was not '
        "put; rows concerned: {rows}."
    ),
    N_(
        "Correct the answer that the routing depends on, empty this cell, or correct the routing "
        "in the form."
    ),
)
NO_ANSWER = declare(
    "data.no-answer",
    N_("Asked, but without an answer: {questions}."),
    N_("Nothing to do if respondents left them out; they count in no base of answers."),
    "warning",
)
MISSING_VALUES = declare(
    "data.missing-values",
    N_(
        'The values {values} are marked as missing in the file and are no codes of "{variable}": '
        "read as no answer; rows concerned: {rows}."
    ),
    N_('If they mean "don\'t know" or "refused", add these codes to the choices of the form.'),
    "warning",
)
NO_SAMPLE_COLUMN = declare(
    "data.no-sample-column",
    N_('The file has no column "{column}", which the workbook names as the {role}.'),
    N_(
        'Export the data with this column, or empty the key "{key}" in the sheet "study" until '
        "there is one."
    ),
)
SAMPLE_MISSING = declare(
    "data.sample-missing",
    N_("The {role} is missing; rows concerned: {rows}."),
    N_("Fill the column in every row of a respondent, or name no column as the {role}."),
)
WEIGHT_NEGATIVE = declare(
    "data.weight-negative",
    N_("The weight {value} is negative; rows concerned: {rows}."),
    N_("A weight is 0 or more: correct the weighting or these rows."),
)
KEY_EMPTY = declare(
    "data.key-empty",
    N_("The key of this row is empty."),
    N_("Give every row a key, or import without --key: keys are then drawn at random."),
)
KEY_TWICE = declare(
    "data.key-twice",
    N_('The key "{key}" stands in row {first} already.'),
    N_("Give every row a key of its own, or import without --key."),
)
DERIVED_CONTRADICTS = declare(
    "data.derived-contradicts",
    N_('The file says "{given}" where the workbook computes "{computed}"; rows concerned: {rows}.'),
    N_(
        'Correct the condition in the sheet "derived" or the answers it depends on, or pass over '
        "the column with --ignore {column}."
    ),
)
SPLIT_CONTRADICTS = declare(
    "data.split-contradicts",
    N_(
        'Column "{whole}" and the columns of its single answers do not agree; rows concerned: '
        "{rows}."
    ),
    N_("Keep one of the two in the file, or pass over the other with --ignore."),
)
MORE = declare(
    "data.more",
    N_("{count} more faults of the same kind ({code}) are not listed."),
    N_("Correct the listed ones first; they often have one cause."),
)

# The codebook of plain files

CODEBOOK_COLUMN = declare(
    "data.codebook-column",
    N_('The codebook has no column "{column}".'),
    N_("Its first line must name variable, kind, code, label_ru and, if wanted, label_kk."),
)
CODEBOOK_KIND = declare(
    "data.codebook-kind",
    N_('"{kind}" is no kind of variable.'),
    N_("Write single, multi, scale or number."),
)
CODEBOOK_KINDS = declare(
    "data.codebook-kinds",
    N_('The variable "{variable}" is called {kind} here and {first} before.'),
    N_("Write one kind in all rows of a variable."),
)
CODEBOOK_CODE = declare(
    "data.codebook-code",
    N_('The code "{code}" of "{variable}" cannot be used: {reason}.'),
    N_("A code is not empty, stands once in its variable, and a scale's code is its score."),
)
CODEBOOK_VARIABLE = declare(
    "data.codebook-variable",
    N_("The row names no variable."),
    N_("Write the name of the variable into every row."),
)

# The import as a whole

NO_POPULATION = declare(
    "usage.no-population",
    N_("The study has several questionnaires, and it was not said which one was asked."),
    N_("Name one of the study's forms with --population: {existing}."),
)
UNKNOWN_POPULATION = declare(
    "usage.unknown-population",
    N_('The study has no questionnaire "{population}".'),
    N_("Name one of the study's forms with --population: {existing}."),
)
POPULATION_FROZEN = declare(
    "wave.population-frozen",
    N_('Wave "{wave}" holds the population "{population}" already, in revision {revision}.'),
    N_("To replace it by a new revision that names {revision} as its parent, add --revise."),
)
WEIGHTS_DROPPED = declare(
    "wave.weights-dropped",
    N_(
        'The population "{population}" of wave "{wave}" had weights, which were made for the '
        "answers before; the new revision has none."
    ),
    N_('Weigh again: "tyndau weight STUDY --wave {wave}".'),
    "warning",
)
