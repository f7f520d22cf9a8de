# Makes extreme.csv, a sample with two clusters in a stratum, weights of 0 and of one to a hundred
# thousand, a column within one cluster and one of under 30 people; and survey.csv, what R's package
# survey says of every cell and of every test. Run in this folder: Rscript extreme.R
# The values in the repository were made by R 4.2.2 with survey 4.1-1 (Debian 12: r-cran-survey).
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)
set.seed(20261122)

n <- 900
d <- data.frame(stratum = sample(1:4, n, TRUE))
d$cluster <- d$stratum * 10 + sample(1:2, n, TRUE)
lean <- rnorm(100, 0, 0.4)[d$cluster]
d$w <- round(exp(rnorm(n, 0, 0.3)) * ifelse(runif(n) < 0.3, 1e-5, 1), 8)
d$w[runif(n) < 0.1] <- 0
d$group <- sample(c("x", "y", "v"), n, TRUE, c(0.5, 0.4, 0.1))
d$group[d$cluster == 11] <- "z"                              # a column within one cluster
d$group[which(d$group == "v")[-(1:29)]] <- ""                # a column of 29 people, 28 asked
d$q <- ifelse(runif(n) < plogis(lean + ifelse(d$group == "x", 0.6, -0.6)), "a",
              ifelse(runif(n) < 0.7, "b", "c"))
d$q[runif(n) < 0.05] <- ""                                   # not asked
write.csv(d, "extreme.csv", row.names = FALSE, quote = FALSE)

designs <- list(clusters = svydesign(~cluster, strata = ~stratum, weights = ~w, data = d),
                records = svydesign(~1, strata = ~stratum, weights = ~w, data = d))
kish <- function(i) if (any(d$w[i] > 0)) sum(d$w[i])^2 / sum(d$w[i]^2) else 0
cells <- list()
for (name in names(designs)) for (code in c("a", "b", "c")) {
  asked <- d$q != ""
  design <- update(designs[[name]], y = as.numeric(d$q == code))
  columns <- c(list(total = asked), lapply(c(x = "x", y = "y", z = "z", v = "v"),
                                           function(k) asked & d$group == k))
  testable <- function(i) sum(i) >= 30 && kish(i) >= 30 && degf(subset(design, i)) >= 1
  direction <- function(i, j) {                              # 1 where column i is higher than j
    if (!testable(i) || !testable(j)) return(0)
    both <- subset(update(design, column = as.numeric(i)), i | j)
    fit <- svyglm(y ~ column, both)
    t <- coef(fit)[[2]] / SE(fit)[[2]]
    if (abs(t) > qt(0.975, degf(both))) sign(t) else 0
  }
  for (k in names(columns)) {
    i <- columns[[k]]
    here <- subset(design, i)
    m <- svymean(~y, here)
    known <- degf(here) >= 1
    limits <- if (known) attr(svyciprop(~y, here, method = "beta"), "ci") else c(NA, NA)
    rest <- if (k == "total") 0 else direction(i, asked & !i)
    others <- setdiff(names(columns), c("total", k))
    higher <- if (k == "total") character(0) else
      others[vapply(others, function(o) direction(i, columns[[o]]) > 0, NA)]
    cells[[length(cells) + 1]] <- data.frame(design = name, code, column = k, base = sum(i),
      effective_base = kish(i), percent = 100 * coef(m)[[1]],
      se = if (known) 100 * SE(m)[[1]] else NA, low = 100 * limits[1], high = 100 * limits[2],
      versus_rest = c("lower", "", "higher")[rest + 2],
      letters = paste(c(x = "A", y = "B", z = "C", v = "D")[higher], collapse = ""))
  }
}
out <- do.call(rbind, cells)
for (k in c("effective_base", "percent", "se", "low", "high"))
  out[[k]] <- ifelse(is.na(out[[k]]), "", sprintf("%.12g", out[[k]]))
write.csv(out, "survey.csv", row.names = FALSE, quote = FALSE)
