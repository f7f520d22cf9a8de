# Times R's package survey on the sample that benchmarks/raking.py wrote.
# Usage: Rscript raking.R FOLDER ROWS MARGINS
suppressPackageStartupMessages(library(survey))
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]; rows <- as.integer(arguments[2]); count <- as.integer(arguments[3])
d <- data.frame(w = readBin(file.path(folder, "w.bin"), "double", rows))
margins <- lapply(seq_len(count) - 1, function(k) {
  name <- paste0("m", k)
  totals <- scan(file.path(folder, paste0(name, ".txt")), quiet = TRUE)
  d[[name]] <<- factor(readBin(file.path(folder, paste0(name, ".bin")), "integer", rows, size = 4),
                       levels = seq_along(totals) - 1)
  margin <- data.frame(seq_along(totals) - 1, totals)
  names(margin) <- c(name, "Freq")
  margin
})
formulas <- lapply(seq_len(count) - 1, function(k) as.formula(paste0("~m", k)))
design <- svydesign(~1, weights = ~w, data = d)
start <- proc.time()[["elapsed"]]
raked <- rake(design, formulas, margins, control = list(maxit = 100, epsilon = 1e-10))
cat(proc.time()[["elapsed"]] - start)
writeBin(weights(raked), file.path(folder, "raked.bin"))
