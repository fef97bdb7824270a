import { axisX, axisY, cell } from "@observablehq/plot";
import type { Bilingual } from "../example.ts";
import { html } from "./html.ts";
import { renderPlot } from "./plot.ts";
import type { Section } from "./report.ts";

/** Numbers in rows and columns, drawn as squares. */
interface Heatmap {
  readonly heading: Bilingual;
  readonly note: Bilingual;
  /** `[rows, columns]`: the darkest square stands for the greatest, an empty one for 0. */
  readonly values: readonly (readonly number[])[];
  /** Under the columns and beside the rows. */
  readonly x: string;
  readonly y: string;
}

/**
 * A section with one square for each number, darker the greater it is; each tells its number under the pointer.
 *
 * @throws RangeError for negative numbers or rows of different lengths
 */
export function heatmap({ heading, note, values, x, y }: Heatmap): Section {
  const columns = values[0]?.length ?? 0;
  for (const [i, row] of values.entries()) {
    if (row.length !== columns) {
      throw new RangeError(`heatmap: row ${i} has ${row.length} numbers, the first ${columns} (${heading.en})`);
    }
    const below = row.find((value) => !(value >= 0));
    if (below !== undefined)
      throw new RangeError(`heatmap: numbers must not be negative, got ${below} (${heading.en})`);
  }
  const greatest = Math.max(...values.flat(), Number.MIN_VALUE);
  const cells = values.flatMap((row, i) => row.map((value, j) => ({ row: i, column: j, value })));
  const chart = renderPlot(heading.en, {
    width: 480,
    height: 420,
    marginLeft: 52,
    marginBottom: 44,
    padding: 0.04,
    style: { fontSize: "12px", overflow: "visible" },
    x: { label: x },
    y: { label: y },
    marks: [
      axisX({ tickSize: 0, label: x, labelAnchor: "center", labelArrow: "none" }),
      axisY({ tickSize: 0, label: y, labelAnchor: "center", labelArrow: "none" }),
      cell(cells, {
        x: "column",
        y: "row",
        fill: "var(--first)",
        fillOpacity: ({ value }: Cell) => value / greatest,
        title: ({ row, column, value }: Cell) => `${row}, ${column}: ${value.toFixed(3)}`,
      }),
    ],
    opacity: { type: "identity" },
    color: { type: "identity" },
  });
  return { heading, note, width: "half", figure: html`<figure class="chart">${chart}</figure>` };
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}
