import { noGrad } from "@dl/autograd";
import { Identity, Linear, type Module, ReLU, Sequential, Sigmoid, Softmax } from "@dl/layers";
import { binaryCrossEntropyWithLogits, crossEntropy, mseLoss } from "@dl/losses";
import { accuracy, r2Score } from "@dl/metrics";
import { Adam } from "@dl/optim";
import { argmax, equal, ge, sum, type Tensor } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { cars, irises, overFifths, type Parts, penguins, type Table } from "./_tables.ts";

interface Task {
  readonly name: string;
  readonly table: () => Table;
  readonly outputs: number;
  /** Makes an answer of what the last layer says. */
  readonly output: Module;
  /** Of what the last layer says: the losses take the output function into themselves, which is safer. */
  readonly loss: (said: Tensor, y: Tensor) => Tensor;
  readonly score: (answers: Tensor, y: Tensor) => number;
  readonly measure: string;
  readonly least: number;
}

const tasks: readonly Task[] = [
  {
    name: "a quantity (cars, miles per gallon): affine",
    table: cars,
    outputs: 1,
    output: new Identity(),
    loss: (said, y) => mseLoss(said.squeeze(1), y),
    score: (answers, y) => r2Score(answers.squeeze(1), y),
    measure: "R²",
    least: 0.8,
  },
  {
    name: "yes or no (penguins, male): sigmoid",
    table: penguins,
    outputs: 1,
    output: new Sigmoid(),
    loss: (said, y) => binaryCrossEntropyWithLogits(said.squeeze(1), y),
    score: (answers, y) => accuracy(answers.squeeze(1), y.to("int32"), { threshold: 0.5 }),
    measure: "accuracy",
    least: 0.85,
  },
  {
    name: "one of several (irises, species): softmax",
    table: irises,
    outputs: 3,
    output: new Softmax({ dim: 1 }),
    loss: crossEntropy,
    score: (answers, y) => accuracy(answers, y),
    measure: "accuracy",
    least: 0.9,
  },
];

const example: Example<{ readonly seeds: number; readonly steps: number }> = {
  name: "three-heads",
  title: {
    ja: "課題ごとの出力層: 恒等・シグモイド・ソフトマックス",
    en: "An output for each task: affine, sigmoid, softmax",
  },
  ids: ["LOSS8", "ACT10"],
  seconds: 3,
  data: "cars, penguins, iris",
  flags: {
    seeds: integer(3, "how often all is repeated", { min: 1 }),
    steps: integer(300, "updates of the weights", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, metric, claim, claimEach }) {
    const seeds = seedsFrom(seed, flags.seeds);
    for (const task of tasks) {
      const spoken: Spoken[] = [];
      const { train, test } = await overFifths(task.table(), seeds, async (parts) => {
        const learnt = await learn(task, parts, flags.steps);
        spoken.push(learnt);
        return learnt;
      });
      metric(`${task.name}: ${task.measure} on what was learnt from`, train[0] as number, span(train));
      const held = `${task.name}: ${task.measure} on held-out rows, five folds`;
      claimEach(held, test, `≥ ${task.least}`, (score) => score >= task.least);
      if (task.output instanceof Softmax) {
        const rows = spoken.map(({ answers }) => sum(answers, { dim: 1 }));
        const whole = rows.every((sums) => sums.toArray().every((each) => Math.abs(each - 1) <= 1e-6));
        claim("softmax: the answers of a row add up to 1", whole, true, whole);
        // softmax keeps the order: the greatest share is that of the greatest score
        const kept = spoken.every(({ said, answers }) => equal(argmax(said, { dim: 1 }), argmax(answers, { dim: 1 })));
        claim("softmax: same class with and without", kept, true, kept);
      }
      if (task.output instanceof Sigmoid) {
        const kept = spoken.every(({ said, answers }) => equal(ge(said, 0), ge(answers, 0.5)));
        claim("sigmoid: at least ½ wherever the last layer says at least 0", kept, true, kept);
      }
    }
  },
};

export default example;

/** What the last layer says of held-out rows, and the answers made of it; on the CPU, where metrics read them. */
interface Spoken {
  readonly said: Tensor;
  readonly answers: Tensor;
}

/** The same network for all three, but for its last layer. */
async function learn({ outputs, output, loss, score }: Task, { train, test }: Parts, steps: number) {
  const model = new Sequential(new Linear(train.x.shape[1] as number, 8), new ReLU(), new Linear(8, outputs));
  await fit(model, [train], {
    loss: (model, { x, y }) => loss(model.forward(x), y),
    optimizer: new Adam(model.parameters(), { lr: 0.02 }),
    steps,
  });
  const say = ({ x }: Table): Promise<Tensor> => noGrad(() => model.forward(x)).cpu();
  const [known, said] = [await say(train), await say(test)];
  const answers = output.forward(said);
  return {
    train: score(output.forward(known), await train.y.cpu()),
    test: score(answers, await test.y.cpu()),
    said,
    answers,
  };
}
