import { noGrad } from "@dl/autograd";
import { DataLoader, mnist, normalizeImages, TensorDataset } from "@dl/data";
import type { Module } from "@dl/layers";
import { argmax, eq, flatten, narrow, scope, type Tensor, unsqueeze } from "@dl/tensor";

/** Images `[n, 28, 28]`, uint8, and what they show: labels `[n]`. */
export interface Digits {
  readonly images: Tensor;
  readonly labels: Tensor;
}

/** MNIST: 60,000 digits to learn from and the official 10,000 to test with. */
export async function digits(): Promise<{ readonly train: Digits; readonly test: Digits }> {
  const [train, test] = await Promise.all([true, false].map((train) => mnist({ train, from: import.meta.url })));
  return { train: train as Digits, test: test as Digits };
}

/** The first `count` of them. */
export function firstOf({ images, labels }: Digits, count: number): Digits {
  return { images: narrow(images, 0, 0, count), labels: narrow(labels, 0, 0, count) };
}

/** Batches of `[images, labels]` in a new random order for each epoch. */
export function shuffled(
  { images, labels }: Digits,
  batchSize: number,
): DataLoader<[Tensor, Tensor], [Tensor, Tensor]> {
  return new DataLoader(new TensorDataset(images, labels), { batchSize, shuffle: true, dropLast: true });
}

/** Images as rows of 784 numbers from 0 to 1. */
export const rows = (images: Tensor): Tensor => flatten(normalizeImages(images), { startDim: 1 });

/** Images as rows of 784 numbers of mean 0 and standard deviation 1 over the training set. */
export const standardised = (images: Tensor): Tensor =>
  flatten(normalizeImages(images, { mean: 0.1307, std: 0.3081 }), { startDim: 1 });

/** Images as `[n, 1, 28, 28]`, numbers from 0 to 1, as convolutions take them. */
export const pictures = (images: Tensor): Tensor => unsqueeze(normalizeImages(images), 1);

/** The share of digits that the model, in evaluation mode meanwhile, reads right; `view` makes its inputs. */
export async function accuracyOn(model: Module, { images, labels }: Digits, view: typeof rows = rows): Promise<number> {
  const before = model.training;
  model.eval();
  let right = 0;
  for (const [x, y] of new DataLoader(new TensorDataset(images, labels), { batchSize: 1000 })) {
    const hits = scope(() => noGrad(() => eq(argmax(model.forward(view(x)), { dim: 1 }), y).sum()));
    right += await hits.itemAsync();
  }
  model.train(before);
  return right / (labels.shape[0] as number);
}
