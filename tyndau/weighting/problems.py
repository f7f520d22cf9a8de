"""What can be wrong with weights and with the totals that they are brought to."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

# Weights as they come in

BASE_MISSING = declare(
    "table.base-weight-missing",
    N_("The base weight is missing or is not a number; interviews concerned: {count}."),
    N_("Give every interview a base weight; 0 leaves it out."),
)
BASE_NEGATIVE = declare(
    "table.base-weight-negative",
    N_("The base weight is negative, as {value}; interviews concerned: {count}."),
    N_("Base weights are 0 or more: correct these interviews."),
)
BASE_ZERO = declare(
    "table.base-weight-zero",
    N_("All base weights are 0, or there is no interview, so there is nothing to weigh."),
    N_("Look at who was let into the interview, and at the column of base weights."),
)
PROBABILITY = declare(
    "table.inclusion-probability",
    N_(
        "An inclusion probability is not above 0 and at most 1, as {value}; interviews concerned: "
        "{count}."
    ),
    N_("Correct the probabilities by which these people were chosen."),
)
SMALL_CLASS = declare(
    "table.small-response-class",
    N_("These classes have fewer than {minimum} respondents: {classes}."),
    N_("Merge each with a class most like it ({merges}), or ask for small classes to be merged."),
)

# Totals

EMPTY_CATEGORY = declare(
    "table.margin-nobody",
    N_(
        'Nobody in the sample is in these categories of "{margin}", but the population has people '
        "there: {categories}."
    ),
    N_(
        "Merge each with a category most like it ({merges}): define a variable in the sheet "
        '"derived" and give the figures of the sheet "population" for it.'
    ),
)
NO_PEOPLE = declare(
    "table.margin-no-people",
    N_(
        'The population has nobody in these categories of "{margin}", but the sample has: '
        "{categories}."
    ),
    N_("Correct the figures, or leave these categories out of them."),
)
MARGINS_DISAGREE = declare(
    "table.margins-disagree",
    N_(
        'The totals of "{first}" ({first_people}, {first_date}) and "{second}" ({second_people}, '
        "{second_date}) do not agree. Territory: {territory}."
    ),
    N_(
        'Correct the sheet "population"; or, where sources of different dates cannot agree, name '
        'in the column "scale_to" of the sheet "weighting" the variable whose total holds: the '
        "others "
        "are then scaled to it."
    ),
)
RAKING_DIVERGED = declare(
    "table.raking-diverged",
    N_(
        'Raking did not converge: after {iterations} rounds "{category}" of "{margin}" has {got} '
        "people in place of {wanted}."
    ),
    N_(
        "The margins cannot all hold in this sample, mostly because people are missing where two "
        "of them cross: merge small categories, or leave a margin out."
    ),
)
UNREACHED = declare(
    "table.calibration-unreached",
    N_(
        "Calibration did not reach its totals: after {iterations} rounds {total} is {got} in place "
        "of {wanted}. Bounds of the factors: {lower} to {upper}."
    ),
    N_("Widen the bounds, merge small categories, or leave a variable out."),
)
LOGIT_BOUNDS = declare(
    "table.logit-bounds",
    N_("The logit distance needs a lower bound under 1 and an upper bound over 1, not {bounds}."),
    N_("Give both bounds, such as 0.3 and 3."),
)
NEGATIVE_RESULT = declare(
    "table.weight-turned-negative",
    N_("Linear calibration made weights negative; interviews concerned: {count}."),
    N_('Give a lower bound of 0 or more, or calibrate by "calibrate_raking".'),
)
TRIM_IMPOSSIBLE = declare(
    "table.trim-impossible",
    N_("Weights cannot be trimmed to {lower} to {upper}: their mean is {mean}."),
    N_("Choose bounds with the mean between them; in the workbook they are multiples of it."),
)

# Replicates

SINGLE_CLUSTER = declare(
    "table.replicates-single-cluster",
    N_("No replicates can be made: a stratum holds a single cluster (strata: {strata})."),
    N_("Join each of them with the stratum most like it."),
)
MANY_REPLICATES = declare(
    "table.many-replicates",
    N_("{replicates} replicates of {clusters} clusters are too many to hold."),
    N_("Use the bootstrap with a few hundred replicates, or larger clusters."),
)

# A wave

NO_INFERENCE = declare(
    "table.weights-without-model",
    N_(
        'The sheet "study" says inference "none": people chose themselves, and no weights make '
        "them speak for others."
    ),
    N_('Weigh only where "inference" is "design" or "model".'),
)
NO_MARGINS = declare(
    "table.no-margins",
    N_('The sheet "population" has no figures for the population "{population}".'),
    N_(
        "Write there how many people there are by sex, by age group, by territory, each with "
        "source and date; without figures there are no weights."
    ),
)
NO_SUCH_MARGIN = declare(
    "table.no-such-margin",
    N_(
        'The step "{step}" names "{variable}", for which the sheet "population" has no figures. '
        "It has: {known}."
    ),
    N_('Correct the name in the sheet "weighting", or write the figures.'),
)
MARGIN_KIND = declare(
    "table.margin-kind",
    N_('"{variable}" cannot be a margin: it is answered by {kind}.'),
    N_('Use a question with one answer, or a variable of the sheet "derived".'),
)
NO_TOTAL = declare(
    "table.no-population-total",
    N_('The figures of the population "{population}" do not say how many people there are in all.'),
    N_("Give one variable with a figure for every category, such as sex or territory."),
)
NO_COLUMN = declare(
    "table.no-margin-column",
    N_('The wave has no column "{variable}", for which the sheet "population" has figures.'),
    N_("Import the answers with this question, or see that the derived variable can be computed."),
)
NO_PLACE = declare(
    "table.no-place-question",
    N_(
        'The figures of "{variable}" are given by territory, but the form does not ask where '
        "people live."
    ),
    N_(
        "Give figures for the whole, or ask a question whose answers are the codes of the sheet "
        '"territories".'
    ),
)
OVERLAP = declare(
    "table.margin-overlap",
    N_('Figures of "{variable}" are given for "{first}" and for "{second}", which lies within it.'),
    N_("Give the figures for territories that do not lie within each other."),
)
WRONG_BASE = declare(
    "table.base-variable",
    N_('The step "base" cannot be made by "{variable}".'),
    N_("Name a variable with figures, or a number that holds each one's probability."),
)
UNKNOWN_POPULATION = declare(
    "table.no-such-population",
    N_('Wave "{wave}" has no population "{population}". It has: {existing}.'),
    N_("Name one of these."),
)
STALE = declare(
    "table.weights-stale",
    N_(
        'The weights of the population "{population}" are of other interviews: {weighted} have a '
        "weight, {rows} are analysed."
    ),
    N_('Weigh again: "tyndau weight STUDY --wave W".'),
)
