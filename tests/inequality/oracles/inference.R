# Oracle values for inference and change, by R packages and by formulas written out.
#
#   Rscript tests/inequality/oracles/inference.R > tests/inequality/oracles/inference.json
#
# Debian packages r-base-core, r-cran-survey, r-cran-laeken, r-cran-jsonlite. The data are the
# samples of Californian schools that come with `survey`.

suppressMessages({
  library(survey)
  library(laeken)
  library(jsonlite)
})
data(api)

# Measures, written as their definitions.
gini_of <- function(x, w) {
  p <- w / sum(w)
  sum(outer(p, p) * abs(outer(x, x, "-"))) / (2 * sum(p * x))
}
hoover_of <- function(x, w) {
  p <- w / sum(w)
  sum(p * abs(x - sum(p * x))) / (2 * sum(p * x))
}
ge_of <- function(x, w, a) {
  p <- w / sum(w)
  r <- x / sum(p * x)
  if (a == 0) return(-sum(p * log(r)))
  if (a == 1) return(sum(p * r * log(r)))
  (sum(p * r^a) - 1) / (a * (a - 1))
}
atkinson_of <- function(x, w, e) {
  p <- w / sum(w)
  r <- x / sum(p * x)
  if (e == 1) return(1 - exp(sum(p * log(r))))
  1 - sum(p * r^(1 - e))^(1 / (1 - e))
}

# Linearised variable of the Gini index, Langel and Tille (2013), as a double sum.
gini_influence <- function(x, w) {
  total <- sum(w)
  amount <- sum(w * x)
  g <- gini_of(x, w)
  sapply(x, function(v) sum(w * abs(v - x))) / amount - g * (1 + total * x / amount)
}
numeric_influence <- function(f, x, w) {
  sapply(seq_along(w), function(i) {
    h <- 1e-4 * w[i]
    up <- down <- w
    up[i] <- w[i] + h
    down[i] <- w[i] - h
    (f(x, up) - f(x, down)) / (2 * h)
  }) * sum(w)
}
se_of_total <- function(u, w, design) {
  # survey's variance of a total of w * (u / sum(w)); the weights are those of the design
  unname(sqrt(vcov(svytotal(u / sum(w), design))[1, 1]))
}
# Delta method on totals: survey differentiates the expression symbolically.
se_of_expression <- function(columns, expression, design) {
  totals <- svytotal(columns, design)
  unname(as.numeric(SE(svycontrast(totals, expression))))
}

design_results <- function(frame, design, replicate_design, group) {
  x <- frame$api00
  w <- frame$pw
  frame$one <- 1
  moments <- function(h) cbind(one = 1, x = x, h = h)
  ge2 <- quote((h * one / x^2 - 1) / 2)
  reps <- withReplicates(replicate_design, function(w, data) gini_of(data$api00, w),
                         return.replicates = TRUE)$replicates
  ge_reps <- withReplicates(replicate_design, function(w, data) ge_of(data$api00, w, 1),
                            return.replicates = TRUE)$replicates
  stratum_variance <- function(values) {
    sum(tapply(values, group, function(v) (length(v) - 1) / length(v) * sum((v - mean(v))^2)))
  }
  list(
    linearized = list(
      gini = se_of_total(gini_influence(x, w), w, design),
      hoover = se_of_total(numeric_influence(hoover_of, x, w), w, design),
      ge0 = se_of_expression(moments(log(x)), quote(log(x / one) - h / one), design),
      ge1 = se_of_expression(moments(x * log(x)), quote(h / x - log(x / one)), design),
      ge2 = se_of_expression(moments(x^2), ge2, design),
      atkinson05 = se_of_expression(moments(sqrt(x)), quote(1 - (h / one)^2 * one / x), design),
      atkinson1 = se_of_expression(moments(log(x)), quote(1 - exp(h / one) * one / x), design),
      cv = se_of_expression(moments(x^2), quote(sqrt(h * one / x^2 - 1)), design)
    ),
    jackknife = list(gini = sqrt(stratum_variance(reps)), ge1 = sqrt(stratum_variance(ge_reps)))
  )
}

srs <- svydesign(ids = ~1, weights = ~pw, data = apistrat)
strat <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = apistrat)
clus <- svydesign(ids = ~dnum, weights = ~pw, data = apiclus1)
jk_strat <- as.svrepdesign(strat, type = "JKn")
# as.svrepdesign leaves out one unit after another in the order of the rows within strata
left_out <- apply(weights(jk_strat, type = "replication"), 2, function(v) which(v == 0))

