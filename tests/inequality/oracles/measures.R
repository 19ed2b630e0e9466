# Oracle values for the measures, by R packages and by definitions written out as double sums.
#
#   Rscript tests/inequality/oracles/measures.R > tests/inequality/oracles/measures.json
#
# Debian packages r-base-core, r-cran-laeken, r-cran-survey, r-cran-jsonlite. The data come with
# the packages: equivalised income of persons in Burgenland from the synthetic
# EU-SILC of laeken, and enrolment and scores of Californian schools (with ties) from survey.

suppressMessages({
  library(laeken)
  library(survey)
  library(jsonlite)
})
data(eusilc)
data(api)

definitions <- function(x, w) {
  p <- w / sum(w)
  mu <- sum(p * x)
  r <- x / mu
  differences <- abs(outer(x, x, "-"))
  ge <- function(a) (sum(p * r^a) - 1) / (a * (a - 1))
  atkinson <- function(e) 1 - sum(p * r^(1 - e))^(1 / (1 - e))
  list(
    gini = sum(outer(p, p) * differences) / (2 * mu),
    absolute_gini = sum(outer(p, p) * differences) / 2,
    hoover = sum(p * abs(r - 1)) / 2,
    ge_minus_1 = ge(-1), ge_half = ge(0.5), ge_2 = ge(2), ge_3 = ge(3),
    theil_l = -sum(p * log(r)), theil_t = sum(p * r * log(r)),
    atkinson_half = atkinson(0.5), atkinson_1 = 1 - prod(r^p), atkinson_2 = atkinson(2),
    coefficient_of_variation = sqrt(sum(p * (x - mu)^2)) / mu,
    variance_of_logs = sum(p * (log(x) - sum(p * log(x)))^2),
    herfindahl = sum(w * (x / sum(w * x))^2)
  )
}

packages <- function(x, w) {
  design <- svydesign(ids = ~1, weights = ~w, data = data.frame(x = x, w = w))
  q <- c(0.1, 0.25, 0.5, 0.75, 0.9)
  quantiles <- function(rule) as.numeric(coef(svyquantile(~x, design, q, qrule = rule)))
  variance <- as.numeric(coef(svyvar(~x, design)))
  mean <- as.numeric(coef(svymean(~x, design)))
  n <- length(x)
  list(
    laeken_gini_percent = gini(x, weights = w)$value,
    laeken_qsr = qsr(x, weights = w)$value,
    laeken_quantiles = as.numeric(weightedQuantile(x, w, q)),
    survey_quantiles_hf1 = quantiles("hf1"),
    survey_quantiles_hf2 = quantiles("hf2"),
    survey_cv = sqrt(variance * (n - 1) / n) / mean
  )
}

sample_of <- function(x, w) {
  x <- as.numeric(x)
  w <- as.numeric(w)
  list(
    x = x, w = w, quantiles = c(0.1, 0.25, 0.5, 0.75, 0.9),
    weighted = c(definitions(x, w), packages(x, w)),
    unweighted = c(definitions(x, rep(1, length(x))), packages(x, rep(1, length(x))))
  )
}

state <- function(name) {
  part <- eusilc[eusilc$db040 == name & eusilc$eqIncome > 0, ]
  sample_of(part$eqIncome, part$rb050)
}

cat(toJSON(list(
  versions = list(
    R = R.version.string,
    laeken = as.character(packageVersion("laeken")),
    survey = as.character(packageVersion("survey"))
  ),
  burgenland = state("Burgenland"),
  enrolment = sample_of(apistrat$enroll, apistrat$pw),
  scores = sample_of(apiclus1$api00, apiclus1$pw)
), auto_unbox = TRUE, digits = I(17)))
