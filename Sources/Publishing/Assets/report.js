"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const options = { renderer: "svg", formatLocale: { decimal: ".", thousands: ",", grouping: [3], currency: ["£", ""] },
    actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false } };
  if (innerWidth < 640) {
    Object.values(charts).forEach((chart) => { chart.config.axisY.labelLimit = 110; chart.config.legend.columns = 1; chart.config.axisX = { labelFontSize: 9 }; });
  }
  const drawn = Object.entries(charts).map(([id, chart]) =>
    vegaEmbed(document.getElementById("chart-" + id), chart, options));
  Promise.all(drawn).then(
    () => document.documentElement.dataset.charts = String(drawn.length),
    (fault) => { document.documentElement.dataset.fault = String(fault); throw fault; });
  // What is folded away on a screen is printed in full, but for figures that a chart shows.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")].filter((part) => !part.closest("figure"));
    folded.forEach((part) => { part.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((part) => { part.open = false; }));
})();
