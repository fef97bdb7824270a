import { noGrad } from "@dl/autograd";
import { iris } from "@dl/data";
import { Linear, Sequential, Tanh } from "@dl/layers";
import { normal_ } from "@dl/layers/init";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { argmax, eq, manualSeed, scope, std, type Tensor, tensor } from "@dl/tensor";
import { type Callback, fit } from "@dl/train";
import { digits, firstOf, rows } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { seedsFrom, short } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly budget: number;
  readonly report: string;
}

interface Task {
  readonly name: string;
  readonly x: Tensor;
  readonly y: Tensor;
  /** Inputs, hidden units, classes. */
  readonly sizes: readonly [number, number, number];
  /** What was held out, where there is enough to do so. */
  readonly heldOut?: Sample;
}

/** The best training accuracy after so many passes over the data. */
type Way = (readonly [passes: number, accuracy: number])[];

const example: Example<Values> = {
  name: "before-backprop",
  title: { ja: "誤差逆伝播法の前: 重みを手当たり次第に探す", en: "Before backpropagation: trying weights at random" },
  ids: ["TRAIN29"],
  seconds: 60,
  data: "XOR, iris, MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    budget: integer(3000, "passes over the data that each way may use", { min: 300 }),
    report: file("reports/before-backprop.html", "where to draw the accuracies"),
  },
  quick: { seeds: 1, budget: 900 },
  async run({ seed, flags, log, progress, metric, claim }) {
    const tasks = await allTasks();
    const drawn: Way[][] = [];
    for (const task of tasks) {
      const bar = progress(3 * flags.seeds, { label: task.name, unit: "runs" });
      const passes: Record<string, number[]> = { random: [], last: [], all: [] };
      for (const [i, each] of seedsFrom(seed, flags.seeds).entries()) {
        manualSeed(each);
        const [frozen, model] = [drawnNet(task.sizes), drawnNet(task.sizes)];
        frozen.layers[0]?.freeze();
        const ways = {
          random: await guess(task, flags.budget),
          last: await descend(task, frozen, flags.budget, 2),
          all: await descend(task, model, flags.budget, 3),
        };
        if (task.heldOut !== undefined) {
          const [seen, unseen] = [await accuracyOf(task, model), await accuracyOf(task.heldOut, model)];
          metric(`${task.name}, seed ${each}: train, test`, unseen, `${short(seen)} ${short(unseen)}`);
        }
        for (const [name, way] of Object.entries(ways))
          passes[name]?.push(way.find(([, accuracy]) => accuracy >= 0.9)?.[0] ?? Infinity);
        bar.update(3 * (i + 1), {});
        if (each === seed) drawn.push([ways.random, ways.all]);
      }
      bar.stop();
      const { random, last, all } = passes as { random: number[]; last: number[]; all: number[] };
      const written = (values: readonly number[]): string =>
        values.map((value) => (value === Infinity ? "never" : value)).join(", ");
      log(`${task.name}: passes until 90 % of the training data are right`);
      log(`  weights at random ${written(random)}; last layer only ${written(last)}; backpropagation ${written(all)}`);
      metric(`${task.name}: backpropagation, passes`, Math.max(...all), written(all));
      claim(
        `${task.name}: backpropagation gets there`,
        written(all),
        `≤ ${flags.budget}`,
        all.every((value) => value <= flags.budget),
      );
      if (task.name !== "MNIST") continue;
      // with 24,000 weights instead of a few, guesses that help become too rare to wait for
      const best = Math.max(...(drawn.at(-1)?.[0] ?? []).map(([, accuracy]) => accuracy));
      claim("MNIST: the best of all random weights", short(best), "≤ .4", best <= 0.4);
    }
    log(`report: ${draw(flags.report, tasks, drawn)}`);
  },
};

export default example;

/** Two bits whose classes no line divides; 150 flowers; 300 digits. */
async function allTasks(): Promise<Task[]> {
  const { features, labels } = iris({ from: import.meta.url });
  const x = features.sub(features.mean({ dim: 0 })).div(std(features, { dim: 0 }));
  const { train, test } = await digits();
  const some = firstOf(train, 300);
  const unseen = firstOf(test, 2000);
  const xor = tensor([
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ]);
  return [
    { name: "XOR", x: xor, y: tensor([0, 1, 1, 0], { dtype: "int32" }), sizes: [2, 4, 2] },
    { name: "iris", x, y: labels, sizes: [4, 8, 3] },
    {
      name: "MNIST",
      x: rows(some.images),
      y: some.labels,
      sizes: [784, 30, 10],
      heldOut: { x: rows(unseen.images), y: unseen.labels },
    },
  ];
}

/** A network that begins with other weights each time, drawn from a normal distribution. */
function drawnNet([inputs, hidden, classes]: Task["sizes"]): Sequential {
  const first = new Linear(inputs, hidden);
  const model = new Sequential(first, new Tanh(), new Linear(hidden, classes));
  for (const parameter of model.parameters()) normal_(parameter, { std: 1 / Math.sqrt(inputs) });
  return model;
}

/** All weights anew in every pass. */
async function guess(task: Task, budget: number): Promise<Way> {
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
async function descend(task: Task, model: Sequential, budget: number, cost: 2 | 3): Promise<Way> {
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

type Sample = Pick<Task, "x" | "y">;

const hitsOf = ({ x, y }: Sample, model: Sequential): Tensor =>
  noGrad(() => eq(argmax(model.forward(x), { dim: 1 }), y).sum());

const accuracyOf = async (sample: Sample, model: Sequential): Promise<number> =>
  (await scope(() => hitsOf(sample, model)).itemAsync()) / sample.y.size;

function draw(path: string, tasks: readonly Task[], drawn: readonly (readonly Way[])[]): string {
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Accuracy on the training data, by passes over them. Guessing works for a handful of weights; a gradient tells each of thousands which way to go.",
      ja: "学習データを計算した回数と正解率。重みが少なければ当てずっぽうでも見つかりますが、数が増えると勾配なしでは進めません。",
    },
    highlights: [],
    summary: [],
    sections: tasks.map(({ name, sizes }, i) =>
      curves({
        heading: { en: `${name}, ${sizes.join("-")}`, ja: `${name}、${sizes.join("-")}` },
        note: { en: "The best so far, up to 90 %.", ja: "それまでの最良（90 % まで）。" },
        lines: [
          { name: { en: "random weights", ja: "重みをランダムに" }, points: drawn[i]?.[0] ?? [] },
          { name: { en: "backpropagation", ja: "誤差逆伝播法" }, points: drawn[i]?.[1] ?? [] },
        ],
        x: "passes over the data",
        y: { domain: [0, 1], percent: true },
      }),
    ),
    data: { en: "XOR, 150 irises, the first 300 MNIST images", ja: "XOR、アヤメ 150、MNIST の最初の 300 枚" },
  });
}
