import { noGrad, requiresGrad_ } from "@dl/autograd";
import { Linear } from "@dl/layers";
import { binaryCrossEntropy, binaryCrossEntropyWithLogits } from "@dl/losses";
import { accuracy } from "@dl/metrics";
import { Adam } from "@dl/optim";
import { isfinite, log, mul, sigmoid, sub, type Tensor, tensor } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { overFifths, type Parts, penguins, type Scores, type Table } from "./_tables.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

const example: Example<Values> = {
  name: "binary-cross-entropy",
  title: { ja: "2 値の交差エントロピー: 雄か雌か", en: "Binary cross entropy: male or female" },
  ids: ["LOSS2"],
  seconds: 2,
  data: "penguins",
  flags: {
    seeds: integer(3, "how often all is repeated", { min: 1 }),
    steps: integer(500, "updates of the weights", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, metric, claim, claimEach }) {
    // −y log p − (1 − y) log(1 − p): only the probability of what is true counts
    const p = [0.9, 0.2, 0.5];
    const y = [1, 0, 1];
    const byHand = p.map((each, i) => -Math.log(y[i] === 1 ? each : 1 - each)).reduce((a, b) => a + b) / 3;
    const value = await binaryCrossEntropy(tensor(p), tensor(y)).itemAsync();
    claim("loss of .9, .2, .5 for 1, 0, 1", value, byHand, Math.abs(value - byHand) <= 1e-6);

    // far out, sigmoid is exactly 0 or 1 and its logarithm −∞; from the logits the loss is computed without either
    const logits = requiresGrad_(tensor([1000, -1000, 1000, -1000]));
    const targets = tensor([1, 0, 0, 1]);
    const losses = binaryCrossEntropyWithLogits(logits, targets, { reduction: "none" });
    const safe = Array.from(await losses.read());
    claim("losses of logits ±1000, right and wrong", safe, [0, 0, 1000, 1000], String(safe) === "0,0,1000,1000");
    losses.sum().backward();
    const gradient = Array.from(await (logits.grad ?? tensor([])).read());
    claim("their gradients: p − y", gradient, [0, 0, 1, -1], String(gradient) === "0,0,1,-1");
    const naive = await isfinite(literally(logits.detach(), targets)).all().itemAsync();
    claim("all finite, if the formula is taken literally", Boolean(naive), false, !naive);

    const seeds = seedsFrom(seed, flags.seeds);
    const { train, test } = await overFifths(penguins(), seeds, (parts) => learn(parts, flags.steps));
    metric("accuracy on the penguins that were learnt from", train[0] as number, span(train));
    claimEach("accuracy on held-out penguins, five folds", test, "≥ .85", (share) => share >= 0.85);
  },
};

export default example;

/** The formula as it stands in the books. */
function literally(logits: Tensor, y: Tensor): Tensor {
  const p = sigmoid(logits);
  return mul(y, log(p))
    .add(mul(sub(1, y), log(sub(1, p))))
    .neg();
}

/** Four measurements, one layer, one logit: logistic regression. */
async function learn({ train, test }: Parts, steps: number): Promise<Scores> {
  const model = new Linear(4, 1);
  await fit(model, [train], {
    loss: (model, { x, y }) => binaryCrossEntropyWithLogits(model.forward(x).squeeze(1), y),
    optimizer: new Adam(model.parameters(), { lr: 0.05 }),
    steps,
  });
  // a probability of at least ½ says male
  const right = async ({ x, y }: Table): Promise<number> => {
    const probabilities = noGrad(() => sigmoid(model.forward(x).squeeze(1)));
    return accuracy(await probabilities.cpu(), await y.to("int32").cpu(), { threshold: 0.5 });
  };
  return { train: await right(train), test: await right(test) };
}
