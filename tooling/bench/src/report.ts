import { barX, dot, gridX, plot, ruleX, tickX } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { names as libraries } from "./libraries.ts";
import { factor, meanRatio, medianOf, milliseconds, type Row, ratio } from "./table.ts";

interface List {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A page that needs nothing else: the chart of times relative to PyTorch, and every number in a table. */
export function report(
  heading: readonly string[],
  lists: readonly List[],
  { where = "one core", names = libraries }: { readonly where?: string; readonly names?: readonly string[] } = {},
): string {
  const [first] = lists;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Benchmark of @dl</title>
<style>${style}</style>
<main>
<h1>Benchmark of @dl on ${where}</h1>
<ul>${heading.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>
${first === undefined ? "" : `<figure>${chart(first.rows, names)}</figure>`}
${lists.map(({ title, rows }) => `<h2>${escaped(title)}</h2>${table(rows, names)}`).join("\n")}
</main>
</html>
`;
}

/** Relative to PyTorch where it ran, else to ours. */
function chart(rows: readonly Row[], names: readonly string[]): string {
  const base = rows.some(({ results }) => medianOf(results, "pytorch") !== undefined) ? "pytorch" : "dl";
  const points = rows.flatMap(({ case: { id }, results }) =>
    results.flatMap(({ name, medianMs }) => {
      const unit = medianOf(results, base);
      return medianMs === undefined || unit === undefined ? [] : [{ id, name, time: medianMs / unit }];
    }),
  );
  const aims = rows.flatMap(({ case: { id, target } }) => (target === undefined ? [] : [{ id, target }]));
  const ours = points.filter(({ name }) => name === "dl");
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const drawn = plot({
    document,
    ariaLabel: `time of each library relative to ${base}`,
    width: 1000,
    height: 60 + 24 * rows.length,
    marginLeft: 120,
    x: { type: "log", label: `time relative to ${base}, lower is better`, grid: true, tickFormat: "~g" },
    y: { domain: rows.map(({ case: { id } }) => id), label: null },
    color: { domain: [...names], range: colours.slice(0, names.length), legend: true },
    marks: [
      gridX({ stroke: "currentColor", strokeOpacity: 0.1 }),
      ruleX([1], { stroke: "currentColor" }),
      barX(ours, { y: "id", x1: 1, x2: "time", fill: "name", fillOpacity: 0.25 }),
      dot(points, { y: "id", x: "time", fill: "name", r: 4.5 }),
      ...(base === "pytorch"
        ? [tickX(aims, { y: "id", x: "target", stroke: "currentColor", strokeDasharray: "2 2" })]
        : []),
    ],
  });
  return `${drawn.outerHTML}<figcaption>Dashed: the aim of the case. Dots left of 1 are faster than ${base}.</figcaption>`;
}

function table(rows: readonly Row[], names: readonly string[]): string {
  const shown = names.filter((name) => rows.some(({ results }) => results.some((result) => result.name === name)));
  const head = shown
    .map((name) => `<th>${name} ms</th>${name === "dl" ? "<th>spread</th>" : "<th>dl /</th>"}`)
    .join("");
  const lines = rows.map((row) => {
    const cells = shown.map((name) => {
      const result = row.results.find((each) => each.name === name);
      const second = name !== "dl" ? factor(ratio(row, name)) : percent(result?.spread);
      return `<td title="${escaped(result?.remark ?? "")}">${milliseconds(result?.medianMs)}</td><td>${second}</td>`;
    });
    return `<tr><th title="${escaped(row.case.title)}">${row.case.id}</th>${cells.join("")}<td>${row.case.target ?? ""}</td></tr>`;
  });
  const means = shown.map((name) => `<td></td><td>${name === "dl" ? "" : factor(meanRatio(rows, name)?.mean)}</td>`);
  return `<div class="wide"><table><thead><tr><th>case</th>${head}<th>aim</th></tr></thead>
<tbody>${lines.join("\n")}</tbody>
<tfoot><tr><th>geometric mean</th>${means.join("")}<td></td></tr></tfoot></table></div>`;
}

const percent = (share: number | undefined): string => (share === undefined ? "" : `${(100 * share).toFixed(0)} %`);

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const colours = ["#d6451b", "#f08c4a", "#6b46c1", "#d69e2e", "#b7a26a", "#2b8a5b", "#8a8f98", "#3f7fb5"] as const;

const style = `
:root { color-scheme: light dark; }
body { margin: 0; background: light-dark(#f6f7f9, #14161a); color: light-dark(#1b1f27, #e8eaee); font: 15px/1.6 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px; }
ul { padding-left: 18px; }
figure { margin: 24px 0; padding: 16px; border-radius: 10px; background: light-dark(#fff, #1d2026); overflow-x: auto; }
figure svg { background: none !important; color: inherit; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; }
th, td { padding: 3px 8px; text-align: right; font-weight: 400; }
tbody tr:nth-child(odd) { background: light-dark(#fff, #1d2026); }
th:first-child { text-align: left; }
thead th, tfoot * { font-weight: 600; }
`;
