import { shapeText, type Tensor } from "@dl/tensor";
import type { BackwardExplanation } from "./explain.ts";

const head = ["step", "op", "output", "upstream", "to", "local derivative", "upstream · local"];

/** A row for every input of every step, then the leaves. */
export function explanationTable({ steps, leaves }: Pick<BackwardExplanation, "steps" | "leaves">): string {
  const rows = steps.flatMap(({ number, op, shape, upstream, inputs }) =>
    inputs.map(({ name, from, local, gradient }, index) => [
      ...(index === 0 ? [String(number), op, shapeText(shape), valuesText(upstream)] : ["", "", "", ""]),
      `${name}: ${from}`,
      local === undefined ? "too large" : valuesText(local),
      valuesText(gradient),
    ]),
  );
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [head, widths.map((width) => "-".repeat(width)), ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const sums = leaves.map(({ name, gradient }) => `gradient of ${name}: ${valuesText(gradient)}`);
  return [...lines, "", ...sums].join("\n");
}

/** Up to four elements, to four digits; of more the shape and a few. */
function valuesText(x: Tensor): string {
  const all = x.detach().toArray();
  const first = Array.from(all.subarray(0, 4), (value) => String(Number(value.toPrecision(4)))).join(" ");
  return all.length > 4 ? `${shapeText(x.shape)} ${first} …` : first;
}
