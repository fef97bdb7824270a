import { noGrad } from "@dl/autograd";
import { Linear, ReLU, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam } from "@dl/optim";
import { tensor } from "@dl/tensor";
import { fit } from "@dl/train";
import { mean } from "../../groups.ts";
import type { Sample } from "./_stocks.ts";

/** A small network learns the next change from those before, all divided by their spread. */
export async function learn(known: readonly Sample[], steps: number) {
  const spread = Math.sqrt(mean(known.map(({ next }) => next * next)));
  const x = (some: readonly Sample[]) => tensor(some.map(({ changes }) => [...changes])).div(spread);
  const y = tensor(known.map(({ next }) => [next])).div(spread);
  const past = known[0]?.changes.length ?? 0;
  const model = new Sequential(new Linear(past, 8), new ReLU(), new Linear(8, 1));
  const { history } = await fit(model, [x(known)], {
    loss: (model, x) => mseLoss(model.forward(x), y),
    optimizer: new Adam(model.parameters(), { lr: 0.01 }),
    steps,
    every: 1,
  });
  return {
    error: Math.sqrt(history.at(-1)?.loss ?? Number.NaN) * spread,
    foretell: (some: readonly Sample[]) => noGrad(() => model.forward(x(some)).mul(spread).flatten()).read(),
  };
}
