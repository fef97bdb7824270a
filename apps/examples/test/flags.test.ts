import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { choice, file, flagHelp, integer, number, optionalFile, readFlags, UsageError } from "../src/flags.ts";

const flags = {
  epochs: integer(3, "passes over the data", { min: 1 }),
  batchSize: integer(64, "images per step", { min: 1, max: 4096 }),
  learningRate: number(0.003, "of Adam", { min: 0 }),
  device: choice(undefined, ["cpu", "wasm"], "where to compute"),
  report: file("report.html", "the report"),
  json: optionalFile("results"),
};
const folder = mkdtempSync(join(tmpdir(), "dl-flags-"));
const read = (...argv: string[]) => readFlags("example demo", argv, flags, folder);

describe("readFlags", () => {
  test("fallbacks", () => {
    expect(read()).toEqual({
      epochs: 3,
      batchSize: 64,
      learningRate: 0.003,
      device: undefined,
      report: join(folder, "report.html"),
      json: undefined,
    });
  });

  test("given values, after a blank and after =, and a -- that a package manager handed on", () => {
    const values = read("--", "--epochs", "5", "--batch-size=8", "--learning-rate", "1e-2", "--json", "a/b.json");
    expect(values).toMatchObject({ epochs: 5, batchSize: 8, learningRate: 0.01, json: join(folder, "a/b.json") });
  });

  const known = "(known flags: --epochs, --batch-size, --learning-rate, --device, --report, --json)";
  test.each([
    [["--epoch", "3"], `example demo: unknown flag --epoch ${known}`],
    [["-e", "3"], `example demo: unknown flag -e ${known}`],
    [["--no-json"], `example demo: unknown flag --no-json ${known}`],
    [["3"], `example demo: "3" is no flag ${known}`],
    [["--epochs"], "example demo: --epochs needs a value: --epochs N"],
    [["--epochs", "--json", "a"], "example demo: --epochs needs a value: --epochs N"],
    [["--json="], "example demo: --json needs a value: --json FILE"],
    [["--epochs", "1", "--epochs", "2"], "example demo: --epochs is given twice: 1 and 2"],
    [["--epochs", "0"], 'example demo: --epochs wants a whole number from 1 on, not "0"'],
    [["--epochs", "-1"], 'example demo: --epochs wants a whole number from 1 on, not "-1"'],
    [["--epochs", "1.5"], 'example demo: --epochs wants a whole number from 1 on, not "1.5"'],
    [["--epochs", "1e3"], 'example demo: --epochs wants a whole number from 1 on, not "1e3"'],
    [["--batch-size", "5000"], 'example demo: --batch-size wants a whole number from 1 to 4096, not "5000"'],
    [["--learning-rate", "1e999"], 'example demo: --learning-rate wants a number from 0 on, not "1e999"'],
    [["--device", "tpu"], 'example demo: --device wants one of cpu, wasm, not "tpu"'],
    [["--json", "."], 'example demo: --json wants a file and names a folder, not "."'],
  ])("%j", (argv, message) => {
    expect(() => read(...argv)).toThrow(new UsageError(message));
  });

  test("a file under a file", () => {
    const path = new URL(import.meta.url).pathname;
    expect(() => read("--json", `${path}/x.json`)).toThrow(
      `example demo: --json wants a file in a folder (${path} is a file), not "${path}/x.json"`,
    );
  });
});

test("flagHelp", () => {
  expect(flagHelp(flags).slice(0, 4)).toEqual([
    ["--epochs N", "passes over the data (3)"],
    ["--batch-size N", "images per step (64)"],
    ["--learning-rate N", "of Adam (0.003)"],
    ["--device cpu|wasm", "where to compute"],
  ]);
});
