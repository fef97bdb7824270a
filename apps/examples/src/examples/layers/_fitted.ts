import { noGrad } from "@dl/autograd";
import { Linear, type Module, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { linspace, type Tensor } from "@dl/tensor";
import { fit, progressBar } from "@dl/train";
import type { Context } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { graph } from "../../report/curves.ts";

export interface Fitted {
  /** Root of the mean squared error on the 256 points, and on 255 points between them. */
  readonly error: number;
  readonly between: number;
  readonly points: readonly (readonly [number, number])[];
}

export type Target = (x: Tensor) => Tensor;

/** Learns the target with one hidden layer of `width` units, once for each seed. */
export function fitted(
  name: string,
  target: Target,
  activation: () => Module,
  width: number,
  { seed, flags, progress }: Context<{ readonly seeds: number; readonly steps: number }>,
): Promise<Fitted[]> {
  const x = linspace(-Math.PI, Math.PI, 256).unsqueeze(1);
  const y = target(x);
  const half = Math.PI / 255;
  const gaps = linspace(-Math.PI + half, Math.PI - half, 255).unsqueeze(1);
  return perSeed(seed, flags.seeds, async (each) => {
    const model = new Sequential(new Linear(1, width), activation(), new Linear(width, 1));
    const optimizer = new Adam(model.parameters(), { lr: 0.01 });
    const label = `${name}, seed ${each}`;
    await fit(model, [x], {
      loss: (model, x) => mseLoss(model.forward(x), y),
      optimizer,
      scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters: flags.steps }),
      steps: flags.steps,
      every: flags.steps,
      callbacks: [progressBar({ display: (total) => progress(total, { label, unit: "steps" }) })],
    });
    const error = async (x: Tensor): Promise<number> =>
      Math.sqrt(await noGrad(() => mseLoss(model.forward(x), target(x))).itemAsync());
    const points = await graph(
      x,
      noGrad(() => model.forward(x)),
    );
    return { error: await error(x), between: await error(gaps), points };
  });
}
