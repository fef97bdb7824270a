import type { Tensor } from "@dl/tensor";
import { areaY, dot, gridY, lineY, type Markish } from "@observablehq/plot";
import type { Bilingual } from "../example.ts";
import { inGroups, mean } from "../groups.ts";
import { html } from "./html.ts";
import { renderPlot } from "./plot.ts";
import type { Section } from "./report.ts";

/** Lines over the course of a run. */
interface Curves {
  readonly heading: Bilingual;
  readonly note: Bilingual;
  /** One or two lines; the first is blue, the second orange. */
  readonly lines: readonly Curve[];
  /** Under the x axis. */
  readonly x: string;
  readonly y?: YAxis;
}

interface YAxis {
  /** `log` for what falls over several powers of ten, such as a loss. */
  readonly type?: "linear" | "log";
  /** From and to; else what the lines need. */
  readonly domain?: readonly [number, number];
  readonly percent?: boolean;
}

/** One line: up to 30 points are drawn with a dot each, more as means over a pale band from least to greatest. */
export interface Curve {
  readonly name: Bilingual;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Values that come one after another, as points: the first at 1. */
export const inOrder = (values: readonly number[]): (readonly [number, number])[] =>
  values.map((value, i) => [i + 1, value]);

/** The points of a function: each number of `x`, and the number of `y` in its place. */
export async function graph(x: Tensor, y: Tensor): Promise<(readonly [number, number])[]> {
  const [xs, ys] = [await x.read(), await y.read()];
  return Array.from(xs, (each, i) => [Number(each), Number(ys[i])]);
}

const dotted = 30;
const groups = 90;
const colours = ["var(--first)", "var(--second)"] as const;

/**
 * A section with one or two lines over a common x.
 *
 * @throws RangeError for no line or more than two
 */
export function curves({
  heading,
  note,
  lines,
  x,
  y: { type = "linear", domain, percent = false } = {},
}: Curves): Section {
  if (lines.length < 1 || lines.length > colours.length) {
    throw new RangeError(`curves: ${lines.length} lines, wanted 1 or 2 (${heading.en})`);
  }
  const marks = lines.flatMap(({ points }, i) => curveMarks(points, colours[i] ?? colours[0]));
  const chart = renderPlot(heading.en, {
    width: 480,
    height: 300,
    marginLeft: 48,
    marginBottom: 44,
    style: { fontSize: "12px", overflow: "visible" },
    x: { label: x, labelAnchor: "center", labelArrow: "none", ticks: 6 },
    y: {
      type,
      label: null,
      ticks: 6,
      ...(percent ? { percent: true, tickFormat: (value: number) => `${value} %` } : {}),
      ...(domain === undefined ? {} : { domain: percent ? domain.map((value) => 100 * value) : [...domain] }),
      ...(type === "log" ? { tickFormat: String } : {}),
    },
    marks: [gridY({ ticks: 6, strokeOpacity: 0.12 }), ...marks],
  });
  return {
    heading,
    note,
    width: "half",
    figure: html`<figure class="chart"><ul class="legend">${lines.map(
      ({ name }, i) => html`<li style="--colour:${colours[i]}">${name.en} ${name.ja}</li>`,
    )}</ul>${chart}</figure>`,
  };
}

function curveMarks(points: Curve["points"], colour: string): Markish[] {
  const finite = points.filter((point) => point.every(Number.isFinite));
  if (finite.length <= dotted) {
    const single = finite.map(([x, y]) => ({ x, y, title: `${x}: ${Number(y.toPrecision(4))}` }));
    return [
      lineY(single, { x: "x", y: "y", stroke: colour, strokeWidth: 2, clip: true }),
      dot(single, { x: "x", y: "y", fill: colour, r: 3.5, title: "title" }),
    ];
  }
  const grouped = inGroups(finite, groups).map(summarised);
  return [
    areaY(grouped, { x: "x", y1: "least", y2: "greatest", fill: colour, fillOpacity: 0.18, clip: true }),
    lineY(grouped, { x: "x", y: "mean", stroke: colour, strokeWidth: 2, clip: true }),
  ];
}

interface Group {
  readonly x: number;
  readonly least: number;
  readonly mean: number;
  readonly greatest: number;
}

function summarised(points: Curve["points"]): Group {
  const ys = points.map(([, y]) => y);
  return { x: points.at(-1)?.[0] ?? 0, least: Math.min(...ys), mean: mean(ys), greatest: Math.max(...ys) };
}
