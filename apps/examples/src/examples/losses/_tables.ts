import { iris, randomSplit, TensorDataset, vegaDataset } from "@dl/data";
import { eq, Generator, indexSelect, manualSeed, stack, std, type Tensor, tensor } from "@dl/tensor";
import { mean } from "../../groups.ts";

/** Rows of numbers `[n, columns]`, and what is asked of each: `[n]`, classes as int32. */
export interface Table {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Fisher's 150 irises: lengths and widths of sepals and petals, three species. */
export function irises(): Table {
  const { features, labels } = iris({ from: import.meta.url });
  return { x: features, y: labels };
}

/** 333 penguins of Palmer Station: beak, flipper and mass; whether it is a male (1) or a female (0). */
export function penguins(): Table {
  const { columns } = vegaDataset("penguins", { from: import.meta.url });
  const measures = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"] as const;
  const { codes, names } = columns.Sex;
  return {
    x: stack(
      measures.map((name) => columns[name]),
      { dim: 1 },
    ),
    y: eq(codes, names.indexOf("MALE")).to("float32"),
  };
}

/** 392 cars of 1970 to 1982: engine, weight and year; miles per gallon. */
export function cars(): Table {
  const { columns } = vegaDataset("cars", { from: import.meta.url });
  const { Cylinders, Displacement, Horsepower, Weight_in_lbs, Acceleration } = columns;
  const year = tensor(columns.Year.map((date) => Number(date.slice(0, 4))));
  return {
    x: stack([Cylinders, Displacement, Horsepower, Weight_in_lbs, Acceleration, year], { dim: 1 }),
    y: columns.Miles_per_Gallon,
  };
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

/** For each seed the mean scores over the five parts; each `learn` begins with `manualSeed`. */
export async function overFifths(
  table: Table,
  seeds: readonly number[],
  learn: (parts: Parts) => Promise<Scores>,
): Promise<{ readonly train: number[]; readonly test: number[] }> {
  const [train, test]: [number[], number[]] = [[], []];
  for (const seed of seeds) {
    const scores: Scores[] = [];
    for (const parts of fifths(table, seed)) {
      manualSeed(seed);
      scores.push(await learn(parts));
    }
    train.push(mean(scores.map((each) => each.train)));
    test.push(mean(scores.map((each) => each.test)));
  }
  return { train, test };
}
