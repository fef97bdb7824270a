import { type Tensor, tensor } from "@dl/tensor";

/** What becomes of a column: a tensor of that dtype, numbers for names, or the words as they are. */
export type ColumnKind = "float32" | "float64" | "int32" | "category" | "text";

/** The wanted columns by name. */
export type Columns = Readonly<Record<string, ColumnKind>>;

/** A column of names as numbers. */
export interface Category {
  /** `[rows]`, int32: places in `names`. */
  readonly codes: Tensor;
  /** The different names in the order of the alphabet. */
  readonly names: readonly string[];
}

/** The columns that `C` asks for. */
export interface Table<C extends Columns> {
  /** Rows that were kept. */
  readonly length: number;
  /** Rows left out because a wanted value was missing. */
  readonly skipped: number;
  readonly columns: { readonly [K in keyof C]: ColumnOf<C[K]> };
}

export type ColumnOf<K extends ColumnKind> = K extends "category" ? Category : K extends "text" ? string[] : Tensor;

export interface TableOptions<C extends Columns> {
  readonly columns: C;
  /** A row with a missing value in a wanted column is an error, or is left out. Default `"error"`. */
  readonly missing?: "error" | "skip";
  /** What stands for a missing value, beside null and undefined. Default `["", "NA"]`. */
  readonly missingValues?: readonly string[];
  /** How errors name the data. Default `"table"`. */
  readonly name?: string;
  /** The number by which errors call the first row. Default 1. */
  readonly firstRow?: number;
}

/**
 * Columns of records, as `JSON.parse` gives them. Shape of a column of numbers `[rows]`.
 *
 * Errors: a column that is not there, a missing value (with its row and column), a value that is no number, an int32 that
 * is none.
 *
 * @example
 * const rows = [{ kind: "cat", legs: 4 }, { kind: "ant", legs: 6 }];
 * const { columns } = readTable(rows, { columns: { kind: "category", legs: "float32" } });
 * [columns.legs.tolist(), columns.kind.codes.tolist(), columns.kind.names]; // => [[4, 6], [1, 0], ["ant", "cat"]]
 */
export function readTable<const C extends Columns>(
  rows: readonly Readonly<Record<string, unknown>>[],
  { columns, missing = "error", missingValues = ["", "NA"], name = "table", firstRow = 1 }: TableOptions<C>,
): Table<C> {
  const wanted = Object.keys(columns);
  checkNames(rows, wanted, name);
  const absent = (value: unknown): boolean =>
    value === null || value === undefined || missingValues.includes(String(value).trim());
  const kept: { readonly row: Readonly<Record<string, unknown>>; readonly number: number }[] = [];
  for (const [i, row] of rows.entries()) {
    const gap = wanted.find((column) => absent(row[column]));
    if (gap === undefined) kept.push({ row, number: i + firstRow });
    else if (missing === "error") {
      throw new RangeError(
        `readTable: ${name} has no value in row ${i + firstRow}, column "${gap}": leave such rows out with missing: "skip"`,
      );
    }
  }
  const read = (column: string, kind: ColumnKind): unknown => {
    const cells = kept.map(({ row }) => String(row[column]).trim());
    if (kind === "text") return cells;
    if (kind === "category") return categoryOf(cells);
    const number = (cell: string, i: number): number => {
      const value = Number(cell);
      if (Number.isFinite(value) && (kind !== "int32" || (value | 0) === value)) return value;
      throw new TypeError(`readTable: ${name} has no ${kind} in row ${kept[i]?.number}, column "${column}": "${cell}"`);
    };
    return tensor(cells.map(number), { dtype: kind });
  };
  return {
    length: kept.length,
    skipped: rows.length - kept.length,
    columns: Object.fromEntries(
      Object.entries(columns).map(([column, kind]) => [column, read(column, kind)]),
    ) as Table<C>["columns"],
  };
}

function checkNames(rows: readonly Readonly<Record<string, unknown>>[], wanted: readonly string[], name: string): void {
  if (wanted.length === 0) throw new RangeError(`readTable: needs at least one column of ${name}, got none`);
  const [first] = rows;
  if (first === undefined) throw new RangeError(`readTable: ${name} has no rows`);
  const unknown = wanted.find((column) => !rows.some((row) => Object.hasOwn(row, column)));
  if (unknown !== undefined) {
    const there = Object.keys(first).map((column) => `"${column}"`);
    throw new RangeError(`readTable: ${name} has no column "${unknown}", only ${there.join(", ")}`);
  }
}

/** Names as numbers, in the order of the alphabet. */
function categoryOf(cells: readonly string[]): Category {
  const names = [...new Set(cells)].sort();
  const codes = new Map(names.map((each, i) => [each, i]));
  return { codes: tensor(Int32Array.from(cells, (cell) => codes.get(cell) as number)), names };
}
