import type { Node } from "../../formula/ast.ts";
import { hasRelaxedSimd } from "../../formula/wasm.ts";
import { canEmitUpdate, emitUpdates } from "../../formula/wasm-updates.ts";
import { collapse } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import type { Engine } from "./engine.ts";
import { Loops } from "./loops.ts";
import type { Kernel, RowSplit } from "./threads/split.ts";

/** Several formulas over the same elements as one SIMD kernel, generated on first use. */
export class UpdateKernel {
  readonly #formulas: () => readonly Node[];
  readonly #inputs: readonly string[];
  readonly #params: readonly string[];
  #emits: boolean | undefined;
  readonly #loops = new Loops<"only">();

  constructor(formulas: () => readonly Node[], inputs: readonly string[], params: readonly string[]) {
    this.#formulas = formulas;
    this.#inputs = inputs;
    this.#params = params;
  }

  /** How operands lie that the kernel can take: float32 in rows of neighbouring elements. */
  rowsOf(operands: readonly Tensor[]): Rows | undefined {
    for (const { dtype, isNumber, size } of operands)
      if (dtype !== "float32" || isNumber || size === 0) return undefined;
    this.#emits ??= this.#formulas().every(canEmitUpdate);
    return this.#emits ? rowsOf(operands) : undefined;
  }

  /** `operands` are the inputs, then the targets. */
  run({ n, rows, steps }: Rows, operands: readonly Tensor[], params: readonly number[], engine: Engine): void {
    const places = operands.map((operand) => engine.address(operand));
    const run = this.#loops.get("only", engine) ?? this.#made(operands.length, engine);
    run(n, rows, ...places, ...steps, ...params);
  }

  #made(operands: number, engine: Engine): Kernel {
    const bytes = emitUpdates({
      formulas: this.#formulas(),
      inputs: this.#inputs,
      params: this.#params,
      relaxed: hasRelaxedSimd(),
      sharedMemory: engine.isShared,
    });
    const split: RowSplit = {
      rows: 0,
      // threads take elements, where all lie side by side
      steps: ([, rows]) => (rows === 1 ? [0, 0, ...Array.from({ length: operands }, () => 4)] : undefined),
      cost: () => 0.3 * operands,
      multiple: 64,
    };
    return this.#loops.add("only", bytes, split, engine);
  }
}

export interface Rows {
  readonly n: number;
  readonly rows: number;
  /** From one row to the next, in bytes, for each operand. */
  readonly steps: readonly number[];
}

/** All operands have one shape. */
function rowsOf(operands: readonly Tensor[]): Rows | undefined {
  const [{ shape, size }] = operands as readonly [Tensor];
  if (operands.every(({ isContiguous }) => isContiguous)) return { n: size, rows: 1, steps: operands.map(() => 0) };
  const all = operands.map(({ strides }) => strides);
  const walk = shape.length === 2 ? { shape, strides: all } : collapse(shape, all);
  if (walk.shape.length > 2 || walk.strides.some((own) => own.at(-1) !== 1)) return undefined;
  const [rows, n] = walk.shape.length === 2 ? (walk.shape as [number, number]) : [1, walk.shape[0] as number];
  return { n, rows, steps: walk.strides.map((own) => (own.length === 2 ? 4 * (own[0] as number) : 0)) };
}
