# Oracle values for concentration and slope indexes, by formulas written out and R's regressions.
#
#   Rscript tests/inequality/oracles/concentration.R > tests/inequality/oracles/concentration.json
#
# Debian packages r-base-core, r-cran-survey, r-cran-jsonlite. The data are the stratified sample of
# Californian schools that comes with `survey`: the share of parents who answered a survey (pct.resp,
# a percentage) over schools ranked by the share of pupils with subsidised meals (meals).

suppressMessages({
  library(survey)
  library(jsonlite)
})
data(api)

x <- apistrat$api00
percent <- apistrat$pct.resp
poor <- apistrat$meals
w <- apistrat$pw

# Sums over pairs: 2 cov(x, R) = sum_ij p_i p_j (x_i - x_j) sign(r_i - r_j) / 2.
absolute <- function(x, r, w) {
  p <- w / sum(w)
  sum(outer(p, p) * outer(x, x, "-") * sign(outer(r, r, "-"))) / 2
}
index <- function(x, r, w, kind, low = NA, high = NA) {
  a <- absolute(x, r, w)
  m <- weighted.mean(x, w)
  switch(kind,
    standard = a / m,
    generalized = a,
    wagstaff = a * (high - low) / ((high - m) * (m - low)),
    erreygers = 4 * a / (high - low)
  )
}
ridit <- function(r, w) {
  sapply(r, function(one) sum(w[r < one]) + sum(w[r == one]) / 2) / sum(w)
}
kinds <- c("standard", "generalized", "wagstaff", "erreygers")

# The convenient regression by lm.
regression_se <- function(x, r, w, kind, low, high) {
  rank <- ridit(r, w)
  spread <- sum(w * (rank - 0.5)^2) / sum(w)
  scale <- index(x, r, w, kind, low, high) / absolute(x, r, w)
  fit <- lm(I(2 * spread * scale * x) ~ rank, weights = w)
  summary(fit)$coefficients["rank", c("Estimate", "Std. Error")]
}

# Standard errors under the design: numerical derivatives by the weights, then svytotal.
linearized_se <- function(design, x, r, w, kind, low, high) {
  step <- 1e-4
  z <- sapply(seq_along(w), function(i) {
    up <- down <- w
    up[i] <- w[i] + step
    down[i] <- w[i] - step
    (index(x, r, up, kind, low, high) - index(x, r, down, kind, low, high)) / (2 * step)
  })
  as.numeric(SE(svytotal(z, design)))
}
plain <- svydesign(ids = ~1, weights = ~pw, data = apistrat)
stratified <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = apistrat)

slope <- function(x, r, w, high = NULL) {
  rank <- ridit(r, w)
  if (is.null(high)) {
    fit <- lm(x ~ rank, weights = w)
    ends <- predict(fit, data.frame(rank = c(0, 1)))
    scale <- 1
  } else {
    fit <- glm(x / high ~ rank,
      weights = w / mean(w), family = quasibinomial("logit"),
      control = glm.control(epsilon = 1e-15, maxit = 200)
    )
    ends <- predict(fit, data.frame(rank = c(0, 1)), type = "response")
    scale <- high
  }
  ends <- as.numeric(ends) * scale
  list(
    slope_index = ends[2] - ends[1],
    ratio = ends[2] / ends[1],
    slope_over_mean = (ends[2] - ends[1]) / weighted.mean(x, w)
  )
}

results <- list(
  index = sapply(kinds, function(k) index(percent, poor, w, k, 0, 100), simplify = FALSE),
  unweighted = sapply(kinds, function(k) index(percent, poor, 0 * w + 1, k, 0, 100),
    simplify = FALSE
  ),
  kakwani = index(apistrat$enroll, x, w, "standard") - index(x, x, w, "standard"),
  regression = sapply(kinds, function(k) as.numeric(regression_se(percent, poor, w, k, 0, 100)),
    simplify = FALSE
  ),
  linearized = sapply(kinds, function(k) linearized_se(plain, percent, poor, w, k, 0, 100),
    simplify = FALSE
  ),
  stratified = sapply(kinds, function(k) linearized_se(stratified, percent, poor, w, k, 0, 100),
    simplify = FALSE
  ),
  linear = slope(percent, poor, w),
  logistic = slope(percent, poor, w, 100)
)

# The example of WHO's package healthequal (see the test) with people counted once in the fit.
who <- list(
  estimate = c(75.60530, 91.01997, 96.03959, 97.04223, 99.22405),
  population = c(2072.436, 2112.204, 1983.059, 2052.124, 1884.510)
)
who_fit <- slope(who$estimate, 1:5, who$population, 100)
# As that package fits it: counts rounded, then weighted by people once more.
people <- ceiling(who$population)
yes <- round(who$estimate / 100 * people)
rank <- ridit(1:5, people)
fit <- glm(cbind(yes, people - yes) ~ rank, weights = people, family = quasibinomial("logit"))
ends <- as.numeric(predict(fit, data.frame(rank = c(0, 1)), type = "response"))
results$who <- list(
  once = who_fit,
  twice = list(slope_index = 100 * (ends[2] - ends[1]), ratio = ends[2] / ends[1])
)

cat(toJSON(list(
  made_with = list(
    R = as.character(getRversion()), survey = as.character(packageVersion("survey"))
  ),
  data = list(
    api00 = x, pct.resp = percent, meals = poor, enroll = apistrat$enroll, pw = w,
    stype = as.character(apistrat$stype)
  ),
  results = results
), auto_unbox = TRUE, digits = NA), "\n")
