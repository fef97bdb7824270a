import { parseArgs } from "node:util";
import { Linear, ReLU, Sequential } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { manualSeed, randint, randn } from "@dl/tensor";

const limit = 1.3;

/**
 * Trains a 784-128-10 network at batch 32 in one synchronous loop, without scope or dispose, and compares the resident
 * memory after a tenth of the steps with that at the end.
 */
function main(): void {
  const { values } = parseArgs({ options: { steps: { type: "string", default: "10000" } } });
  const steps = Number(values.steps);
  if (!Number.isInteger(steps) || steps < 10)
    throw new RangeError(`memory: --steps must be an integer from 10 up: ${values.steps}`);
  manualSeed(0);
  const model = new Sequential(new Linear(784, 128), new ReLU(), new Linear(128, 10));
  const optimizer = new SGD(model.parameters(), { lr: 0.01 });
  const start = performance.now();
  let early = 0;
  let loss = Number.NaN;
  for (let step = 1; step <= steps; step += 1) {
    const x = randn([32, 784]);
    const target = randint(0, 10, [32]);
    optimizer.zeroGrad();
    const value = crossEntropy(model.forward(x), target);
    value.backward();
    optimizer.step();
    if (step === Math.floor(steps / 10)) {
      early = residentMegabytes();
      console.log(`memory: ${early.toFixed(0)} MB after ${step} steps`);
    }
    if (step === steps) loss = value.item();
  }
  const late = residentMegabytes();
  const ratio = late / early;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`memory: ${late.toFixed(0)} MB after ${steps} steps (loss ${loss.toFixed(3)}, ${seconds} s)`);
  console.log(`memory: ratio ${ratio.toFixed(2)}, ${ratio <= limit ? "within" : "OVER"} ${limit}`);
  process.exitCode = ratio <= limit ? 0 : 1;
}

function residentMegabytes(): number {
  return process.memoryUsage().rss / 1e6;
}

main();
