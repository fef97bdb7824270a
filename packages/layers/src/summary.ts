import type { DType, Shape, Tensor } from "@dl/tensor";
import { type LayerReport, type ModelReport, measure } from "./measure.ts";
import type { AnyModule } from "./module.ts";

export interface SummaryOptions {
  /** Levels of modules inside modules that get a line of their own. Default all. */
  depth?: number;
  /** dtype of the input. Default float32; int32 for indices. */
  dtype?: DType;
}

/**
 * A table of a model's layers, their output shapes, parameters and multiply-adds (of matrix products and convolutions),
 * from one pass over zeros of `input` (or over the inputs given), in evaluation mode and without gradients. The model
 * stays as it was. Layers that the pass does not reach have no output shape; parameters that are shared count once. The
 * last lines are totals, and how many layers with parameters the longest path leads through (CAP). `measure` gives the
 * same as numbers.
 *
 * ```text
 * Layer        Output shape  Parameters  Multiply-adds
 * ────────────────────────────────────────────────────
 * Sequential   [5, 2]                 8             30
 *   0: Linear  [5, 2]                 8             30
 *   1: ReLU    [5, 2]                 0              0
 * ────────────────────────────────────────────────────
 * Multiply-adds: 30
 * Credit assignment path: 1 layer
 * Parameters: 8, of which 8 are learnt
 * ```
 *
 * @example
 * summary(new Linear(3, 2), [5, 3]).split("\n").at(-1); // => "Parameters: 8, of which 8 are learnt"
 */
export function summary(
  model: AnyModule,
  input: Shape | readonly Tensor[],
  { depth = Number.POSITIVE_INFINITY, dtype = "float32" }: SummaryOptions = {},
): string {
  const report = measure(model, input, { dtype });
  return tableText(rowsOf(model, report, depth), report);
}

type Row = readonly [name: string, shape: string, parameters: string, multiplyAdds: string];

function rowsOf(model: AnyModule, { layers }: ModelReport, depth: number): Row[] {
  const reports = new Map<AnyModule, LayerReport>([...layers.values()].map((each) => [each.module, each]));
  const rows: Row[] = [];
  const visit = (module: AnyModule, name: string, level: number): void => {
    const label = `${"  ".repeat(level)}${name === "" ? "" : `${name}: `}${module.constructor.name}`;
    const report = reports.get(module);
    const parameters = module.parameters().reduce((total, { size }) => total + size, 0);
    rows.push([label, shapesText(report), numberText(parameters), numberText(report?.multiplyAdds ?? 0)]);
    if (level < depth) for (const [key, child] of module.namedChildren()) visit(child, key, level + 1);
  };
  visit(model, "", 0);
  return rows;
}

const shapesText = (report: LayerReport | undefined): string =>
  (report?.outputShapes ?? []).map((shape) => `[${shape.join(", ")}]`).join(" ");

const numberText = (value: number): string => value.toLocaleString("en-US");

function tableText(rows: readonly Row[], { multiplyAdds, depth, parameters, learnt }: ModelReport): string {
  const head: Row = ["Layer", "Output shape", "Parameters", "Multiply-adds"];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: Row): string =>
    row
      .map((text, column) => (column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join("  ");
  const rule = "─".repeat(widths.reduce((total, width) => total + width, 2 * (widths.length - 1)));
  const totals = [
    `Multiply-adds: ${numberText(multiplyAdds)}`,
    `Credit assignment path: ${depth} ${depth === 1 ? "layer" : "layers"}`,
    `Parameters: ${numberText(parameters)}, of which ${numberText(learnt)} are learnt`,
  ];
  return [line(head), rule, ...rows.map(line), rule, ...totals].join("\n");
}
