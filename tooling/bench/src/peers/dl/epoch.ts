import { noGrad } from "@dl/autograd";
import { DataLoader, normalizeImages, TensorDataset } from "@dl/data";
import { BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, type Module, ReLU, Sequential } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import { argmax, eq, keep, manualSeed, scope, type Tensor, tensor, unsqueeze } from "@dl/tensor";
import type { Build, Data } from "../peer.ts";
import { labels } from "./tensors.ts";

/** One epoch of the MNIST example, batch by batch. */
export const epoch: Build = (data) => {
  const model = new Sequential(
    ...block(1, 16),
    ...block(16, 32),
    ...block(32, 64),
    new Flatten(),
    new Linear(64 * 3 * 3, 10),
  );
  const given = data.parameters().map(([name, { data, shape }]) => [name, tensor(data, { shape })] as const);
  model.loadStateDict(Object.fromEntries(given), { strict: false });
  const optimizer = new Adam(model.parameters(), { lr: 0.003 });
  manualSeed(0);
  const train = new TensorDataset(images(data, "images"), labels(data));
  const batches = new DataLoader(train, { batchSize: 64, shuffle: true })[Symbol.iterator]();
  const test = new TensorDataset(images(data, "testImages"), labels(data, "testLabels"));
  return {
    numbers: "shuffles by itself",
    run: async () => {
      const { value, done } = batches.next();
      if (done === true) throw new Error("bench: the epoch is over");
      const [x, y] = value;
      const { loss, hits } = scope(() => {
        const logits = model.forward(prepared(x));
        const loss = crossEntropy(logits, y);
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        return { loss: loss.detach(), hits: eq(argmax(logits.detach(), { dim: 1 }), y).sum() };
      });
      await loss.itemAsync();
      await hits.itemAsync();
    },
    score: async () => {
      model.eval();
      let right = 0;
      for (const [x, y] of new DataLoader(test, { batchSize: 500 })) {
        const hits = scope(() => noGrad(() => eq(argmax(model.forward(prepared(x)), { dim: 1 }), y).sum()));
        right += await hits.itemAsync();
      }
      return right / test.length;
    },
  };
};

const block = (from: number, to: number): Module[] => [
  new Conv2d(from, to, 3, { padding: 1, bias: false }),
  new BatchNorm2d(to),
  new ReLU(),
  new MaxPool2d(2),
];

const prepared = (x: Tensor): Tensor => unsqueeze(normalizeImages(x), 1);

function images(data: Data, name: string): Tensor {
  const { data: bytes, shape } = data.bytes(name);
  return keep(tensor(bytes, { shape }));
}
