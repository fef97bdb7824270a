import type { Sequential } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { scope } from "@dl/tensor";
import { type Callback, fit } from "@dl/train";
import { accuracyOf, drawnNet, hitsOf, type Task } from "./_tasks.ts";

/** The best training accuracy after so many passes over the data. */
export type Way = (readonly [passes: number, accuracy: number])[];

export const passesTo90 = (way: Way): number => way.find(([, accuracy]) => accuracy >= 0.9)?.[0] ?? Infinity;

/** All weights anew in every pass. */
export async function guess(task: Task, budget: number): Promise<Way> {
  const way: Way = [];
  let best = 0;
  for (let pass = 1; pass <= budget && best < 0.9; pass++) {
    const hits = scope(() => hitsOf(task, drawnNet(task.sizes)));
    best = Math.max(best, (await hits.itemAsync()) / task.y.size);
    way.push([pass, best]);
  }
  return way;
}

/**
 * Gradient descent on all the data: a step costs three passes with backpropagation, forward once and back about twice;
 * two where only the last layer learns, by the delta rule, and the first stays as it was drawn.
 */
export async function descend(task: Task, model: Sequential, budget: number, cost: 2 | 3): Promise<Way> {
  const way: Way = [];
  let best = 0;
  const watch: Callback = {
    async afterStep(run) {
      best = Math.max(best, await accuracyOf(task, model));
      way.push([cost * run.step, best]);
      if (best >= 0.9) run.stop("90 %");
    },
  };
  await fit(model, [task], {
    loss: (model, { x, y }) => crossEntropy(model.forward(x), y),
    optimizer: new SGD(
      model.parameters().filter(({ requiresGrad }) => requiresGrad),
      { lr: 0.5 },
    ),
    steps: Math.floor(budget / cost),
    callbacks: [watch],
  });
  return way;
}
