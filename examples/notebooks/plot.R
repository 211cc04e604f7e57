# Reads the tables and draws spend of each model with 80 % intervals: Rscript plot.R [picture.png]
arguments <- commandArgs(trailingOnly = TRUE)
script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
here <- file.path(if (length(script)) dirname(script) else ".", "..", "..", "notebooks-data")
budget <- read.csv(file.path(here, "results", "budget.csv"), stringsAsFactors = FALSE)
spend <- subset(budget, line == "spend" & payer == "all" & tag == "all" & model != "england")
models <- unique(spend$model)
png(if (length(arguments)) arguments[1] else "spend.png", width = 320 * length(models), height = 320)
par(mfrow = c(1, length(models)), mar = c(3, 4, 2, 1))
for (name in models) {
  rows <- subset(spend, model == name)
  years <- as.integer(substr(rows$financial_year, 1, 4))
  plot(years, rows$mean / 1e6, type = "n", ylim = c(0, max(rows$p90) / 1e6), xlab = "", ylab = "spend, £m", main = name)
  polygon(c(years, rev(years)), c(rows$p10, rev(rows$p90)) / 1e6, col = "#0072B240", border = NA)
  lines(years, rows$mean / 1e6, col = "#0072B2", lwd = 2)
}
invisible(dev.off())
