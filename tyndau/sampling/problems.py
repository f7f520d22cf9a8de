"""What a workbook asks of its sample and cannot have."""

from tyndau.base.errors import Place, declare
from tyndau.base.languages import N_

# Where most of it is mended.
SHEET = Place("study.xlsx", "sampling")
POPULATION = Place("study.xlsx", "population")
POINTS = Place("study.xlsx", "points")
STREETS = Place("study.xlsx", "streets")

NO_SAMPLING = declare(
    "study.sample-not-asked",
    N_('The workbook has no sheet "sampling": it does not say what sample is wanted.'),
    N_("Add it with the columns key and value; docs/study-folder.md lists the keys."),
)
MISSING = declare(
    "study.sample-missing",
    N_('For a plan of the sample is missing: "{key}", {what}.'),
    N_('Write the key "{key}" and its value into the sheet.'),
)
NO_TERRITORIES = declare(
    "study.sample-no-territories",
    N_('The sheet "territories" is empty: there is nothing to share the sample out among.'),
    N_("Write at least two territories."),
)
NO_PEOPLE = declare(
    "study.sample-no-people",
    N_("It is not known how many people live in: {territories}."),
    N_(
        "Write their numbers with source and date: the variable whose answers are the territories, "
        "and a row for each."
    ),
)
MINIMUMS = declare(
    "study.sample-minimums",
    N_("{interviews} interviews are wanted, but the least of all territories add up to {sum}."),
    N_('Raise "interviews", or lower "minimum" or the precision wanted in territories.'),
)
TOO_LARGE = declare(
    "study.sample-too-large",
    N_("{interviews} interviews are wanted of {people} people."),
    N_('Lower "interviews", or correct the figures of the sheet "population".'),
)
SMALL_FRAME = declare(
    "study.sample-small-frame",
    N_(
        'The territory "{territory}" is to have {interviews} interviews, but only {points} points '
        "stand in the sheet; a point takes 20 at most."
    ),
    N_("Write more points of the territory, or lower its share of the interviews."),
)
NO_MEASURE = declare(
    "study.sample-no-size",
    N_("Points are to be drawn by their size, but these have none: {points}."),
    N_('Fill the column "size" for every point, or write "systematic" for "selection".'),
)
MARGINS_DISAGREE = declare(
    "study.sample-margins-disagree",
    N_(
        'The figures of "{first}" ({first_date}) add up to {first_people} people, those of '
        '"{second}" ({second_date}) to {second_people}. Territory: {territory}.'
    ),
    N_(
        "Take figures of the same people and day: often one counts everybody and the other adults "
        "only."
    ),
)
MARGIN_GAP = declare(
    "study.sample-margin-gap",
    N_('Of the variable "{variable}" these categories have no figure: {codes}.'),
    N_("Write a row for each category; 0 where there is nobody."),
)
FEW_INTERVIEWERS = declare(
    "study.sample-few-interviewers",
    N_(
        "There are {interviewers} interviewers; four different ones are needed in each territory, "
        "two at a point."
    ),
    N_(
        'Raise "interviewers" to 4 at least: with fewer, what is the interviewer\'s cannot be told '
        "from what is the territory's."
    ),
)
MANY_INTERVIEWERS = declare(
    "study.sample-many-interviewers",
    N_(
        "{interviewers} interviewers, two at each of {points} points: not everybody can work in "
        "two territories."
    ),
    N_('Lower "interviewers" to {most} at most, or plan more points.'),
)
ONE_POINT = declare(
    "study.sample-one-point",
    N_(
        'The territory "{territory}" has {points} points; two interviewers at a point make fewer '
        "than four there."
    ),
    N_("Plan at least two points in each territory."),
)
ONE_TERRITORY = declare(
    "study.sample-one-territory",
    N_("There is one territory only, so that nobody can work in several."),
    N_("Divide it into territories: districts or settlements."),
)

NO_DIRECT = declare(
    "study.sample-no-direct",
    N_(
        'The territory "{territory}" is planned with {interviews} interviews at {points} points; '
        "a direct estimate needs {least_interviews} at {least_points}."
    ),
    N_("Plan more there, or publish of it only what a model of all territories says."),
    "warning",
)
PRECISION_MISSED = declare(
    "study.sample-precision-missed",
    N_(
        "{interviews} interviews give ±{got} percentage points in all, {wanted} are wanted; they "
        "would need {needed} interviews."
    ),
    N_('Raise "interviews", or accept the wider interval.'),
    "warning",
)
NO_SUBSTITUTES = declare(
    "study.sample-no-substitutes",
    N_("There is no substitute point in: {territories}. Nothing stands in for: {points}."),
    N_(
        "Write one at least for each territory: a point without an interview for two hours is left "
        "for one approved beforehand."
    ),
    "warning",
)
DATES_DIFFER = declare(
    "study.sample-dates-differ",
    N_("The figures of the population are of different days: {dates}."),
    N_("Take figures of one day where there are any."),
    "warning",
)
NOBODY = declare(
    "study.sample-nobody",
    N_('In the category "{code}" of "{variable}" there is nobody; it gets no interview.'),
    N_("Correct the figure if it is a slip."),
    "warning",
)
OTHER_QUOTAS = declare(
    "study.sample-other-quotas",
    N_('The sheet "quotas" has other numbers of interviews than the plan: {differences}.'),
    N_("Bring the two together: fieldwork follows the sheet."),
    "warning",
)
NOT_BY_DESIGN = declare(
    "study.sample-not-by-design",
    N_('The study says "design", but this sample allows "model" only. {reason}'),
    N_('Write "model" for "inference" in the sheet "study", and the model in words.'),
    "warning",
)
OVER_BUDGET = declare(
    "study.sample-over-budget",
    N_("The sample costs {cost}, and {budget} are there."),
    N_("Lower the number of interviews or the rates, or raise the budget."),
    "warning",
)
NO_CALENDAR = declare(
    "study.sample-no-calendar",
    N_(
        "Visits to the points need {days} days, and fieldwork has {there}: {lacking} days are "
        "lacking, or about {more} interviewers. Visits that find no place stand on later days."
    ),
    N_('Move "end", raise "interviewers" or "interviews_a_day", or plan fewer points.'),
    "warning",
)
NO_RATES = declare(
    "study.sample-no-rates",
    N_("These are not known, so that cost or days are not computed whole: {keys}."),
    N_("Write the rates into the sheet."),
    "warning",
)
NEAR_QUOTAS = declare(
    "study.sample-near-quotas",
    N_("No whole numbers keep all sums of the quotas; {sums} sums are off by one."),
    N_("Nothing needs to be done: follow the cells."),
    "warning",
)
DAMAGED = declare(
    "study.sample-damaged",
    N_("The record of the sample cannot be read: {detail}."),
    N_("Remove the folder and run tyndau sample again."),
)
