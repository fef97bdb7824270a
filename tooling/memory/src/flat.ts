import { Adam } from "@dl/optim";
import { manualSeed, memoryStats, scope } from "@dl/tensor";
import { trainees } from "./models.ts";
import { step } from "./step.ts";

/** What a child process writes to standard output, as JSON. */
export interface Flat {
  /** Resident megabytes after a tenth of the steps, and at the end. */
  readonly early: number;
  readonly late: number;
  readonly seconds: number;
  readonly loss: number;
  /** Megabytes that were moved out of WebAssembly memory. */
  readonly movedOut: number;
}

/** `node flat.ts MODEL STEPS scope|plain`: trains in one synchronous loop. */
function main([name = "", steps = "", how]: readonly string[]): void {
  const build = trainees[name];
  if (build === undefined) throw new RangeError(`memory: no model ${name} (${Object.keys(trainees).join(", ")})`);
  manualSeed(0);
  const trainee = build();
  const optimizer = new Adam(trainee.model.parameters(), { lr: 0.001 });
  const count = Number(steps);
  const run = how === "scope" ? () => scope(() => step(trainee, optimizer).item()) : () => step(trainee, optimizer);
  const start = performance.now();
  let early = 0;
  for (let i = 1; i < count; i++) {
    run();
    if (i === Math.floor(count / 10)) early = residentMegabytes();
  }
  const loss = step(trainee, optimizer).item();
  const seconds = (performance.now() - start) / 1000;
  const flat: Flat = {
    early,
    late: residentMegabytes(),
    seconds,
    loss,
    movedOut: (memoryStats()?.movedOut ?? 0) / 1e6,
  };
  console.log(JSON.stringify(flat));
}

const residentMegabytes = (): number => process.memoryUsage().rss / 1e6;

main(process.argv.slice(2));
