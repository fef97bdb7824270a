import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { threads, useDevice } from "@dl/tensor";
import { afterEach, describe, expect, test, vi } from "vitest";
import { command } from "../src/command.ts";
import { readOptions } from "../src/options.ts";
import { failureList, lackList, notCoveredList, outcomeTable, writeJson } from "../src/report.ts";
import type { Outcome } from "../src/run.ts";

const outcomes: Outcome[] = [
  {
    name: "unary",
    passed: 3,
    failures: [{ id: "unary/exp/001", op: "torch.exp", reason: "off" }],
    notCovered: new Map(),
    lacking: [],
  },
  { name: "fft", passed: 0, failures: [], notCovered: new Map([["torch.fft.fft", 2]]), lacking: [] },
];

describe("options", () => {
  test("groups come repeated or with commas", () => {
    expect(readOptions(["--group", "unary,binary", "--group", "fft", "--factor", "4"])).toMatchObject({
      groups: ["unary", "binary", "fft"],
      factor: 4,
      device: "cpu",
    });
    expect(readOptions(["--help"])).toBe("help");
  });

  test.each([
    [["--device", "tpu"], 'conformance: --device wants cpu, wasm or gpu, not "tpu"'],
    [["--browser"], "conformance: --browser wants --device gpu, not cpu"],
    [["--factor", "0"], 'conformance: --factor wants a number above 0, not "0"'],
    [["--threads", "0"], 'conformance: --threads wants a whole number from 1 to 64, not "0"'],
    [["--threads", "2"], "conformance: --threads wants --device wasm, not cpu"],
    [["--nothing"], "conformance: Unknown option '--nothing'"],
  ])("%j", (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message);
  });
});

test("cases run on as many threads as wanted", async () => {
  const seen = new Set<number>();
  const wasm = await useDevice("wasm");
  const run = wasm.run.bind(wasm);
  vi.spyOn(wasm, "run").mockImplementation((...call) => {
    seen.add(threads());
    run(...call);
  });
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    expect(await command(["--device", "wasm", "--group", "activation", "--threads", "2"])).toBe(0);
  } finally {
    vi.restoreAllMocks();
  }
  expect([...seen]).toEqual([2]);
  expect(threads()).toBe(1);
});

describe("report", () => {
  let folder = "";

  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("counts by group and in all", () => {
    expect(
      outcomeTable(outcomes)
        .split("\n")
        .map((line) => line.trim().split(/\s{2,}/)),
    ).toEqual([
      ["group", "passed", "failed", "not covered"],
      ["unary", "3", "1", "0"],
      ["fft", "0", "0", "2"],
      ["all", "3", "1", "2"],
    ]);
    expect(notCoveredList(outcomes)).toBe("torch.fft.fft 2");
  });

  test("what the device lacks has a column and a list, most first", () => {
    const lacking = ["svd", "nonzero", "nonzero"].map((what) => ({ op: `torch.${what}`, what }));
    const onGpu = outcomes.map((each) => (each.name === "fft" ? { ...each, lacking } : each));
    expect(
      outcomeTable(onGpu)
        .split("\n")
        .at(-1)
        ?.trim()
        .split(/\s{2,}/),
    ).toEqual(["all", "3", "1", "2", "3"]);
    expect(lackList(onGpu)).toBe("nonzero 2, svd 1");
    expect(lackList(outcomes)).toBe("");
  });

  test("the factor is 10 on the GPU unless another is wanted", () => {
    expect(readOptions(["--device", "gpu"])).toMatchObject({ factor: 10, browser: false });
    expect(readOptions(["--device", "gpu", "--factor", "2"])).toMatchObject({ factor: 2 });
  });

  test("lists as many failures as wanted", () => {
    expect(failureList(outcomes, 20)).toBe("unary/exp/001  torch.exp\n    off");
    expect(failureList(outcomes, 0)).toBe("… and 1 more: --verbose lists all");
  });

  test("writes the numbers as JSON", async () => {
    folder = await mkdtemp(join(tmpdir(), "conformance-"));
    const file = join(folder, "numbers.json");
    const ops = { "torch.exp": { forward: { absolute: 1e-7, share: 0.3 } } };
    await writeJson(file, "cpu", outcomes, ops);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
      device: "cpu",
      groups: { unary: { passed: 3, failed: 1, notCovered: 0 }, fft: { passed: 0, failed: 0, notCovered: 2 } },
      ops,
    });
  });
});
