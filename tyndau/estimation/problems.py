"""What a user can get wrong in the design of a sample."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

# Kinds of variables in words.
NO_SUCH_COLUMN = declare(
    "table.no-such-design-column",
    N_("The data have no column {name}, which is named as the {role}."),
    N_("Correct the name, or leave the {role} out."),
)
DESIGN_KIND = declare(
    "table.design-column-kind",
    N_("Column {name} cannot be the {role}: its answer is {kind}."),
    N_("A weight is a number; strata and clusters are a single answer, a number or a text."),
)
WEIGHT_MISSING = declare(
    "table.weight-missing",
    N_("The weight is missing or is not a number; interviews concerned: {count} (keys: {keys})."),
    N_("Give every interview a weight (0 leaves it out of the percentages)."),
)
WEIGHT_NEGATIVE = declare(
    "table.weight-negative",
    N_("The weight is negative, as {value}; interviews concerned: {count} (keys: {keys})."),
    N_("Weights are 0 or more: correct the weighting or these interviews."),
)
WEIGHT_ZERO = declare(
    "table.weight-zero",
    N_("All weights are 0, so there is nothing to take a percentage of."),
    N_("Name the column that holds the weights, or tabulate without weights."),
)
STRATUM_MISSING = declare(
    "table.stratum-missing",
    N_("The stratum is missing; interviews concerned: {count} (keys: {keys})."),
    N_("Give every interview its stratum, or tabulate without strata."),
)
CLUSTER_MISSING = declare(
    "table.cluster-missing",
    N_("The cluster is missing; interviews concerned: {count} (keys: {keys})."),
    N_("Give every interview its cluster, or tabulate without clusters."),
)
CLUSTER_IN_STRATA = declare(
    "table.cluster-in-several-strata",
    N_("Cluster {cluster} stands in several strata: {strata}."),
    N_(
        "A cluster lies in one stratum. Where the numbers of clusters begin again in every "
        "stratum, join both into one code; otherwise choose strata that hold whole clusters."
    ),
)
SINGLE_CLUSTER = declare(
    "table.single-cluster",
    N_(
        "No standard error can be computed: these strata hold a single cluster (or a single record "
        "where there are no clusters): {strata}."
    ),
    N_("Join each of them with the stratum most like it, or tabulate without strata."),
)
ONE_CLUSTER = declare(
    "table.one-cluster",
    N_("No standard error can be computed: the whole sample is one cluster, {cluster}."),
    N_("Name the column that holds the clusters (the points), or tabulate without clusters."),
)
SINGLE_WITHIN = declare(
    "table.single-cluster-within",
    N_(
        "No standard error can be computed: at stage {stage} only one was drawn within these "
        "clusters of the first stage: {clusters}."
    ),
    N_(
        "Leave out the finite populations of the stages before, or name a policy for lonely strata."
    ),
)
POPULATION_MISSING = declare(
    "table.population-missing",
    N_(
        "The size of the finite population is missing, 0 or negative; interviews concerned: "
        "{count} (keys: {keys})."
    ),
    N_("Give every interview the size of its stratum, or leave the finite population out."),
)
POPULATION_MIXED = declare(
    "table.population-mixed",
    N_(
        "The finite population is below 1 in some interviews and above in others; below in: "
        "{count} (keys: {keys})."
    ),
    N_("Give sizes everywhere, or the parts that were drawn, from 0 to 1, everywhere."),
)
POPULATION_VARIES = declare(
    "table.population-varies",
    N_(
        "The size of the finite population differs within a stratum; interviews concerned: {count} "
        "(keys: {keys})."
    ),
    N_("All interviews of a stratum have one size: correct it, or divide the stratum."),
)
POPULATION_SMALL = declare(
    "table.population-small",
    N_(
        "The finite population has {size} clusters, fewer than the {drawn} that were drawn; "
        "interviews concerned: {count} (keys: {keys})."
    ),
    N_("Count clusters in the population as they are counted in the sample, and correct the size."),
)
