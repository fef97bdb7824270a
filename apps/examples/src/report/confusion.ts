import { axisX, axisY, cell, text } from "@observablehq/plot";
import { html } from "./html.ts";
import { renderPlot } from "./plot.ts";
import type { Section } from "./report.ts";

/**
 * A section with the confusion matrix: right answers blue, mistakes orange and darker the more there are.
 *
 * @param counts `[classes, classes]`: how often the true class (row) was read as the predicted class (column)
 * @param labels the names of the classes
 * @throws RangeError if there is not one row and one column per label
 */
export function confusionMatrix(counts: readonly (readonly number[])[], labels: readonly string[]): Section {
  if (counts.length !== labels.length || counts.some((row) => row.length !== labels.length)) {
    const sizes = counts.map((row) => row.length).join(", ");
    throw new RangeError(`confusionMatrix: ${labels.length} labels, but ${counts.length} rows of ${sizes} counts`);
  }
  const cells = counts.flatMap((row, i) =>
    row.map((count, j) => cellOf(count, labels[i] ?? "", labels[j] ?? "", i === j)),
  );
  const worst = Math.max(1, ...cells.filter(({ right }) => !right).map(({ count }) => count));
  const recalls = counts.map((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return { truth: labels[i], shown: total === 0 ? "–" : `${((100 * (row[i] ?? 0)) / total).toFixed(1)} %` };
  });
  const place = { x: "predicted", y: "truth" } as const;
  const chart = renderPlot("Confusion matrix", {
    width: 760,
    height: 480,
    marginLeft: 64,
    marginRight: 72,
    marginTop: 48,
    marginBottom: 8,
    padding: 0.06,
    style: { fontSize: "13px", overflow: "visible" },
    x: { domain: [...labels], label: null },
    y: { domain: [...labels], label: null },
    marks: [
      axisX({ anchor: "top", tickSize: 0, label: "predicted 予測", labelAnchor: "center", labelArrow: "none" }),
      axisY({ tickSize: 0, label: "true 正解", labelAnchor: "center", labelArrow: "none", labelOffset: 52 }),
      cell(cells, {
        ...place,
        rx: 3,
        fill: ({ count, right }: Cell) => (count === 0 ? "var(--line)" : right ? "var(--first)" : "var(--second)"),
        fillOpacity: ({ count, right }: Cell) => (right || count === 0 ? 0.35 : 0.15 + 0.45 * Math.sqrt(count / worst)),
        title: ({ truth, predicted, count }: Cell) => `${truth} → ${predicted}: ${count}`,
      }),
      text(cells, { ...place, text: ({ count }: Cell) => (count === 0 ? "" : count.toLocaleString("en")) }),
      text(recalls, { y: "truth", text: "shown", frameAnchor: "right", textAnchor: "end", dx: 64 }),
    ],
    color: { type: "identity" },
    opacity: { type: "identity" },
  });
  return {
    heading: { en: "Confusion matrix", ja: "混同行列" },
    note: {
      en: "Rows: the true class. Columns: the class the model chose. Right: share of the row that is right.",
      ja: "行は正解、列はモデルの答え。右端はその行の正解率。",
    },
    width: "full",
    figure: html`<figure class="chart wide">${chart}</figure>`,
  };
}

interface Cell {
  readonly count: number;
  readonly truth: string;
  readonly predicted: string;
  readonly right: boolean;
}

function cellOf(count: number, truth: string, predicted: string, right: boolean): Cell {
  return { count, truth, predicted, right };
}
