# Oracle values for decompositions by subgroup and by source, by definitions written out.
#
#   Rscript tests/inequality/oracles/decomposition.R > tests/inequality/oracles/decomposition.json
#
# Debian packages r-base-core, r-cran-laeken, r-cran-jsonlite. The data are rows of `eusilc`, the
# synthetic Austrian household survey that comes with `laeken`: equivalised income by region
# (db040), regions in the three parts of the country, and four sources of personal income.

suppressMessages({
  library(laeken)
  library(jsonlite)
})
data(eusilc)

parts <- c("py010n", "py090n", "py100n", "hy050n")
whole <- eusilc[complete.cases(eusilc[, parts]) & eusilc$eqIncome > 0, ]
whole <- whole[rowSums(whole[, parts]) > 0 & apply(whole[, parts] >= 0, 1, all), ]
rows <- whole[seq(1, nrow(whole), length.out = 180), ]
x <- rows$eqIncome
region <- as.character(rows$db040)
country_part <- ifelse(region %in% c("Burgenland", "Lower Austria", "Vienna"), "East",
  ifelse(region %in% c("Carinthia", "Styria"), "South", "West")
)
w <- rows$rb050

ge <- function(x, w, a) {
  p <- w / sum(w)
  r <- x / sum(p * x)
  if (a == 0) return(-sum(p * log(r)))
  if (a == 1) return(sum(p * r * log(r)))
  (sum(p * r^a) - 1) / (a * (a - 1))
}
gini <- function(x, w) {
  p <- w / sum(w)
  sum(outer(p, p) * abs(outer(x, x, "-"))) / (2 * sum(p * x))
}
mean_by <- function(x, w, g) tapply(w * x, g, sum) / tapply(w, g, sum)

entropy <- function(a) {
  people <- tapply(w, region, sum) / sum(w)
  means <- mean_by(x, w, region)
  mean <- weighted.mean(x, w)
  inside <- sapply(names(people), function(g) ge(x[region == g], w[region == g], a))
  list(
    total = ge(x, w, a),
    within = sum(people * (means / mean)^a * inside),
    between = ge(as.numeric(means), as.numeric(people), a),
    index = as.list(inside),
    group_within = as.list(people * (means / mean)^a * inside)
  )
}

# Akita's components, each from its own definition.
nested <- function(a) {
  mean <- weighted.mean(x, w)
  outer_people <- tapply(w, country_part, sum) / sum(w)
  outer_means <- mean_by(x, w, country_part)
  inner <- sapply(names(outer_people), function(o) {
    here <- country_part == o
    people <- tapply(w[here], region[here], sum)
    ge(as.numeric(mean_by(x[here], w[here], region[here])), as.numeric(people), a)
  })
  people <- tapply(w, region, sum) / sum(w)
  means <- mean_by(x, w, region)
  inside <- sapply(names(people), function(g) ge(x[region == g], w[region == g], a))
  list(
    between_outer = ge(as.numeric(outer_means), as.numeric(outer_people), a),
    between_inner = sum(outer_people * (outer_means / mean)^a * inner),
    within_inner = sum(people * (means / mean)^a * inside)
  )
}

# Dagum (1997), from pairs of units.
dagum <- function() {
  labels <- sort(unique(region))
  mean <- weighted.mean(x, w)
  people <- sapply(labels, function(g) sum(w[region == g]) / sum(w))
  means <- sapply(labels, function(g) weighted.mean(x[region == g], w[region == g]))
  held <- people * means / mean
  ratio <- relative <- matrix(0, length(labels), length(labels), dimnames = list(labels, labels))
  net <- trans <- 0
  for (j in labels) {
    for (h in labels) {
      if (means[j] < means[h] || j == h) next
      gap <- outer(x[region == j], x[region == h], "-")
      weight <- outer(w[region == j], w[region == h])
      d <- sum(weight * pmax(gap, 0)) / sum(weight)
      p <- sum(weight * pmax(-gap, 0)) / sum(weight)
      ratio[j, h] <- ratio[h, j] <- (d + p) / (means[j] + means[h])
      relative[j, h] <- relative[h, j] <- (d - p) / (d + p)
      shares <- people[j] * held[h] + people[h] * held[j]
      net <- net + ratio[j, h] * relative[j, h] * shares
      trans <- trans + ratio[j, h] * (1 - relative[j, h]) * shares
    }
  }
  inside <- sapply(labels, function(g) gini(x[region == g], w[region == g]))
  list(
    total = gini(x, w), within = sum(people * held * inside),
    net_between = as.numeric(net), transvariation = as.numeric(trans),
    between_means = gini(means, people), gini = as.list(inside), labels = labels, ratio = ratio,
    relative_affluence = relative
  )
}

sources <- as.matrix(rows[, parts])
total <- rowSums(sources)
rank_of <- function(r) {
  sapply(r, function(one) sum(w[r < one]) + sum(w[r == one]) / 2) / sum(w)
}
covariance <- function(a, b) cov.wt(cbind(a, b), wt = w / sum(w), method = "ML")$cov[1, 2]
lerman_yitzhaki <- sapply(parts, function(k) {
  y <- sources[, k]
  share <- sum(w * y) / sum(w * total)
  own <- gini(y, w)
  correlation <- covariance(y, rank_of(total)) / covariance(y, rank_of(y))
  list(
    share = share, gini = own, correlation = correlation, contribution = share * own * correlation,
    marginal_effect = share * own * correlation / gini(total, w) - share
  )
}, simplify = FALSE)
natural <- sapply(parts, function(k) covariance(sources[, k], total) / covariance(total, total),
  simplify = FALSE
)

# Shapley over every order of the sources.
orders <- function(v) {
  if (length(v) < 2) return(list(v))
  do.call(c, lapply(seq_along(v), function(i) lapply(orders(v[-i]), function(r) c(v[i], r))))
}
shapley <- function(measure, equalized) {
  means <- colSums(w * sources) / sum(w)
  worth <- function(s) {
    if (length(s) == 0) return(0)
    rest <- if (equalized) sum(means[setdiff(parts, s)]) else 0
    measure(rowSums(sources[, s, drop = FALSE]) + rest, w)
  }
  value <- setNames(numeric(length(parts)), parts)
  every <- orders(parts)
  for (o in every) {
    for (i in seq_along(o)) {
      value[o[i]] <- value[o[i]] + worth(o[seq_len(i)]) - worth(o[seq_len(i - 1)])
    }
  }
  as.list(value / length(every))
}
half_cv2 <- function(x, w) ge(x, w, 2)

cat(toJSON(list(
  made_with = list(
    R = as.character(getRversion()), laeken = as.character(packageVersion("laeken"))
  ),
  data = list(
    income = x, region = region, country_part = country_part, weight = w,
    sources = as.list(as.data.frame(sources))
  ),
  results = list(
    entropy = list("-1" = entropy(-1), "0" = entropy(0), "1" = entropy(1), "2" = entropy(2)),
    nested = list("0" = nested(0), "1" = nested(1), "2" = nested(2)),
    dagum = dagum(),
    gini_of_sources = gini(total, w),
    lerman_yitzhaki = lerman_yitzhaki,
    natural = natural,
    shapley = list(
      gini_equalized = shapley(gini, TRUE), gini_zero = shapley(gini, FALSE),
      half_cv2_equalized = shapley(half_cv2, TRUE), half_cv2_zero = shapley(half_cv2, FALSE)
    )
  )
), auto_unbox = TRUE, digits = NA), "\n")
