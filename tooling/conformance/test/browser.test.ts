import { fileURLToPath } from "node:url";
import { findChromium, noChromium } from "@dl/browser";
import { describe, expect, test } from "vitest";
import { inBrowser } from "../src/browser/host.ts";

const directory = fileURLToPath(new URL("../data", import.meta.url));
const missing = findChromium() === undefined;
const reason = missing ? ` (skipped: ${noChromium})` : "";

describe.skipIf(missing)(`the GPU of Chromium${reason}`, () => {
  test("passes the cases of a group, and computes them there", { timeout: 180_000 }, async () => {
    const run = await inBrowser({ directory, names: ["linear"], factor: 10, adapter: "software", page: undefined });
    expect(run.outcomes.map(({ name, failures }) => ({ name, failures }))).toEqual([{ name: "linear", failures: [] }]);
    const [{ passed = 0, lacking = [] } = {}] = run.outcomes;
    expect(passed).toBeGreaterThan(0.9 * (passed + lacking.length));
    expect(run.note).toMatch(
      /^\d+ of the passed cases computed on the GPU, .* [1-9]\d+ dispatches, \d+ ops on the CPU$/,
    );
  });
});
