import { noGrad } from "@dl/autograd";
import { type DType, type Shape, Tensor, zeros } from "@dl/tensor";
import type { AnyModule } from "./module.ts";

export interface SummaryOptions {
  /** Levels of modules inside modules that get a line of their own. Default all. */
  depth?: number;
  /** dtype of the input. Default float32; int32 for indices. */
  dtype?: DType;
}

/**
 * A table of a model's layers, their output shapes and parameters, from one pass over zeros of `inputShape` (or over the
 * inputs given), in evaluation mode and without gradients. The model stays as it was. Layers that the pass does not reach
 * have no output shape; parameters that are shared count once.
 *
 * ```text
 * Layer        Output shape  Parameters
 * ─────────────────────────────────────
 * Sequential   [5, 2]                 8
 *   0: Linear  [5, 2]                 8
 *   1: ReLU    [5, 2]                 0
 * ─────────────────────────────────────
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
  const inputs = isTensors(input) ? input : [zeros(input, { dtype })];
  const shapes = outputShapes(model, inputs);
  const rows = rowsOf(model, shapes, depth);
  return tableText(rows, model);
}

const isTensors = (input: Shape | readonly Tensor[]): input is readonly Tensor[] => input[0] instanceof Tensor;

/** Runs the model once and notes what each module gave. */
function outputShapes(model: AnyModule, inputs: readonly Tensor[]): Map<AnyModule, string> {
  const shapes = new Map<AnyModule, string>();
  const modules = model.modules();
  const modes = modules.map((module) => module.training);
  const restore = modules.map((module) => listen(module, (output) => shapes.set(module, shapeOf(output))));
  try {
    noGrad(() => {
      model.eval();
      Reflect.apply(model.forward, model, inputs);
    });
  } finally {
    modules.forEach((module, i) => {
      module.training = modes[i] as boolean;
      restore[i]?.();
    });
  }
  return shapes;
}

/** Puts a `forward` that tells its result in front of the module's own. Returns what takes it away again. */
function listen(module: AnyModule, tell: (output: unknown) => void): () => void {
  const forward = module.forward;
  const before = Object.getOwnPropertyDescriptor(module, "forward");
  const value = (...inputs: unknown[]): unknown => {
    const output: unknown = Reflect.apply(forward, module, inputs);
    tell(output);
    return output;
  };
  Object.defineProperty(module, "forward", { value, configurable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(module, "forward");
    else Object.defineProperty(module, "forward", before);
  };
}

function shapeOf(output: unknown): string {
  if (output instanceof Tensor) return `[${output.shape.join(", ")}]`;
  if (typeof output !== "object" || output === null) return "";
  return Object.values(output)
    .map(shapeOf)
    .filter((text) => text !== "")
    .join(" ");
}

type Row = readonly [name: string, shape: string, parameters: string];

function rowsOf(model: AnyModule, shapes: ReadonlyMap<AnyModule, string>, depth: number): Row[] {
  const rows: Row[] = [];
  const visit = (module: AnyModule, name: string, level: number): void => {
    const label = `${"  ".repeat(level)}${name === "" ? "" : `${name}: `}${module.constructor.name}`;
    rows.push([label, shapes.get(module) ?? "", count(module, () => true)]);
    if (level < depth) for (const [key, child] of module.namedChildren()) visit(child, key, level + 1);
  };
  visit(model, "", 0);
  return rows;
}

function count(module: AnyModule, wanted: (parameter: Tensor) => boolean): string {
  const total = module.parameters().reduce((sum, parameter) => sum + (wanted(parameter) ? parameter.size : 0), 0);
  return total.toLocaleString("en-US");
}

function tableText(rows: readonly Row[], model: AnyModule): string {
  const head: Row = ["Layer", "Output shape", "Parameters"];
  const all = [head, ...rows];
  const width = (column: 0 | 1 | 2): number => Math.max(...all.map((row) => row[column].length));
  const line = ([name, shape, parameters]: Row): string =>
    `${name.padEnd(width(0))}  ${shape.padEnd(width(1))}  ${parameters.padStart(width(2))}`;
  const rule = "─".repeat(width(0) + width(1) + width(2) + 4);
  const learnt = count(model, (parameter) => parameter.requiresGrad);
  const total = `Parameters: ${count(model, () => true)}, of which ${learnt} are learnt`;
  return [line(head), rule, ...rows.map(line), rule, total].join("\n");
}
