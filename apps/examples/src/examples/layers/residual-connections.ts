import { Linear, Module, ReLU, Sequential, Sigmoid } from "@dl/layers";
import { xavierNormal_, zeros_ } from "@dl/layers/init";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { manualSeed, type Tensor } from "@dl/tensor";
import { fit, gradientNorms, progressBar } from "@dl/train";
import { accuracyOn, type Digits, digits, firstOf, shuffled, standardised } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly layers: number;
}

/** `x + s f(x)`: what the inner module makes is added to what came in, so that the gradient has a way past it. */
class Residual extends Module {
  readonly inner: Module;
  readonly scale: number;

  constructor(inner: Module, scale: number) {
    super();
    this.inner = inner;
    this.scale = scale;
  }

  override forward(x: Tensor): Tensor {
    return x.add(this.inner.forward(x).mul(this.scale));
  }
}

interface Kind {
  readonly name: string;
  readonly activation: () => Module;
  /** PyTorch's default first weights, or Xavier's with biases of 0. */
  readonly xavier: boolean;
  readonly lr: number;
  /** What PyTorch gives for the residual net. */
  readonly reference: string;
}

const kinds: readonly Kind[] = [
  {
    name: "ReLU",
    activation: () => new ReLU(),
    xavier: false,
    lr: 0.05,
    reference: "gradient ratio .32–.42, accuracy .957–.958",
  },
  {
    name: "sigmoid, Xavier",
    activation: () => new Sigmoid(),
    xavier: true,
    lr: 0.1,
    reference: "gradient ratio .23–.30, accuracy .947–.954",
  },
];

const example: Example<Values> = {
  name: "residual-connections",
  title: { ja: "残差接続: 30 層でも学習できる", en: "Residual connections: thirty layers that learn" },
  ids: ["LAYER11"],
  seconds: 85,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(1200, "batches of 100 images", { min: 1 }),
    layers: integer(30, "hidden layers of 64 units", { min: 2 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, quick, progress, metric, claim, finding }) {
    const { train, test } = await digits();
    for (const kind of quick ? kinds.slice(0, 1) : kinds) {
      const found = { plain: [] as Figures[], residual: [] as Figures[] };
      for (const each of seedsFrom(seed, flags.seeds)) {
        for (const form of ["plain", "residual"] as const) {
          manualSeed(each);
          const model = deep(kind, form === "residual", flags.layers);
          const ratio = await gradientRatio(model, firstOf(train, 256), flags.layers);
          const name = `${kind.name}, ${form}, seed ${each}`;
          const { history } = await fit(model, shuffled(train, 100), {
            loss: (model, [images, labels]) => crossEntropy(model.forward(standardised(images)), labels),
            optimizer: new SGD(model.parameters(), { lr: kind.lr }),
            steps: flags.steps,
            every: flags.steps,
            callbacks: [progressBar({ display: (total) => progress(total, { label: name, unit: "steps" }) })],
          });
          const accuracy = await accuracyOn(model, test, standardised);
          metric(`${name}: training loss, test`, accuracy, `${history.at(-1)?.loss.toFixed(3)} ${accuracy.toFixed(4)}`);
          found[form].push({ ratio, accuracy });
        }
      }
      const { plain, residual } = found;
      const all = (
        key: keyof Figures,
        runs: readonly Figures[],
        holds: (value: number) => boolean,
        limit: string,
        what: string,
      ): void =>
        claim(
          `${kind.name}, ${what}`,
          span(runs.map((run) => run[key])),
          limit,
          runs.every((run) => holds(run[key])),
        );
      all("ratio", plain, (ratio) => ratio < 1e-8, "< 1e-8", "plain: |g₁| / |g₃₀|");
      all("ratio", residual, (ratio) => ratio > 0.1, "> .1", "residual: |g₁| / |g₃₀|");
      all("accuracy", plain, (accuracy) => accuracy <= 0.2, "≤ .2", "plain: test accuracy");
      all("accuracy", residual, (accuracy) => accuracy >= 0.9, "≥ .9", "residual: test accuracy");
      const accuracies = residual.map(({ accuracy }) => accuracy);
      const reproduced = accuracies.every((accuracy) => accuracy >= 0.93);
      finding({
        id: "LAYER11",
        described: {
          en: `30 layers learn with residual connections (${kind.name})`,
          ja: `残差接続があれば 30 層でも学習できる (${kind.name})`,
        },
        measured: `gradient ratio ${span(residual.map(({ ratio }) => ratio))}, accuracy ${span(accuracies)}`,
        reference: kind.reference,
        criterion: "accuracy ≥ .93",
        reproduced,
        ...(reproduced ? {} : { why: "it learns, more slowly than in the reference, whose details are not all known" }),
      });
    }
    // not every deep net needs it: with Xavier's weights tanh trains without; with branches × 1 and no normalisation the
    // sums of the residual net grow until it diverges. Hence × .2 here
  },
};

export default example;

interface Figures {
  /** The gradient's norm in the first hidden layer against that in the last, before any learning. */
  readonly ratio: number;
  readonly accuracy: number;
}

/** 784, then hidden layers of 64, then 10. */
function deep({ activation, xavier }: Kind, residual: boolean, layers: number): Sequential {
  const hidden = Array.from({ length: layers }, () => {
    const block = new Sequential(new Linear(64, 64), activation());
    return residual ? new Residual(block, 0.2) : block;
  });
  const model = new Sequential(new Linear(784, 64), activation(), ...hidden, new Linear(64, 10));
  for (const [name, parameter] of xavier ? model.namedParameters() : []) {
    if (name.endsWith("bias")) zeros_(parameter);
    else xavierNormal_(parameter);
  }
  return model;
}

async function gradientRatio(model: Sequential, { images, labels }: Digits, layers: number): Promise<number> {
  crossEntropy(model.forward(standardised(images)), labels).backward();
  const weights = Object.entries(await gradientNorms(model)).flatMap(([name, norm]) =>
    name.endsWith("weight") ? [norm] : [],
  );
  model.zeroGrad();
  // weight 0 is that of the input layer
  return (weights[1] as number) / (weights[layers] as number);
}
