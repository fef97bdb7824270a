import { DataLoader, TensorDataset } from "@dl/data";
import { Dropout, Linear, ReLU, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam } from "@dl/optim";
import { Generator, manualSeed, randn } from "@dl/tensor";
import { checkpoint, fit } from "../../src/index.ts";

/**
 * `learn.ts <checkpoint> <seed> <epoch>`: six epochs of five steps, kept after each; the process kills itself in the
 * middle of `epoch`. Prints the weights and the history.
 */
const [path = "", seed, fatal] = process.argv.slice(2);
manualSeed(Number(seed));
const x = randn([40, 3], { generator: new Generator(1) });
const model = new Sequential(new Linear(3, 16), new ReLU(), new Dropout({ p: 0.25 }), new Linear(16, 1));
const { history } = await fit(
  model,
  new DataLoader(new TensorDataset(x, x.sum({ dim: 1, keepdim: true })), { batchSize: 8, shuffle: true }),
  {
    loss: (model, [x, y]) => mseLoss(model.forward(x), y),
    optimizer: new Adam(model.parameters(), { lr: 0.01 }),
    epochs: 6,
    callbacks: [
      checkpoint({ path }),
      {
        afterStep: ({ epoch, batch }) => void (epoch === Number(fatal) && batch === 3 && process.kill(process.pid, 9)),
      },
    ],
  },
);
console.log(JSON.stringify({ weights: model.parameters().map((p) => p.detach().tolist()), history }));
