import type { Module } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import type { Tensor } from "@dl/tensor";
import { fit, progressBar } from "@dl/train";
import { accuracyOn, type Digits, firstOf, pictures, shuffled } from "../../digits.ts";
import type { Context } from "../../example.ts";

export interface Course {
  readonly train: Digits;
  readonly test: Digits;
  readonly epochs: number;
  readonly recipe?: Recipe;
  /** Makes the model's inputs of images. Default `[n, 1, 28, 28]`, from 0 to 1. */
  readonly view?: (images: Tensor) => Tensor;
}

/** How Adam learns. */
export interface Recipe {
  readonly lr: number;
  readonly batchSize: number;
  /** Whether the learning rate falls in a straight line to 0. */
  readonly falls: boolean;
}

/** The accuracy on the test digits; prints it beside that on 10,000 of the training digits. */
export async function learnDigits(
  name: string,
  model: Module,
  { train, test, epochs, recipe = { lr: 0.001, batchSize: 100, falls: false }, view = pictures }: Course,
  { progress, metric }: Pick<Context, "progress" | "metric">,
): Promise<number> {
  const batches = shuffled(train, recipe.batchSize);
  const optimizer = new Adam(model.parameters(), { lr: recipe.lr });
  const endFactor = recipe.falls ? 0 : 1;
  await fit(model, batches, {
    loss: (model, [images, labels]) => crossEntropy(model.forward(view(images)), labels),
    optimizer,
    scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor, totalIters: epochs * batches.length }),
    epochs,
    callbacks: [progressBar({ display: (total) => progress(total, { label: name, unit: "steps" }) })],
  });
  const known = await accuracyOn(model, firstOf(train, Math.min(10_000, train.labels.size)), view);
  const accuracy = await accuracyOn(model, test, view);
  metric(`${name}: training, test`, accuracy, `${known.toFixed(4)} ${accuracy.toFixed(4)}`);
  return accuracy;
}
