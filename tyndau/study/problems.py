"""What can be wrong with a study's folder, its workbook, and how workbook and forms agree.

Out: one `Kind` a fault. Nothing is checked here. To extend, declare the kind here and describe its
code in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

# The folder and its files

NO_FOLDER = declare(
    "study.no-folder",
    N_('There is no folder "{path}".'),
    N_('Check the path, or make a new study there: tyndau new "{path}".'),
)
NOT_A_FOLDER = declare(
    "study.not-a-folder",
    N_('"{path}" is a file, but a study is a folder.'),
    N_('Name the folder of the study: "{folder}".'),
)
NO_WORKBOOK = declare(
    "study.no-workbook",
    N_("The folder has no design workbook {file}."),
    N_(
        "Name the folder of a study; give the workbook the name {file} if it lies there under "
        "another name; or make a new study with: tyndau new."
    ),
)
NO_FORMS = declare(
    "study.no-forms",
    N_('There is no questionnaire in the folder "forms" of the study.'),
    N_("Put the XLSForm of each population there, for example forms/residents.xlsx."),
)
FORM_NAME = declare(
    "study.form-name",
    N_('The form\'s file name "{name}" cannot serve as the name of a population.'),
    N_(
        "Rename the file: a Latin letter first, then Latin letters, digits, hyphens or "
        "underscores, for example residents.xlsx."
    ),
)
FORM_TWICE = declare(
    "study.form-twice",
    N_('The population "{name}" has two forms: {files}.'),
    N_("Keep one of them in the folder of forms and move the other away."),
)
FORM_LANGUAGE = declare(
    "study.form-language",
    N_('The study is held in the language "{language}", but the form has no labels in it.'),
    N_(
        'Add label columns in that language to the form, or take "{language}" out of the key '
        '"languages" of the workbook.'
    ),
    "warning",
)
NOT_EMPTY = declare(
    "study.not-empty",
    N_('"{path}" exists already and is not an empty folder.'),
    N_("Name a folder that does not exist yet; nothing was changed."),
)
CANNOT_WRITE = declare(
    "study.cannot-write",
    N_('The folder "{path}" cannot be made: {reason}.'),
    N_("Choose a place where you may write and that has room; nothing was left behind."),
)

# The workbook as a file

NOT_A_WORKBOOK = declare(
    "study.not-a-workbook",
    N_("This is no Excel workbook of the kind .xlsx, whatever its name says: it is {got}."),
    N_(
        "Open it in the program that made it and save it as Excel Workbook (.xlsx); "
        "renaming a file does not change what is in it."
    ),
)
LOCKED = declare(
    "study.locked-workbook",
    N_("The workbook is protected by a password and cannot be read."),
    N_("Take the password off in Excel (File, Info, Protect Workbook) and save it again."),
)
BROKEN = declare(
    "study.broken-workbook",
    N_("The workbook is damaged: {detail}."),
    N_("Open it in Excel, let Excel repair it and save it again; or take an earlier copy."),
)
UNREADABLE = declare(
    "study.unreadable-workbook",
    N_("The workbook cannot be opened: {reason}."),
    N_("Close it in other programs and see that you may read the file."),
)
TOO_LARGE = declare(
    "study.large-workbook",
    N_("The workbook takes {size} MB unpacked; at most {limit} MB are read."),
    N_(
        "Keep only the study's sheets, without pictures and without data of interviews: those "
        "are brought in with tyndau import."
    ),
)
MANY_ROWS = declare(
    "study.many-rows",
    N_("The sheet has more than {limit} filled rows, so it was not read."),
    N_(
        "Delete the rows that are not design of the study; data of interviews are brought in "
        "with tyndau import."
    ),
)

# Sheets, columns, cells

NO_SHEET = declare(
    "study.no-sheet",
    N_('The workbook has no sheet "{name}"; its sheets are: {found}.'),
    N_('Add a sheet with the name "{name}", or give that name to the sheet that is meant.'),
)
UNKNOWN_SHEET = declare(
    "study.unknown-sheet",
    N_('The sheet "{name}" is none of a study\'s sheets and is not read.'),
    N_("Rename it if one of these is meant, the nearest name first: {known}. Else leave it."),
    "warning",
)
SHEET_TWICE = declare(
    "study.sheet-twice",
    N_('Two sheets are called "{name}" when capitals and spaces are left aside.'),
    N_("Rename or delete one of them; the first was read."),
)
EMPTY_SHEET = declare(
    "study.empty-sheet",
    N_("The sheet is empty."),
    N_("Write the headings in its first row, {columns}, and fill the rows below."),
)
NO_COLUMN = declare(
    "study.no-column",
    N_('The sheet has no column "{name}"; its columns are: {found}.'),
    N_('Add a column with the heading "{name}", or give that heading to the column meant.'),
)
UNKNOWN_COLUMN = declare(
    "study.unknown-column",
    N_('The heading "{name}" is none of this sheet\'s columns; the column is not read.'),
    N_("Rename it if one of these is meant, the nearest name first: {known}. Else leave it."),
    "warning",
)
COLUMN_TWICE = declare(
    "study.column-twice",
    N_('The heading "{name}" stands over two columns: {first} and {second}.'),
    N_("Rename or delete one of them; the first was read."),
)
MERGED = declare(
    "study.merged-cells",
    N_("The cells {range} are merged across columns, so it is not clear which column is meant."),
    N_("Unmerge them in Excel and write each value into its own cell."),
)
FORMULA = declare(
    "study.formula",
    N_('Cell {cell} holds a formula; its last computed value "{value}" was taken.'),
    N_("If the value is to stay, replace the formula by it: copy the cell and paste it as values."),
    "warning",
)
FORMULA_NO_VALUE = declare(
    "study.formula-without-value",
    N_("Cell {cell} holds a formula that has never been computed, so it has no value."),
    N_("Open the workbook in Excel and save it, or write the value instead of the formula."),
)
EXTERNAL = declare(
    "study.external-reference",
    N_("Cell {cell} takes its value from another workbook: {formula}."),
    N_("Write the value itself: copy the cell and paste it as values; a study stands alone."),
)
ERROR_VALUE = declare(
    "study.error-value",
    N_("Cell {cell} shows the error {value}."),
    N_("Mend the formula in Excel, or write the value instead of it."),
)
EMPTY_CELL = declare(
    "study.empty-cell",
    N_("Cell {cell} is empty; needed: {expected}."),
    N_("Fill the cell, or empty the whole row if it is not meant to count."),
)
WRONG_VALUE = declare(
    "study.wrong-value",
    N_('Cell {cell} holds "{value}"; expected: {expected}.'),
    N_("Write in this cell: {expected}."),
)
NOT_ALLOWED = declare(
    "study.not-allowed",
    N_('Cell {cell} holds "{value}", which is none of the possible values.'),
    N_("Write one of: {known}."),
)
DATE_FOR_CODE = declare(
    "study.date-for-code",
    N_("Cell {cell} holds the date {value}, but a code is expected: Excel turned it into a date."),
    N_("Format the column as Text in Excel and type the code again."),
)
TWICE = declare(
    "study.twice",
    N_('"{value}" stands twice: here and in row {first}.'),
    N_("Change one of the two, or delete one of the rows."),
)
UNTRANSLATED = declare(
    "study.untranslated",
    N_('Cell {cell} has no text: "{other}" is not translated into the language "{language}".'),
    N_("Write the translation. Until then the other language's text is shown in its place."),
    "warning",
)
NO_TRANSLATIONS = declare(
    "study.no-translations",
    N_('The sheet has no column "{name}", so its texts are missing in the language "{language}".'),
    N_(
        'Add the column "{name}" with the translations, or take "{language}" out of the key '
        '"languages" of the sheet "study".'
    ),
    "warning",
)

# The sheet "study"

NO_KEY = declare(
    "study.no-key",
    N_('The key "{key}" is missing or has no value; needed: {expected}.'),
    N_('Add a row with "{key}" in the column "key" and the value beside it.'),
)
NO_WORDS = declare(
    "study.no-words",
    N_('The key "{key}" is missing or empty; the notes of tables and reports will lack it.'),
    N_('Add a row with "{key}" in the column "key" and fill: {columns}.'),
    "warning",
)
PLACEHOLDER = declare(
    "study.placeholder",
    N_('Cell {cell}: "{text}" still stands as in the template and is printed so in the volume.'),
    N_('Write the text of the key "{key}" instead of it, without the brackets.'),
    "warning",
)
UNKNOWN_KEY = declare(
    "study.unknown-key",
    N_('The key "{key}" is not known and is not read.'),
    N_("Rename it if one of these is meant, the nearest name first: {known}. Else leave it."),
    "warning",
)
WRONG_SIDE = declare(
    "study.wrong-column",
    N_('The key "{key}" has "{value}" in the column "{column}", where it is not read.'),
    N_("Move it to: {columns}."),
)
BESIDE = declare(
    "study.text-beside",
    N_(
        'Cell {cell}: "{value}" is not read. The key "{key}" is read from: {columns}; what stands '
        "there now counts."
    ),
    N_("If it is the newer one, move it there; else empty the cell {cell}."),
    "warning",
)
NO_MODEL_WORDS = declare(
    "study.no-model-words",
    N_(
        'Inference is "model", but the model is not stated in the language "{language}": readers '
        "must be told what the intervals rest on."
    ),
    N_(
        'Add the key "inference_model" with the model in words in the columns of the languages, '
        "for example: conditional on quotas and sampling points, which count as clusters."
    ),
)
DATE_ORDER = declare(
    "study.date-order",
    N_("Fieldwork ends on {end}, before it starts on {start}."),
    N_('Correct the key "start" or "end".'),
)
THRESHOLD_ORDER = declare(
    "study.threshold-order",
    N_("{low_key} is {low}, which is more than {high_key}, {high}."),
    N_("Correct one of the two: people_below <= hide_below <= mark_below."),
)
SAMPLE_COLUMN = declare(
    "study.sample-column",
    N_(
        'Cell {cell}: "{variable}" of the form "{population}" cannot serve as {key}: its answer '
        "is {kind}."
    ),
    N_("Name a column of the data that holds it: numbers for weights, one code for the others."),
)

RELEASE_KEY = declare(
    "study.release-key",
    N_('Cell {cell}: "{value}" is no variable with one answer of several.'),
    N_("Name questions of one answer or derived variables, the nearest names first: {known}."),
)

# Sheets against forms and against each other

NOT_COMPARED = declare(
    "study.not-compared",
    N_("Forms that cannot be read: {forms}. What the workbook says of them was not checked."),
    N_(
        "Mend the forms and check again: more may then be found in the banners, the scales and "
        "the derived variables."
    ),
    "warning",
)
NO_BANNERS = declare(
    "study.no-banners",
    N_('The sheet "banners" is missing or has no rows: tables will have the column "total" only.'),
    N_('Write into the sheet "banners" by which variables the tables are to be broken down.'),
    "warning",
)

NO_POPULATION = declare(
    "study.no-population",
    N_('Cell {cell}: there is no form of the population "{value}".'),
    N_("Write one of the populations that have a form: {known}; or add forms/{value}.xlsx."),
)
NO_VARIABLE = declare(
    "study.no-variable",
    N_('Cell {cell}: the population "{population}" has no variable "{value}".'),
    N_("Write a question of its form or a derived variable, the nearest names first: {known}."),
)
NOT_A_BANNER = declare(
    "study.not-a-banner",
    N_(
        'Cell {cell}: "{value}" cannot head columns of tables, because it offers no answers to '
        "choose from: its answer is {kind}."
    ),
    N_('Derive a variable with categories from it in the sheet "derived" and name that one.'),
)
NO_LIST = declare(
    "study.no-list",
    N_('Cell {cell}: "{value}" is neither a choice list of a form nor a variable with answers.'),
    N_("Write a choice list or a variable, the nearest names first: {known}."),
)
NO_CODE = declare(
    "study.no-code",
    N_('Cell {cell}: "{list}" has no answer with the code "{value}".'),
    N_("Write one of its codes, the nearest first: {known}."),
)
SCORED_NON_ANSWER = declare(
    "study.scored-non-answer",
    N_('Cell {cell}: "{value}" means "don\'t know" or "refused", which has no place on a scale.'),
    N_("Delete the row: those who answer so are left out of the mean."),
)
SCALE_GAP = declare(
    "study.scale-gap",
    N_('The scale "{list}" gives no score to: {codes}. They are left out of the mean.'),
    N_(
        "Add a row for each of them if they belong on the scale. If one means that there was no "
        'answer (98, 99), mark it in the column "meaning" of the sheet "choices" of the form: '
        "dont_know or refused."
    ),
    "warning",
)
NOT_COMPUTABLE = declare(
    "study.not-computable",
    N_("Cell {cell}: the condition {condition} cannot be computed from the answers alone."),
    N_("Use answers and constants only: no chance, no clock, no paths."),
)
NOT_A_COLUMN = declare(
    "study.not-a-column",
    N_(
        'Cell {cell}: the condition uses "{value}", which is in the form but leaves no answer in '
        "the data: its type is {type}."
    ),
    N_("Use the questions that it comes from."),
)
CODE_IN_CONDITION = declare(
    "study.code-in-condition",
    N_('Cell {cell}: the condition compares "{variable}" with "{value}", which it never answers.'),
    N_("Write one of its codes, the nearest first: {known}."),
    "warning",
)
NAME_CLASH = declare(
    "study.name-clash",
    N_('Cell {cell}: "{value}" is a question of the form "{population}" already.'),
    N_("Give the derived variable another name."),
)
CIRCULAR = declare(
    "study.circular-derivation",
    N_("Derived variables go round in a circle: {cycle}."),
    N_("Let one of them use questions of the form only."),
)
NO_PARENT = declare(
    "study.no-parent",
    N_('Cell {cell}: there is no territory with the code "{value}".'),
    N_("Write the code of another row, the nearest first: {known}; or leave the cell empty."),
)
CIRCULAR_TERRITORY = declare(
    "study.circular-territory",
    N_("Territories lie within each other in a circle: {cycle}."),
    N_("Leave the parent of the largest of them empty."),
)
WAVE_WITHOUT_FORM = declare(
    "study.wave-without-form",
    N_('The wave has answers of "{population}", but the study has no form of this name.'),
    N_("Put the form back under this name; the forms that are there: {existing}."),
)
