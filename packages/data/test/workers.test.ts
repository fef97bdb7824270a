import { spawnSync } from "node:child_process";
import { arange } from "@dl/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { DataLoader, TensorDataset } from "../src/index.ts";

describe("workers", () => {
  let found: Record<string, unknown> = {};
  let run: ReturnType<typeof spawnSync>;

  beforeAll(() => {
    // in a process of its own: it must end although the workers are never closed
    run = spawnSync(process.execPath, ["--conditions=@dl/source", `${import.meta.dirname}/fixtures/epochs.ts`], {
      encoding: "utf8",
      timeout: 120_000,
    });
    found = JSON.parse(String(run.stdout) || "{}") as Record<string, unknown>;
  }, 130_000);

  it("end with the program, without a word", () => {
    expect([run.status, run.signal, run.stderr]).toEqual([0, null, ""]);
  });

  it("give the same batches, whatever their number, and others in every epoch", () => {
    const hashes = found["workers 0"] as string[];
    expect(new Set(hashes).size).toBe(3);
    expect(found["workers 1"]).toEqual(hashes);
    expect(found["workers 2"]).toEqual(hashes);
  });

  it("leave a collate function of one's own to the main thread, and whole batches to the data set", () => {
    expect(found["collate"]).toEqual([6, 22, 17]);
    expect(found["whole batches"]).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ]);
  });

  it("go on after a loop that was left early", () => {
    expect(found["left early"]).toBe(6);
    expect(found["gone on"]).toEqual([6, 22, 17]);
  });

  it("say which sample failed", () => {
    expect(found["before the error"]).toEqual([0, 1, 2, 3]);
    expect(found["error"]).toEqual(["DataLoader: in a worker, sample 7: no seventh", "RangeError"]);
    expect(found["ended"]).toEqual(["DataLoader: a worker ended with code 3", "again"]);
    expect(found["not async"]).toBe("DataLoader: with workers use for await (const batch of loader)");
    expect(found["missing"]).toContain("exports no data set as nothing: length and get(i)");
  });

  it("are refused where they cannot be", () => {
    const data = new TensorDataset(arange(3));
    expect(() => new DataLoader(data, { workers: 1 })).toThrow(
      "DataLoader: workers must import the data set: pass await datasetFrom(url)",
    );
    expect(() => new DataLoader(data, { workers: -1 })).toThrow(
      "DataLoader: workers must be a whole number from 0 on, got -1",
    );
  });
});
