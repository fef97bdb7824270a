import { readFileSync } from "node:fs";

/** Values of one array: those of float64, and by index those of PyTorch's float32 where they differ. */
export interface Expected {
  readonly values: Float32Array;
  readonly float32: ReadonlyMap<number, number>;
}

export interface Edge {
  /** The operands, each as long as the grid. */
  readonly inputs: readonly Float32Array[];
  readonly params: Readonly<Record<string, number>>;
  /** The value, a gradient for each operand, and for each gradient its own gradients, as far as PyTorch has them. */
  readonly results: readonly Expected[];
}

interface Stored {
  readonly grids: Readonly<Record<string, readonly (readonly (number | string)[])[]>>;
  readonly ops: Readonly<Record<string, StoredOp>>;
}

interface StoredOp {
  readonly grid: string;
  readonly params: Readonly<Record<string, number>>;
  readonly results: readonly { readonly values: string; readonly float32: Readonly<Record<string, number | string>> }[];
}

/** What `pytorch.py` wrote, by the name of the primitive. */
export function readEdges(): ReadonlyMap<string, Edge> {
  const { grids, ops } = JSON.parse(readFileSync(new URL("pytorch.json", import.meta.url), "utf8")) as Stored;
  return new Map(
    Object.entries(ops).map(([name, { grid, params, results }]) => {
      const inputs = product((grids[grid] ?? []).map((column) => column.map(parse)));
      return [
        name,
        {
          inputs,
          params,
          results: results.map(({ values, float32 }) => ({ values: decode(values), float32: sparse(float32) })),
        },
      ];
    }),
  );
}

/** Every combination of the columns' values; the last one changes fastest. */
function product(columns: readonly (readonly number[])[]): Float32Array[] {
  const size = columns.reduce((total, { length }) => total * length, 1);
  let step = size;
  return columns.map((column) => {
    step /= column.length;
    const each = step;
    return Float32Array.from({ length: size }, (_, i) => column[Math.floor(i / each) % column.length] as number);
  });
}

const parse = (value: number | string): number =>
  value === "inf" ? Number.POSITIVE_INFINITY : value === "-inf" ? Number.NEGATIVE_INFINITY : Number(value);

const sparse = (entries: Readonly<Record<string, number | string>>): Map<number, number> =>
  new Map(Object.entries(entries).map(([index, value]) => [Number(index), parse(value)]));

function decode(text: string): Float32Array {
  const bytes = Buffer.from(text, "base64");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
