# Times R's package survey on the sample that benchmarks/tables.py wrote, for TABLES tables of each kind.
# Usage: Rscript tables.R SAMPLE.csv SINGLES MULTIPLES BANNERS
suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
d <- read.csv(arguments[1], colClasses = "character")
singles <- as.integer(arguments[2]); multiples <- as.integer(arguments[3])
banners <- as.integer(arguments[4])
d$weight <- as.numeric(d$weight)
for (name in grep("^[qb]", names(d), value = TRUE)) d[[name]] <- factor(d[[name]])
for (name in grep("^m", names(d), value = TRUE)) d[[name]] <- as.numeric(d[[name]])
design <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = d)
table <- function(formula) for (banner in paste0("b", seq_len(banners))) {
  svymean(formula, design)
  svyby(formula, as.formula(paste0("~", banner)), design, svymean)
}
seconds <- function(work) { start <- proc.time()[["elapsed"]]; work(); proc.time()[["elapsed"]] - start }
cat(seconds(function() for (k in seq_len(singles)) table(as.formula(paste0("~q", k)))),
    seconds(function() for (k in seq_len(multiples))
      table(as.formula(paste0("~", paste0("m", k, "_", 1:8, collapse = "+"))))), "\n")
