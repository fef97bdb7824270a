import { readCsv } from "./csv.ts";
import { checkKnown, packageFile, readBytes } from "./node.ts";
import { readTable, type Table } from "./table.ts";
import { type VegaColumns, type VegaName, vegaFiles } from "./vega-files.ts";

export interface VegaOptions {
  /** The file of the data set: bytes, or a path in Node. Default that of the npm package `vega-datasets`. */
  file?: Uint8Array | string;
  /** Where the package is looked for: a folder, or a file in it, as path or `import.meta.url`. Default the working folder. */
  from?: string;
  /** Rows with a missing value are left out and counted in `skipped`, or are an error. Default `"skip"`. */
  missing?: "error" | "skip";
}

export type VegaTable<N extends VegaName> = Table<VegaColumns<N>>;

/**
 * A table of the npm package `vega-datasets`, checked against its checksum.
 *
 * - `cars` (1970–82: fuel, horsepower, weight, …), `penguins` (Palmer Archipelago), `stocks` (five shares, 2000–10),
 *   `sp500`, `co2` (Mauna Loa, 1958–2020), `weather` (Seattle, 2012–15), `gapminder`, `electricity` (Iowa), `barley`
 *
 * Install them beside your program with `npm install vega-datasets`; in browsers pass the bytes.
 * Errors: a file that is missing or changed; the sentence says what to install.
 * Source: https://github.com/vega/vega-datasets
 *
 * @example
 * // const { columns } = vegaDataset("penguins", { from: import.meta.url });
 * // columns["Body Mass (g)"]; // float32 [333]
 * vegaLicence("penguins").startsWith("Palmer penguins"); // => true
 */
export function vegaDataset<N extends VegaName>(
  name: N,
  { file, from, missing = "skip" }: VegaOptions = {},
): VegaTable<N> {
  const known = vegaFiles[name];
  const source = file ?? packageFile(asking, { entry: "vega-datasets", file: `../data/${known.file}`, from });
  const bytes = readBytes(asking, source);
  checkKnown(asking, bytes, known.md5, known.file);
  const options = { columns: known.columns as VegaColumns<N>, missing, missingValues: ["", "."], name: known.file };
  if (known.file.endsWith(".csv")) return readCsv(bytes, options);
  return readTable(JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>[], options);
}

/**
 * What to say of a data set where it is used or passed on.
 *
 * @example
 * vegaLicence("co2"); // => "Mauna Loa CO2, C. D. Keeling et al., Scripps CO2 Program: CC BY 4.0."
 */
export function vegaLicence(name: VegaName): string {
  return vegaFiles[name].licence;
}

const asking = { who: "vegaDataset", advice: "install the data with: npm install vega-datasets@3.2.1, or pass file" };
