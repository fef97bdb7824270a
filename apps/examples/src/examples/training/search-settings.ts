import { noGrad } from "@dl/autograd";
import { DataLoader, iris, randomSplit, TensorDataset } from "@dl/data";
import { Dropout, Linear, ReLU, Sequential } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { argmax, eq, Generator, indexSelect, manualSeed, scope, std, type Tensor, tensor } from "@dl/tensor";
import { fit, gridSearch, randomSearch, type Setting, successiveHalving } from "@dl/train";
import type { Example } from "../../example.ts";
import { seedsFrom, short } from "../../figures.ts";
import { integer } from "../../flags.ts";

const space = { lr: [0.001, 0.01, 0.1, 1], batchSize: [8, 32], dropout: [0, 0.2, 0.5] } as const;

/** What one would try first. */
const byHand: Setting<typeof space> = { lr: 0.01, batchSize: 32, dropout: 0.2 };

const epochs = 40;

const example: Example<{ readonly seeds: number }> = {
  name: "search-settings",
  title: { ja: "ハイパーパラメータを探す", en: "Searching for hyperparameters" },
  ids: ["TRAIN22", "TRAIN25"],
  seconds: 10,
  data: "iris",
  flags: { seeds: integer(3, "how often it is repeated", { min: 1 }) },
  quick: { seeds: 1 },
  async run({ seed, flags, progress, log, metric, claim }) {
    for (const each of seedsFrom(seed, flags.seeds)) {
      const parts = inThree(each);
      const bar = progress(spent.grid + spent.random + spent.halving, { label: `seed ${each}`, unit: "epochs" });
      let done = 0;
      // settings are chosen by flowers that were held out, and judged by flowers that choosing never saw
      const tried = async (setting: Setting<typeof space>, length: number = epochs): Promise<number> => {
        const { chosen } = await learn(setting, parts, each, length);
        done += length;
        bar.update(Math.min(done, spent.grid + spent.random + spent.halving), {});
        return -chosen.loss;
      };
      const generator = new Generator(each);
      const byHandLoss = (await learn(byHand, parts, each, epochs)).chosen.loss;
      const grid = await gridSearch(space, (setting) => tried(setting));
      const random = await randomSearch(space, (setting) => tried(setting), { trials: 12, generator });
      const halving = await successiveHalving(space, tried, { trials: 16, budget: 10, generator });
      bar.stop();
      for (const [name, { best }] of Object.entries({ grid, random, halving })) {
        const { train, chosen, judged } = await learn(best.setting, parts, each, epochs);
        const { lr, batchSize, dropout } = best.setting;
        log(
          `seed ${each}, ${name}: lr ${lr}, batch ${batchSize}, dropout ${dropout}, ${spent[name as keyof typeof spent]} epochs spent`,
        );
        metric(
          `${name}, seed ${each}: accuracy learnt from, held out`,
          judged.accuracy,
          `${short(train.accuracy)} ${short(judged.accuracy)}`,
        );
        claim(
          `${name}, seed ${each}: loss against ${short(byHandLoss)} by hand`,
          chosen.loss,
          "less",
          chosen.loss < byHandLoss,
        );
      }
    }
  },
};

export default example;

/** Epochs that each search may spend: halving 16 settings for 10, the better 8 for 20, and so on. */
const spent = { grid: 24 * epochs, random: 12 * epochs, halving: 5 * 160 } as const;

interface Part {
  readonly x: Tensor;
  readonly y: Tensor;
}

type Parts = Readonly<Record<"train" | "chosen" | "judged", Part>>;

/** 90 irises to learn from, 30 to choose settings by, 30 to judge; columns of mean 0 and deviation 1 over the 90. */
function inThree(seed: number): Parts {
  const { features, labels } = iris({ from: import.meta.url });
  const subsets = randomSplit(new TensorDataset(features, labels), [90, 30, 30], { generator: new Generator(seed) });
  const rowsOf = (x: Tensor, i: number): Tensor => indexSelect(x, 0, tensor(subsets[i]?.indices ?? new Int32Array()));
  const known = rowsOf(features, 0);
  const standard = features.sub(known.mean({ dim: 0 })).div(std(known, { dim: 0 }));
  const part = (i: number): Part => ({ x: rowsOf(standard, i), y: rowsOf(labels, i) });
  return { train: part(0), chosen: part(1), judged: part(2) };
}

type Scores = Readonly<Record<keyof Parts, { readonly loss: number; readonly accuracy: number }>>;

async function learn(
  { lr, batchSize, dropout }: Setting<typeof space>,
  parts: Parts,
  seed: number,
  epochs: number,
): Promise<Scores> {
  manualSeed(seed);
  const model = new Sequential(new Linear(4, 16), new ReLU(), new Dropout({ p: dropout }), new Linear(16, 3));
  const { x, y } = parts.train;
  await fit(model, new DataLoader(new TensorDataset(x, y), { batchSize, shuffle: true }), {
    loss: (model, [x, y]) => crossEntropy(model.forward(x), y),
    optimizer: new SGD(model.parameters(), { lr }),
    epochs,
  });
  model.eval();
  const score = async ({ x, y }: Part) => {
    const [loss, hits] = scope(() =>
      noGrad(() => {
        const scores = model.forward(x);
        return [crossEntropy(scores, y), eq(argmax(scores, { dim: 1 }), y).sum()] as const;
      }),
    );
    return { loss: await loss.itemAsync(), accuracy: (await hits.itemAsync()) / (y.shape[0] as number) };
  };
  return { train: await score(parts.train), chosen: await score(parts.chosen), judged: await score(parts.judged) };
}