# Change: the same schools in 1999 and 2000, weights fixed.
concentration_of <- function(y, by, w) {
  p <- w / sum(w)
  rank <- sapply(by, function(v) sum(p[by < v]) + sum(p[by == v]) / 2)
  2 * sum(p * y * rank) / sum(p * y) - 1
}
# Extended index from the Lorenz or concentration curve, joined by straight lines:
# C(nu) = 1 - nu (nu - 1) int (1 - p)^(nu - 2) L(p) dp.
extended_of <- function(y, by, w, nu) {
  group <- sort(unique(by))
  weight <- sapply(group, function(v) sum(w[by == v])) / sum(w)
  held <- sapply(group, function(v) sum((w * y)[by == v])) / sum(w * y)
  p <- c(0, cumsum(weight))
  p[length(p)] <- 1
  curve <- c(0, cumsum(held))
  area <- 0
  for (k in seq_along(group)) {
    slope <- held[k] / weight[k]
    # antiderivative of (1 - p)^(nu - 2) (curve_k + slope (p - p_k)), with q = 1 - p
    start <- curve[k] + slope * (1 - p[k])
    part <- function(q) start * q^(nu - 1) / (nu - 1) - slope * q^nu / nu
    area <- area + part(1 - p[k]) - part(1 - p[k + 1])
  }
  1 - nu * (nu - 1) * area
}
y0 <- apistrat$api99
y1 <- apistrat$api00
w <- apistrat$pw
g0 <- gini_of(y0, w)
g1 <- gini_of(y1, w)
c1 <- concentration_of(y1, y0, w)
vankerm <- lapply(c(1.5, 2, 3), function(nu) {
  kept <- extended_of(y1, y0, w, nu)
  list(nu = nu, before = extended_of(y0, y0, w, nu), after = extended_of(y1, y1, w, nu),
       progressivity = extended_of(y0, y0, w, nu) - kept,
       reranking = extended_of(y1, y1, w, nu) - kept)
})
staff <- list(before = c(120, 340, 95, 210, 60), after = c(150, 320, 130, 220, 60))
people <- list(before = c(40, 90, 60, 50, 11), after = c(46, 88, 61, 57, 14))
v <- function(s, p) gini_of(staff[[s]] / people[[p]], people[[p]])

# Poisson counts: central differences by the count of each unit.
counts <- staff$before
population <- people$before
poisson_se <- function(f) {
  slope <- sapply(seq_along(counts), function(i) {
    up <- down <- counts
    up[i] <- up[i] + 1e-3
    down[i] <- down[i] - 1e-3
    (f(up / population, population) - f(down / population, population)) / 2e-3
  })
  sqrt(sum(slope^2 * counts))
}

set.seed(20240501)
laeken_se <- sqrt(laeken::gini("api00", weights = "pw", data = apistrat, var = "bootstrap",
                               bootType = "naive", R = 2000, seed = 7)$var) / 100

cat(toJSON(list(
  versions = list(R = R.version.string, survey = as.character(packageVersion("survey")),
                  laeken = as.character(packageVersion("laeken"))),
  apistrat = list(api99 = apistrat$api99, api00 = apistrat$api00, pw = apistrat$pw,
                  stype = as.character(apistrat$stype)),
  apiclus1 = list(api00 = apiclus1$api00, pw = apiclus1$pw, dnum = apiclus1$dnum),
  unstratified = design_results(apistrat, srs, as.svrepdesign(srs, type = "JK1"),
                                rep(1, nrow(apistrat))),
  stratified = design_results(apistrat, strat, jk_strat, as.character(apistrat$stype)[left_out]),
  clustered = design_results(apiclus1, clus, as.svrepdesign(clus, type = "JK1"),
                             rep(1, length(unique(apiclus1$dnum)))),
  change_se = list(gini = se_of_total(gini_influence(y1, w) - gini_influence(y0, w), w, strat)),
  laeken_bootstrap_se = laeken_se,
  redistributive = list(before = g0, after = g1, concentration = c1, total = g0 - g1,
                        vertical = g0 - c1, reranking = g1 - c1),
  vankerm = vankerm,
  ranks = list(spearman = cor(y0, y1, method = "spearman"),
               kendall = cor(y0, y1, method = "kendall")),
  shapley = list(staff_before = staff$before, staff_after = staff$after,
                 people_before = people$before, people_after = people$after,
                 staff = (v("after", "before") - v("before", "before") +
                            v("after", "after") - v("before", "after")) / 2,
                 population = (v("before", "after") - v("before", "before") +
                                 v("after", "after") - v("after", "before")) / 2),
  poisson = list(gini = poisson_se(gini_of), hoover = poisson_se(hoover_of),
                 ge0 = poisson_se(function(x, w) ge_of(x, w, 0)),
                 ge1 = poisson_se(function(x, w) ge_of(x, w, 1)),
                 ge2 = poisson_se(function(x, w) ge_of(x, w, 2)),
                 atkinson05 = poisson_se(function(x, w) atkinson_of(x, w, 0.5)),
                 atkinson1 = poisson_se(function(x, w) atkinson_of(x, w, 1)))
), auto_unbox = TRUE, digits = NA), "\n")
