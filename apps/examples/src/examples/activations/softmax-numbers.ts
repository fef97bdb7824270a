import { manualSeed, randn, softmax, sum, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { near } from "./_near.ts";

const example: Example = {
  name: "softmax-numbers",
  title: { ja: "ソフトマックス: 点数から確率へ", en: "Softmax: from scores to probabilities" },
  ids: ["ACT3"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ seed, claim }) {
    const scores = tensor([3, 1, 2]);
    const expected = [0.66524096, 0.09003057, 0.24472847];
    await near(claim, "softmax([3, 1, 2])", softmax(scores, { dim: 0 }), expected, 1e-7);

    // only differences count: a constant added to all scores leaves the shares as they are. That is the way out of
    // overflow, too: softmax takes the greatest score from all before it raises e to them
    await near(claim, "… with 100 added to each", softmax(scores.add(100), { dim: 0 }), expected, 1e-7);
    await near(claim, "softmax([1000, 0, −1000])", softmax(tensor([1000, 0, -1000]), { dim: 0 }), [1, 0, 0], 0);

    // a batch: each row is a question of its own, so the shares of each row add up to 1
    manualSeed(seed);
    const batch = randn([4, 3]);
    await near(claim, "sums of the rows of a batch", sum(softmax(batch, { dim: 1 }), { dim: 1 }), [1, 1, 1, 1]);
    // along the other axis the columns add up to 1 instead: for classes in columns that is a mistake
    await near(claim, "sums of the columns along dim 0", sum(softmax(batch, { dim: 0 }), { dim: 0 }), [1, 1, 1]);

    // multiplied scores make it more (or less) sure of itself: the temperature of the shares
    const sharp = await softmax(scores.mul(10), { dim: 0 }).read();
    claim("greatest share, scores × 10", sharp[0] as number, "≥ .9999", (sharp[0] as number) >= 0.9999);
    const even = await softmax(scores.mul(0.1), { dim: 0 }).read();
    claim("greatest share, scores × .1", even[0] as number, "≤ .4", (even[0] as number) <= 0.4);
  },
};

export default example;
