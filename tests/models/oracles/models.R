# Oracle values for the models: R's own glm and lm, glm.nb of MASS, localmoran, moran.test and
# lm.morantest of spdep.
#
#   Rscript tests/models/oracles/models.R > tests/models/oracles/models.json
#
# Debian packages r-base-core, r-cran-mass, r-cran-spdep, r-cran-jsonlite. The data
# are the days absent from school of MASS (quine), with exposures, sizes and clusters made up.

suppressMessages({
  library(MASS)
  library(spdep)
  library(jsonlite)
})

n <- nrow(quine)
data <- data.frame(
  days = quine$Days,
  exposure = 50 + (seq_len(n) * 37) %% 101,
  boy = as.numeric(quine$Sex == "M"),
  slow = as.numeric(quine$Lrn == "SL"),
  size = log2(1 + (seq_len(n) * 53) %% 89),
  cluster = (seq_len(n) * 7) %% 11
)
told <- function(fit, keep = c("boy", "slow", "size")) as.list(coef(fit)[keep])

formula <- days ~ boy + slow + size + offset(log(exposure))
pois <- glm(formula, poisson, data, control = glm.control(epsilon = 1e-14))
negative <- glm.nb(formula, data, control = glm.control(epsilon = 1e-14, maxit = 100))
within <- glm(update(formula, . ~ . + factor(cluster)), poisson, data)
present <- subset(data, days > 0)
linear <- lm(log(days / exposure) ~ boy + slow + size, present)
logit <- glm(I(days == 0) ~ boy + slow + size, binomial, data)
leave_out <- function(fit, frame) {
  # the jackknife by fitting again without each cluster, about the estimate of all
  names <- c("boy", "slow", "size")
  groups <- unique(frame$cluster)
  g <- length(groups)
  moved <- sapply(groups, function(h) {
    again <- update(fit, data = frame[frame$cluster != h, ])
    coef(again)[names] - coef(fit)[names]
  })
  as.list(sqrt((g - 1) / g * rowSums(moved^2)))
}

side <- 7
w <- nb2listw(cell2nb(side, side), style = "W")
surface <- ((seq_len(side^2) * 17) %% 23) + rep(seq_len(side), each = side) * 2
lm_surface <- lm(surface ~ x, data.frame(x = (seq_len(side^2) * 5) %% 13))
of_residuals <- lm.morantest(lm_surface, w)

out <- list(
  data = data,
  poisson = list(
    estimate = told(pois), explained = 1 - pois$deviance / pois$null.deviance,
    log_likelihood = as.numeric(logLik(pois)), pearson = sum(residuals(pois, "pearson")^2) /
      pois$df.residual, leave_out = leave_out(pois, data)
  ),
  negative_binomial = list(
    estimate = told(negative), alpha = 1 / negative$theta,
    explained = 1 - negative$deviance / negative$null.deviance,
    log_likelihood = as.numeric(logLik(negative))
  ),
  within = list(estimate = told(within)),
  log_linear = list(
    estimate = told(linear), explained = summary(linear)$r.squared,
    log_likelihood = as.numeric(logLik(linear)), leave_out = leave_out(linear, present)
  ),
  logit = list(
    estimate = told(logit), explained = 1 - logit$deviance / logit$null.deviance,
    log_likelihood = as.numeric(logLik(logit))
  ),
  surface = list(
    side = side, values = surface, columns = (seq_len(side^2) * 5) %% 13,
    local = as.numeric(localmoran(surface, w)[, "Ii"]),
    moran = as.numeric(moran.test(surface, w)$estimate["Moran I statistic"]),
    residual_moran = as.numeric(of_residuals$estimate["Observed Moran I"]),
    residual_expected = as.numeric(of_residuals$estimate["Expectation"]),
    residual_sd = sqrt(as.numeric(of_residuals$estimate["Variance"]))
  )
)
cat(toJSON(out, dataframe = "columns", digits = 14, auto_unbox = TRUE, pretty = TRUE), "\n")
