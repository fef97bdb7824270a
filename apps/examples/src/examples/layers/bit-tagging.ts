import { noGrad } from "@dl/autograd";
import { Linear, Module, RNN } from "@dl/layers";
import { binaryCrossEntropyWithLogits } from "@dl/losses";
import { Adam } from "@dl/optim";
import { cat, eq, gt, manualSeed, narrow, ne, randint, type Tensor, tanh, zeros } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

const example: Example<Values> = {
  name: "bit-tagging",
  title: { ja: "隠れ状態: 直前を覚えて各時刻に答える", en: "The hidden state: an answer at every step, from memory" },
  ids: ["LAYER12"],
  seconds: 2,
  data: "none",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(300, "batches of 32 rows of bits", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, claimEach }) {
    // is a bit another than the one before? Who sees only the bit itself can but guess; the hidden state remembers
    const tagged = (remembers: boolean): Promise<number[]> =>
      perSeed(seed, flags.seeds, (each) => tag(each, new Tagger(remembers), flags.steps));
    const [remembering, forgetful] = [await tagged(true), await tagged(false)];
    claimEach("RNN: bits of new rows tagged right", remembering, "≥ .99", (share) => share >= 0.99);
    claimEach("without hidden state", forgetful, ".45–.6", (share) => share >= 0.45 && share <= 0.6);
  },
};

export default example;

/** Says something about every bit of a row. */
class Tagger extends Module {
  readonly layer: RNN | Linear;
  readonly output: Linear;

  constructor(remembers: boolean) {
    super();
    this.layer = remembers ? new RNN(1, 16, { batchFirst: true }) : new Linear(1, 16);
    this.output = new Linear(16, 1);
  }

  override forward(x: Tensor): Tensor {
    const hidden = this.layer instanceof RNN ? this.layer.forward(x).output : tanh(this.layer.forward(x));
    return this.output.forward(hidden).squeeze(2);
  }
}

/** Rows of 20 random bits `[n, 20, 1]`, and for each bit whether it is new `[n, 20]`; before the first stands a 0. */
function bits(count: number): [Tensor, Tensor] {
  const row = randint(0, 2, [count, 20]).to("float32");
  const before = cat([zeros([count, 1]), narrow(row, 1, 0, 19)], { dim: 1 });
  return [row.unsqueeze(2), ne(row, before).to("float32")];
}

/** The share of bits in 200 new rows that are tagged right after learning. */
async function tag(seed: number, model: Tagger, steps: number): Promise<number> {
  manualSeed(seed);
  const batches = function* (): Generator<[Tensor, Tensor]> {
    for (;;) yield bits(32);
  };
  await fit(model, batches(), {
    loss: (model, [x, y]) => binaryCrossEntropyWithLogits(model.forward(x), y),
    optimizer: new Adam(model.parameters(), { lr: 0.01 }),
    steps,
  });
  const [x, y] = bits(200);
  const said = noGrad(() => gt(model.forward(x), 0).to("float32"));
  return (await eq(said, y).sum().itemAsync()) / y.size;
}
