import { answer, say, settings } from "@dl/browser/page";
import { startGpu } from "../gpu.ts";
import { Largest } from "../largest.ts";
import type { Run } from "../report.ts";
import { type Group, groupOf, type Outcome, runGroup } from "../run.ts";
import { answerOf } from "./answer.ts";

await answer(async () => answerOf(await runAll()));

/** Runs the groups that the host names. */
async function runAll(): Promise<Run> {
  const factor = Number(settings().get("factor"));
  const executed = await startGpu({ GPUComputePassEncoder, GPUCommandEncoder });
  const largest = new Largest();
  const outcomes: Outcome[] = [];
  for (const name of (settings().get("groups") ?? "").split(",")) {
    const group = await fetchGroup(name);
    let last = performance.now();
    const onCase = (): void => {
      if (performance.now() - last < 20_000) return;
      last = performance.now();
      void say(`${name} …`);
    };
    const outcome = await runGroup(group, { factor, largest, executed, onCase });
    await say(`${name}: ${outcome.passed} of ${group.cases.length} pass`);
    outcomes.push(outcome);
  }
  return { outcomes, ops: largest.byOp(factor), note: executed.note() };
}

async function fetchGroup(name: string): Promise<Group> {
  const [cases, tensors] = await Promise.all(
    ["cases.json", "tensors.safetensors"].map((file) => fetch(`/data/${name}/${file}`)),
  );
  if (cases?.ok !== true || tensors?.ok !== true) throw new Error(`conformance: no group ${name}`);
  return groupOf(name, await cases.text(), new Uint8Array(await tensors.arrayBuffer()));
}
