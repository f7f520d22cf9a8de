# Times R's package survey on the sample that benchmarks/peers.py wrote, for the tables of each kind:
# percentages and standard errors, or whole tables with Korn-Graubard intervals, differences of all
# pairs of columns and of each column from the rest.
# Usage: Rscript tables.R SAMPLE.csv SINGLES MULTIPLES BANNERS percentages|whole
suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
d <- read.csv(arguments[1], colClasses = "character")
singles <- as.integer(arguments[2]); multiples <- as.integer(arguments[3])
banners <- paste0("b", seq_len(as.integer(arguments[4])))
d$weight <- as.numeric(d$weight)
for (name in grep("^[qb]", names(d), value = TRUE)) d[[name]] <- factor(d[[name]])
for (name in grep("^m", names(d), value = TRUE)) d[[name]] <- as.numeric(d[[name]])
design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = d)

percentages <- function(answers, formula) for (banner in banners) {
  svymean(formula, design)
  svyby(formula, as.formula(paste0("~", banner)), design, svymean)
}

# t of the differences of all pairs of columns, an answer after the other.
differences <- function(by) {
  shares <- as.matrix(as.data.frame(by)[, 1 + seq_len(length(coef(by)) / nrow(by))])
  covariances <- vcov(by)
  for (answer in seq_len(ncol(shares))) {
    at <- (answer - 1) * nrow(shares) + seq_len(nrow(shares))
    covariance <- covariances[at, at]
    variance <- outer(diag(covariance), diag(covariance), "+") - 2 * covariance
    2 * pt(-abs(outer(shares[, answer], shares[, answer], "-") / sqrt(variance)), degf(design))
  }
}

whole <- function(answers, formula) for (banner in banners) {
  svymean(formula, design)
  differences(svyby(formula, as.formula(paste0("~", banner)), design, svymean, covmat = TRUE))
  for (column in c("", levels(d[[banner]]))) {
    inside <- design
    if (column != "") {
      rest <- as.formula(sprintf("~I(%s == '%s')", banner, column))
      differences(svyby(formula, rest, design, svymean, covmat = TRUE))
      inside <- design[d[[banner]] == column, ]
    }
    for (answer in answers) svyciprop(as.formula(answer), inside, method = "beta", df = degf(inside))
  }
}

work <- list(percentages = percentages, whole = whole)[[arguments[5]]]
once <- function(names, answers, formula) {
  start <- proc.time()[["elapsed"]]
  for (name in names) work(answers(name), as.formula(formula(name)))
  proc.time()[["elapsed"]] - start
}
# Again where it is short, since another program may have been in the way.
seconds <- function(...) if ((first <- once(...)) < 10) min(first, once(...), once(...)) else first
cat(
  seconds(
    paste0("q", seq_len(singles)),
    function(name) sprintf("~I(%s == '%s')", name, levels(d[[name]])),
    function(name) paste0("~", name)
  ),
  seconds(
    if (multiples) paste0("m", seq_len(multiples)),
    function(name) sprintf("~I(%s_%d == 1)", name, 1:8),
    function(name) paste0("~", paste0(name, "_", 1:8, collapse = "+"))
  ),
  "\n"
)
