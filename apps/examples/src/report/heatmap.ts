import { axisX, axisY, cell } from "@observablehq/plot";
import type { Bilingual } from "../example.ts";
import { html } from "./html.ts";
import { renderPlot } from "./plot.ts";
import type { Section } from "./report.ts";

/** Numbers in rows and columns, drawn as squares. */
interface Heatmap {
  readonly heading: Bilingual;
  readonly note: Bilingual;
  /** `[rows, columns]`: an empty square stands for 0, the darkest for what is farthest from it; orange is below 0. */
  readonly values: readonly (readonly number[])[];
  /** Columns with an arrow above them, whose numbers alone are written below. */
  readonly marked?: readonly number[];
  /** Under the columns and beside the rows. */
  readonly x: string;
  readonly y: string;
}

/**
 * A section with one square for each number, darker the farther from 0 it is; each tells its number under the pointer.
 *
 * @throws RangeError for numbers that are not finite or rows of different lengths
 */
export function heatmap({ heading, note, values, marked, x, y }: Heatmap): Section {
  const columns = values[0]?.length ?? 0;
  for (const [i, row] of values.entries()) {
    if (row.length !== columns) {
      throw new RangeError(`heatmap: row ${i} has ${row.length} numbers, the first ${columns} (${heading.en})`);
    }
    const odd = row.find((value) => !Number.isFinite(value));
    if (odd !== undefined) throw new RangeError(`heatmap: numbers must be finite, got ${odd} (${heading.en})`);
  }
  const farthest = Math.max(...values.flat().map(Math.abs), Number.MIN_VALUE);
  const cells = values.flatMap((row, i) => row.map((value, j) => ({ row: i, column: j, value })));
  const chart = renderPlot(heading.en, {
    width: 480,
    height: 420,
    marginLeft: 52,
    marginBottom: 44,
    padding: 0.04,
    style: { fontSize: "12px", overflow: "visible" },
    x: { label: x, round: false },
    y: { label: y, round: false },
    marks: [
      axisX({ tickSize: 0, label: x, labelAnchor: "center", labelArrow: "none", ticks: marked ?? numbered(columns) }),
      ...(marked === undefined
        ? []
        : [axisX({ anchor: "top", ticks: marked, tickSize: 0, tickFormat: () => "▼", label: null })]),
      axisY({ tickSize: 0, ticks: numbered(values.length), label: y, labelAnchor: "center", labelArrow: "none" }),
      cell(cells, {
        x: "column",
        y: "row",
        fill: ({ value }: Cell) => (value < 0 ? "var(--second)" : "var(--first)"),
        fillOpacity: ({ value }: Cell) => Math.abs(value) / farthest,
        title: ({ row, column, value }: Cell) => `${row}, ${column}: ${value.toFixed(3)}`,
      }),
    ],
    opacity: { type: "identity" },
    color: { type: "identity" },
  });
  return { heading, note, width: "half", figure: html`<figure class="chart">${chart}</figure>` };
}

/** The places of a row or column that are numbered: all, or of more than 20 as many as there is room for. */
const numbered = (count: number): number[] => {
  const every = Math.ceil(count / 20);
  return Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
};

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}
