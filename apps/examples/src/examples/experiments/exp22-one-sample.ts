import { Linear, type Module, ReLU, Sequential, Sigmoid } from "@dl/layers";
import { normal_ } from "@dl/layers/init";
import { mseLoss } from "@dl/losses";
import { SGD } from "@dl/optim";
import { rand, sum, type Tensor, tensor } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { curves, inOrder } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly updates: number;
  readonly report: string;
}

const activations: Readonly<Record<string, () => Module>> = { ReLU: () => new ReLU(), sigmoid: () => new Sigmoid() };

const example: Example<Values> = {
  name: "exp22-one-sample",
  title: { ja: "1 サンプルずつの勾配降下", en: "Gradient descent, one sample at a time" },
  ids: ["EXP22", "PHEN12"],
  seconds: 8,
  data: "none",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    updates: integer(1000, "updates of the weights", { min: 10 }),
    report: file("reports/exp22-one-sample.html", "where to draw the errors"),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, log, metric, finding }) {
    const [singles, batches]: [Figures[], Figures[]] = [[], []];
    const slopes: string[] = [];
    const drawn: (readonly number[])[] = [];
    for (const [name, activation] of Object.entries(activations)) {
      const errors = (batch: number) => perSeed(seed, flags.seeds, () => learn(activation, batch, flags.updates));
      const [one, many] = [await errors(1), await errors(32)];
      drawn.push(one[0] as number[], many[0] as number[]);
      const [single, calmer] = [one.map(figuresOf), many.map(figuresOf)];
      metric(
        `${name}: jitter of single samples, of 32`,
        (single[0] as Figures).jitter,
        `${span(jitters(single), 2)} ${span(jitters(calmer), 2)}`,
      );
      const steepness = single.map(({ slope }) => slope);
      slopes.push(`${name} ${span(steepness, 1)}`);
      singles.push(...single);
      batches.push(...calmer);
    }
    finding({
      id: "EXP22",
      described: { en: "the error falls gradually, with jitter", ja: "誤差はぶれながら少しずつ下がる" },
      measured: `slope of log₁₀ error per 1,000 updates: ${slopes.join(", ")}; jitter ${span(jitters(singles), 2)}, in batches of 32 ${span(jitters(batches), 2)}`,
      reference: "slope −1.4 to −4.0 (ReLU), −1.9 to −2.6 (sigmoid); jitter 1.2–1.4 against .15–.52",
      criterion: "slope ≤ −.8, jitter ≥ 2 × mini-batch",
      reproduced: singles.every(
        ({ slope, jitter }, i) => slope <= -0.8 && jitter >= 2 * (batches[i] as Figures).jitter,
      ),
    });
    log(`report: ${draw(flags.report, drawn)}`);
  },
};

export default example;

/** log₁₀ of the squared error of each batch, before its update: a 2-10-1 network learns `3 x₀ + 2 x₁`. */
async function learn(activation: () => Module, batch: number, updates: number): Promise<number[]> {
  const model = new Sequential(new Linear(2, 10), activation(), new Linear(10, 1));
  // as in the course: N(0, 1) for all weights and biases
  for (const parameter of model.parameters()) normal_(parameter);
  const found: number[] = [];
  await fit(model, samples(batch), {
    loss: (model, [x, y]) => mseLoss(model.forward(x), y).div(2),
    optimizer: new SGD(model.parameters(), { lr: 0.07 }),
    steps: updates,
    callbacks: [{ afterStep: ({ loss }) => void found.push(Math.log10(Math.max(loss, 1e-12))) }],
  });
  return found;
}

/** Random samples without end. */
function* samples(batch: number): Generator<[Tensor, Tensor]> {
  for (;;) {
    const x = rand([batch, 2]);
    yield [x, sum(x.mul(tensor([3, 2])), { dim: 1, keepdim: true })];
  }
}

interface Figures {
  /** Of log₁₀ error, by least squares, per 1,000 updates. */
  readonly slope: number;
  /** Standard deviation of the change of log₁₀ error from update to update. */
  readonly jitter: number;
}

function figuresOf(values: readonly number[]): Figures {
  const middle = (values.length - 1) / 2;
  const level = mean(values);
  const over = mean(values.map((value, i) => (i - middle) * (value - level)));
  const under = mean(values.map((_, i) => (i - middle) ** 2));
  const steps = values.slice(1).map((value, i) => value - (values[i] as number));
  return { slope: (1000 * over) / under, jitter: Math.sqrt(mean(steps.map((step) => (step - mean(steps)) ** 2))) };
}

const jitters = (runs: readonly Figures[]): number[] => runs.map(({ jitter }) => jitter);

function draw(path: string, [one = [], many = []]: readonly (readonly number[])[]): string {
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "A gradient from one sample points only roughly downhill: the error jumps, and falls all the same.",
      ja: "1 サンプルの勾配は大まかにしか下を向きません。誤差は跳ねながらも下がっていきます。",
    },
    sections: [
      curves({
        heading: { en: "log₁₀ of the squared error", ja: "二乗誤差の常用対数" },
        note: { en: "ReLU, the first seed.", ja: "ReLU、最初のシード。" },
        lines: [
          { name: { en: "one sample", ja: "1 サンプル" }, points: inOrder(one) },
          { name: { en: "32 samples", ja: "32 サンプル" }, points: inOrder(many) },
        ],
        x: "update",
      }),
    ],
    data: { en: "None: drawn at random.", ja: "なし (乱数)。" },
  });
}
