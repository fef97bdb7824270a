import type { Module, Parameter } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import type { Optimizer } from "@dl/optim";
import type { Tensor } from "@dl/tensor";
import { fit, type ProgressDisplay, progressBar } from "@dl/train";
import { accuracyOn, type Digits, firstOf, rows, shuffled } from "../../digits.ts";
import type { Context } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { courseNet, type Net } from "../../nets.ts";

/** Digits to learn from, and digits to test with. */
export interface Data {
  readonly train: Digits;
  readonly test: Digits;
}

export interface Course extends Data {
  readonly optimizer: Optimizer;
  readonly steps: number;
  /** Steps between two looks at the accuracies. */
  readonly every: number;
  readonly display?: (total: number) => ProgressDisplay;
  /** A penalty that is added to the loss. */
  readonly penalty?: () => Tensor;
}

/** What a look at the accuracies found. */
export interface Look {
  readonly step: number;
  readonly train: number;
  readonly test: number;
}

/** Learns in batches of 100 and looks at both accuracies every so often; the training one on at most 1,000 images. */
export async function learn(model: Module, course: Course): Promise<Look[]> {
  const { train, test, optimizer, steps, every, display, penalty } = course;
  const { history } = await fit(model, shuffled(train, Math.min(100, train.labels.size)), {
    loss(model, [images, labels]) {
      const loss = crossEntropy(model.forward(rows(images)), labels);
      return penalty === undefined ? loss : loss.add(penalty());
    },
    optimizer,
    steps,
    every,
    validate: async (model) => ({
      train: await accuracyOn(model, firstOf(train, Math.min(1000, train.labels.size))),
      test: await accuracyOn(model, test),
    }),
    callbacks: display === undefined ? [] : [progressBar({ display })],
  });
  return history.map(({ step, train, test }) => ({ step, train: train as number, test: test as number }));
}

export interface Comparison {
  readonly name: string;
  readonly net: Net;
  readonly optimizer: (parameters: Parameter[]) => Optimizer;
  readonly steps: number;
  /** How often accuracies are looked at in each run, the last time at its end. */
  readonly looks: number;
  /** How often the network is learnt, from the first seed on. */
  readonly seeds: number;
}

/** Learns the network of the course once for each seed. */
export function learnCourse(
  { name, net, optimizer, steps, looks, seeds }: Comparison,
  data: Data,
  { seed, progress, metric }: Pick<Context, "seed" | "progress" | "metric">,
): Promise<Look[][]> {
  return perSeed(seed, seeds, async (each) => {
    const model = courseNet(net);
    const found = await learn(model, {
      ...data,
      optimizer: optimizer(model.parameters()),
      steps,
      every: steps / looks,
      display: (total) => progress(total, { label: `${name} seed ${each}`, unit: "steps" }),
    });
    const { train, test } = found.at(-1) as Look;
    metric(`${name} seed ${each}: train, test`, test, `${train.toFixed(3)} ${test.toFixed(3)}`);
    return found;
  });
}
