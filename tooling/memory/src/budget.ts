import { Adam } from "@dl/optim";
import { limitMemory, memoryStats } from "@dl/tensor";
import { deep } from "./models.ts";
import { step } from "./step.ts";

/** What a child process answers to `{ steps }`. */
export interface Turn {
  readonly milliseconds: number;
  readonly loss: number;
  /** In megabytes. */
  readonly state: number;
  readonly budget: number;
  readonly copiedBack: number;
}

/** `node budget.ts LAYERS WIDTH default|unlimited`: trains as many steps as each message of the parent asks for. */
function main([layers, width, limit]: readonly string[]): void {
  if (limit === "unlimited") limitMemory({ budget: 2 ** 31, ceiling: 2 ** 31 });
  const trainee = deep(Number(layers), Number(width));
  const optimizer = new Adam(trainee.model.parameters(), { lr: 1e-4 });
  const parameters = trainee.model.parameters().reduce((sum, { size }) => sum + size, 0);
  process.on("message", ({ steps }: { readonly steps: number }) => {
    const start = performance.now();
    let loss = Number.NaN;
    for (let i = 0; i < steps; i++) loss = step(trainee, optimizer).item();
    const { budget = 0, copiedBack = 0 } = memoryStats() ?? {};
    const turn: Turn = {
      milliseconds: performance.now() - start,
      loss,
      state: (4 * 4 * parameters) / 1e6,
      budget: budget / 1e6,
      copiedBack: copiedBack / 1e6,
    };
    process.send?.(turn);
  });
}

main(process.argv.slice(2));
