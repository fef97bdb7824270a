import { noGrad } from "@dl/autograd";
import { Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { binaryCrossEntropyWithLogits } from "@dl/losses";
import { Adam } from "@dl/optim";
import { eq, gt, manualSeed, matmul, max, randn, type Tensor, tensor } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

const example: Example<Values> = {
  name: "non-linearity",
  title: { ja: "なぜ非線形な活性化関数が必要か", en: "Why activations must not be linear" },
  ids: ["ACT11"],
  seconds: 2,
  data: "none",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(1000, "updates of the weights", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, claim, claimEach }) {
    // three layers without activations: W₃(W₂(W₁x + b₁) + b₂) + b₃ is one matrix and one vector again
    manualSeed(seed);
    const [a, b, c] = [new Linear(5, 8), new Linear(8, 8), new Linear(8, 3)];
    const x = randn([100, 5]);
    const deep = noGrad(() => new Sequential(a, b, c).forward(x));
    const one = noGrad(() => {
      const weight = matmul(c.weight, matmul(b.weight, a.weight));
      const bias = c.forward(b.forward(a.bias as Tensor));
      return matmul(x, weight.transpose()).add(bias);
    });
    const apart = await max(deep.sub(one).abs()).itemAsync();
    claim("three linear layers against their one product", apart, "≤ 1e-5", apart <= 1e-5);

    // so depth without activations buys nothing: no line separates XOR, however many layers draw it
    const linear = await perSeed(seed, flags.seeds, () => learnXor([], flags.steps));
    const bent = await perSeed(seed, flags.seeds, () => learnXor([new ReLU()], flags.steps));
    claimEach("XOR right, linear 2-16-16-1", linear, "≤ .75", (share) => share <= 0.75, 2);
    claimEach("XOR right, the same with ReLU", bent, 1, (share) => share === 1, 2);
  },
};

export default example;

/** The share of the four inputs that is answered right; they are all there is, so nothing is held out. */
async function learnXor(between: readonly Module[], steps: number): Promise<number> {
  const inputs = tensor([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  const answers = tensor([0, 1, 1, 0]);
  const model = new Sequential(new Linear(2, 16), ...between, new Linear(16, 16), ...between, new Linear(16, 1));
  await fit(model, [[inputs, answers] as const], {
    loss: (model, [x, y]) => binaryCrossEntropyWithLogits(model.forward(x).squeeze(1), y),
    optimizer: new Adam(model.parameters(), { lr: 0.01 }),
    steps,
  });
  const logits = noGrad(() => model.forward(inputs).squeeze(1));
  return (await eq(gt(logits, 0).to("float32"), answers).sum().itemAsync()) / 4;
}
