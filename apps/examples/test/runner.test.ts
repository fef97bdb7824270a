import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Example } from "../src/example.ts";
import { integer } from "../src/flags.ts";
import { runWith } from "./surroundings.ts";

interface Values {
  readonly epochs: number;
}

const demo: Example<Values> = {
  name: "demo",
  title: { ja: "見本", en: "A demo" },
  ids: ["ACT1", "EXP2"],
  seconds: 90,
  data: "MNIST",
  quick: { epochs: 4 },
  flags: { epochs: integer(3, "passes", { min: 1 }) },
  run({ flags, log, progress, metric, claim }) {
    const bar = progress(flags.epochs, { label: "work" });
    for (let epoch = 1; epoch <= flags.epochs; epoch++) bar.update(epoch);
    log("done");
    metric("accuracy", 0.9937, "99.37 %");
    metric("loss", Number.NaN);
    claim("epochs", flags.epochs, 3, flags.epochs >= 3);
    claim("softmax", [0.25, 0.75], [0.25, 0.75], true);
  },
};

describe("runCommand", () => {
  test("lists the examples without a name", async () => {
    expect(await runWith(demo, [])).toMatchObject({
      code: 0,
      printed:
        "Usage: example NAME [--help] · example CHAPTER [--quick] · example --all [--quick]\n\n" +
        "chapter\n  demo  1 min 30 s  MNIST  A demo · 見本 (ACT1 EXP2)\n",
    });
  });

  test("--help shows the example's flags and the common ones, and runs nothing", async () => {
    const { code, printed, prepared } = await runWith(demo, ["demo", "--help"]);
    expect(code).toBe(0);
    expect(prepared).toBeUndefined();
    expect(printed).toMatch(/^A demo · 見本\n\nUsage: example demo\n--epochs N +passes \(3\)/);
    for (const flag of ["--seed N", "--device cpu|wasm", "--threads N", "--json FILE", "--quick"]) {
      expect(printed).toContain(flag);
    }
  });

  test("prints title, seed and device first, and the summary last", async () => {
    const { code, printed, prepared } = await runWith(demo, ["demo", "--seed", "7", "--device", "cpu"]);
    expect(code).toBe(0);
    expect(prepared).toEqual({ seed: 7, device: "cpu", threads: 1 });
    const lines = printed.split("\n");
    expect(lines.slice(0, 2)).toEqual(["demo: A demo · 見本", "seed 7 · device cpu · threads 1 · epochs 3"]);
    expect(printed).toMatch(/done\n┌─+┬─+┐\n│ metric +│ +value │/);
    expect(printed).toMatch(/│ accuracy │ 99\.37 % │/);
    expect(printed).toMatch(/│ softmax │ \[0\.25, 0\.75\] │ \[0\.25, 0\.75\] │ ✓ +│/);
  });

  test("--json holds example, seed, device, metrics, claims, seconds, and leaves no temporary file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dl-runner-"));
    const { code, printed } = await runWith(demo, ["demo", "--json", "new/out.json"], folder);
    expect(code).toBe(0);
    expect(printed).toContain(`results: ${join(folder, "new/out.json")}`);
    const { seconds, ...rest } = JSON.parse(readFileSync(join(folder, "new/out.json"), "utf8"));
    expect(seconds).toBeGreaterThan(0);
    expect(rest).toEqual({
      example: "demo",
      seed: 0,
      device: "wasm",
      metrics: { accuracy: 0.9937, loss: "NaN" },
      claims: [
        { name: "epochs", value: 3, limit: 3, holds: true },
        { name: "softmax", value: [0.25, 0.75], limit: [0.25, 0.75], holds: true },
      ],
      findings: [],
    });
    expect(readdirSync(join(folder, "new"))).toEqual(["out.json"]);
  });

  test("claimEach claims all figures of a kind at once, shown from the least to the greatest", async () => {
    const runs: Example = {
      ...demo,
      quick: {},
      flags: {},
      run({ claimEach }) {
        claimEach("accuracy", [0.97, 0.95], "≥ .9", (each) => each >= 0.9);
        claimEach("loss", [0.2, 0.6], "≤ .5", (each) => each <= 0.5, 1);
      },
    };
    const { code, printed } = await runWith(runs, ["demo"]);
    expect(code).toBe(1);
    expect(printed).toMatch(/│ accuracy │ \.950–\.970 │ +≥ \.9 │ ✓/);
    expect(printed).toMatch(/│ loss +│ +\.2–\.6 │ +≤ \.5 │ ✗ does not hold/);
  });

  test("--quick takes the example's quick values, unless a flag says otherwise", async () => {
    expect((await runWith(demo, ["demo", "--quick"])).printed).toContain("threads 1 · epochs 4\n");
    expect((await runWith(demo, ["demo", "--quick", "--epochs", "5"])).printed).toContain("threads 1 · epochs 5\n");
  });

  test.each(["chapter", "--all"])("%s runs them all and closes with findings and a table", async (what) => {
    const described = { ja: "学習しない", en: "does not learn" };
    const finding = { id: "EXP1", described, measured: ".1135", reference: ".101–.114", criterion: "≤ .15" };
    const found: Example = {
      ...demo,
      flags: {},
      run(context) {
        context.claim("right", 1, 1, true);
        context.finding({ ...finding, reproduced: true });
        context.finding({ ...finding, id: "EXP2", reproduced: false, why: "another seed" });
      },
    };
    const folder = mkdtempSync(join(tmpdir(), "dl-runner-"));
    const { code, printed } = await runWith(found, [what, "--seed", "3", "--json", "all.json"], folder);
    expect(code).toBe(0);
    expect(printed).toContain("1 of 2 described results reproduce");
    expect(printed).toMatch(/│ demo +│ 1 of 1 │ +1 of 2 │ 0\.3 │ ✓ │/);
    expect(printed).toMatch(/EXP2.*another seed.*✗ no/);
    expect(JSON.parse(readFileSync(join(folder, "all.json"), "utf8"))).toMatchObject([{ example: "demo", seed: 3 }]);
  });

  test("of many, one that breaks or throws makes the exit code 1, and the others still run", async () => {
    const broken: Example = { ...demo, flags: {}, run: () => Promise.reject(new Error("no data")) };
    const { code, printed } = await runWith(broken, ["--all"]);
    expect(code).toBe(1);
    expect(printed).toContain("Error: no data");
    expect(printed).toContain("0 of 1 examples hold");
  });

  test("a claim that does not hold: exit code 1, and the results are still written", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dl-runner-"));
    const { code, printed } = await runWith(demo, ["demo", "--epochs", "2", "--json", "out.json"], folder);
    expect(code).toBe(1);
    expect(printed).toContain("✗ does not hold");
    expect(printed).toMatch(/\ndoes not hold: epochs\n$/);
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8")).claims[0].holds).toBe(false);
  });

  test("an example that throws: exit code 1 and its message", async () => {
    const broken: Example = { ...demo, flags: {}, run: () => Promise.reject(new Error("no data")) };
    const { code, printed } = await runWith(broken, ["demo"]);
    expect(code).toBe(1);
    expect(printed).toContain("Error: no data");
  });

  test("a claim made twice is an error", async () => {
    const twice: Example = {
      ...demo,
      flags: {},
      run({ claim }) {
        claim("same", 1, 1, true);
        claim("same", 2, 1, false);
      },
    };
    const { code, printed } = await runWith(twice, ["demo"]);
    expect(code).toBe(1);
    expect(printed).toContain('claim: "same" is claimed twice');
  });

  test("an example cannot redefine a common flag", async () => {
    const seeded: Example = { ...demo, flags: { seed: integer(1, "mine") } };
    const { code, printed } = await runWith(seeded, ["demo"]);
    expect(code).toBe(1);
    expect(printed).toContain('example demo: every example has the flag "seed" already');
  });

  test.each([
    [["demmo"], 'example: there is no example or chapter "demmo" (chapters: chapter; examples: demo)\n'],
    [
      ["demo", "--epoch", "1"],
      "example demo: unknown flag --epoch (known flags: --epochs, --seed, --device, --threads, --json)\n",
    ],
    [["demo", "--threads", "0"], 'example demo: --threads wants a whole number from 1 to 4, not "0"\n'],
    [["demo", "--seed", "-1"], 'example demo: --seed wants a whole number from 0 to 9007199254740991, not "-1"\n'],
  ])("wrong command line %j: exit code 2, nothing prepared", async (argv, message) => {
    expect(await runWith(demo, argv)).toEqual({ code: 2, printed: message, prepared: undefined });
  });
});
