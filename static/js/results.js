// The lines of figures, in the colours of the theme.
// Reads: [data-chart="<id>"] with a canvas, hidden until it is drawn; #<id> holds what
// measurement.chart.chart_data says.
import { Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";
import { onNew } from "./parts/on_new.js";

Chart.register(Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;

const LOOKS = {
  read: { colour: "--accent", pointRadius: 4 },
  target: { colour: "--good", borderDash: [6, 4], pointRadius: 0 },
  way: { colour: "--line-strong", borderDash: [2, 4], pointRadius: 0 },
};
const drawn = new Set();

function paint(chart) {
  const { canvas } = chart;
  const colourOf = (name) => {
    canvas.style.color = `var(${name})`; // the browser knows which of light and dark it is
    return getComputedStyle(canvas).color;
  };
  for (const line of chart.data.datasets) {
    line.borderColor = line.backgroundColor = colourOf(LOOKS[line.look].colour);
  }
  const { x, y } = chart.options.scales;
  for (const scale of [x, y]) {
    scale.grid.color = colourOf("--line");
    scale.ticks.color = colourOf("--ink-2");
  }
  chart.options.plugins.legend.labels.color = colourOf("--ink-2");
  chart.update();
}

function optionsFor({ first, last, ends }) {
  return {
    animation: false,
    maintainAspectRatio: false,
    interaction: { mode: "nearest", axis: "x", intersect: false },
    scales: {
      x: {
        type: "linear",
        min: first,
        max: last,
        grid: { display: false },
        afterBuildTicks: (axis) => (axis.ticks = [{ value: first }, { value: last }]),
        ticks: { callback: (_value, at) => ends[at], align: "inner", maxRotation: 0, autoSkip: false },
      },
      y: { grid: {}, ticks: { maxTicksLimit: 5 } },
    },
    plugins: {
      legend: { position: "bottom", labels: { boxHeight: 0, boxWidth: 24 } },
      tooltip: {
        filter: ({ dataset }) => dataset.look === "read",
        callbacks: {
          title: (found) => found[0]?.raw.day ?? "",
          label: ({ raw }) => raw.number,
        },
      },
    },
  };
}

onNew("[data-chart]", (place) => {
  const said = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const datasets = said.lines.map(({ name, look, points }) => {
    const { colour: _colour, ...rest } = LOOKS[look];
    return { label: name, look, data: points, borderWidth: 2, ...rest };
  });
  place.hidden = false;
  const chart = new Chart(place.querySelector("canvas"), {
    type: "line",
    data: { datasets },
    options: optionsFor(said),
  });
  drawn.add(chart);
  paint(chart);
});

new MutationObserver(() => drawn.forEach(paint)).observe(document.documentElement, {
  attributeFilter: ["data-bs-theme"],
});
