# Makes sample.csv, a sample with every feature that a design can have, and survey.csv, what R's
# package survey says of it. Run in this folder: Rscript survey.R
# The values in the repository were made by R 4.2.2 with survey 4.1-1 (Debian 12: r-cran-survey).
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
set.seed(20260404)

# --- the sample: 4 strata of 5 to 8 clusters of 8 to 24 people -------------------------------------
clusters <- data.frame(stratum = rep(paste0("s", 1:4), times = c(5, 6, 7, 8)))
clusters$cluster <- sprintf("p%02d", sample(seq_len(nrow(clusters))))
clusters$lean <- rnorm(nrow(clusters), 0, 0.6)
d <- clusters[rep(seq_len(nrow(clusters)), sample(8:24, nrow(clusters), TRUE)), ]
n <- nrow(d)
d$w <- round(exp(rnorm(n, 0, 0.5)), 3)
d$w0 <- ifelse(runif(n) < 0.1, 0, d$w)                       # weights of which some are zero
d$asked <- as.integer(runif(n) < 0.8)
d$scale <- as.character(pmin(5, pmax(1, round(3 + d$lean + rnorm(n)))))
d$scale[runif(n) < 0.08] <- "dk"
d$scale[runif(n) < 0.04] <- ""                               # asked, no answer
many <- sapply(1:3, function(k) as.integer(runif(n) < plogis(d$lean + k - 2)))
d$many <- apply(many, 1, function(x) paste(c("m1", "m2", "m3")[x == 1], collapse = " "))
d$number <- ifelse(runif(n) < 0.1, "", as.character(round(50000 + 20000 * d$lean + 9000 * rnorm(n))))
d$area <- ifelse(d$stratum == "s1", "north", ifelse(d$cluster < "p13", "east", "west"))
d$sex <- sample(c("f", "m", ""), n, TRUE, c(0.5, 0.4, 0.1))  # "" stands in the total alone
over <- sapply(1:3, function(k) as.integer(runif(n) < 0.25 + 0.15 * k))
d$media <- apply(over, 1, function(x) paste(c("tv", "net", "paper")[x == 1], collapse = " "))
d$scale[d$area == "north" & d$scale == "5"] <- "4"           # a share of 0
d <- d[sample(n), setdiff(names(d), "lean")]
d[d$asked == 0, c("scale", "many", "number")] <- ""
write.csv(d, "sample.csv", row.names = FALSE, quote = FALSE)

# --- what survey says -------------------------------------------------------------------------------
d$one <- 1
designs <- list(
  srs      = svydesign(~1, weights = ~one, data = d),
  w0       = svydesign(~1, weights = ~w0, data = d),
  w.strata = svydesign(~1, strata = ~stratum, weights = ~w, data = d),
  w.clusters        = svydesign(~cluster, weights = ~w, data = d),
  w.strata.clusters = svydesign(~cluster, strata = ~stratum, weights = ~w, data = d),
  w0.strata.clusters = svydesign(~cluster, strata = ~stratum, weights = ~w0, data = d)
)
has <- function(values, code) vapply(strsplit(values, " "), function(v) code %in% v, NA)
asked <- d$asked == 1
answers <- list()                                            # question, code, y, rows in the base
for (k in c(1:5, "dk")) answers[[paste("scale", k)]] <- list(y = d$scale == k, base = asked)
answers[["scale no_answer"]] <- list(y = d$scale == "", base = asked)
answers[["scale mean"]] <- list(y = suppressWarnings(as.numeric(d$scale)), base = d$scale %in% 1:5)
for (k in c("m1", "m2", "m3")) answers[[paste("many", k)]] <- list(y = has(d$many, k), base = asked)
answers[["many no_answer"]] <- list(y = d$many == "", base = asked)
answers[["number no_answer"]] <- list(y = d$number == "", base = asked)
answers[["number mean"]] <- list(y = as.numeric(d$number), base = d$number != "")
columns <- list(area = c("north", "east", "west"), sex = c("f", "m"),
                media = c("tv", "net", "paper"))
inside <- list("total total" = rep(TRUE, n))
for (b in names(columns)) for (k in columns[[b]]) inside[[paste(b, k)]] <- has(d[[b]], k)

cells <- list(); pairs <- list()
for (name in names(designs)) for (answer in names(answers)) {
  y <- as.numeric(answers[[answer]]$y); y[!answers[[answer]]$base] <- 0
  base <- answers[[answer]]$base
  mean <- endsWith(answer, "mean")
  for (column in names(inside)) {
    design <- subset(update(designs[[name]], y = y), base & inside[[column]])
    m <- svymean(~y, design)
    ci <- if (mean) confint(m, df = degf(design)) else
      suppressWarnings(tryCatch(attr(svyciprop(~y, design, method = "beta"), "ci"),
                                error = function(e) c(NaN, NaN)))
    cells[[length(cells) + 1]] <- data.frame(design = name, answer, column, other = "",
      value = coef(m)[[1]], se = SE(m)[[1]], low = ci[1], high = ci[2], df = degf(design),
      base = nrow(design))
  }
  # Differences: two ratios over all rows at once, so that columns may share rows and clusters.
  against <- function(a, b, a.in, b.in) {
    both <- update(designs[[name]], ya = y * a.in * base, xa = 1 * (a.in & base),
                   yb = y * b.in * base, xb = 1 * (b.in & base))
    r <- svyratio(~ya + yb, ~xa + xb, both, covmat = TRUE)
    v <- vcov(r); at <- c("ya/xa", "yb/xb")
    v <- v[at, at]
    pairs[[length(pairs) + 1]] <<- data.frame(design = name, answer, column = a, other = b,
      value = r$ratio["ya", "xa"] - r$ratio["yb", "xb"],
      se = sqrt(max(0, v[1, 1] + v[2, 2] - 2 * v[1, 2])), low = NA, high = NA,
      df = degf(subset(both, base & (a.in | b.in))), base = sum(base & (a.in | b.in)))
  }
  for (b in names(columns)) {
    heads <- paste(b, columns[[b]])
    for (i in seq_along(heads)) {
      against(heads[i], "rest", inside[[heads[i]]], !inside[[heads[i]]])
      for (j in seq_along(heads)) if (i < j)
        against(heads[i], heads[j], inside[[heads[i]]], inside[[heads[j]]])
    }
  }
}
out <- do.call(rbind, c(cells, pairs))
for (k in c("value", "se", "low", "high")) out[[k]] <- sprintf("%.12g", out[[k]])
write.csv(out, "survey.csv", row.names = FALSE, quote = FALSE)
