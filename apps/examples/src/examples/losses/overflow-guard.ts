import { requiresGrad_ } from "@dl/autograd";
import { binaryCrossEntropy, crossEntropy } from "@dl/losses";
import {
  argmax,
  exp,
  log,
  manualSeed,
  mul,
  narrow,
  oneHot,
  randint,
  randn,
  softmax,
  sum,
  type Tensor,
  tensor,
} from "@dl/tensor";
import type { Example } from "../../example.ts";

const example: Example = {
  name: "overflow-guard",
  title: { ja: "オーバーフローと log(0) を防ぐ", en: "Guards against overflow and log(0)" },
  ids: ["LOSS7"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ seed, claim }) {
    const same = (name: string, values: Iterable<number>, expected: readonly number[], tolerance = 1e-6): void => {
      const found = Array.from(values);
      const holds = found.every(
        (value, i) => Object.is(value, expected[i]) || Math.abs(value - (expected[i] as number)) <= tolerance,
      );
      claim(name, found, expected, holds && found.length === expected.length);
    };

    // e^1000 is beyond float32 (and float64): ∞ / ∞ is no number. Less the greatest score, nothing exceeds e^0
    const scores = tensor([1000, 999, 0]);
    const powers = exp(scores);
    same("softmax by its formula", await powers.div(powers.sum()).read(), [Number.NaN, Number.NaN, 0]);
    const shares = [1 / (1 + Math.exp(-1)), 1 / (1 + Math.E), 0];
    const shifted = exp(scores.sub(scores.max()));
    same("… with the greatest taken off first", await shifted.div(shifted.sum()).read(), shares);
    same("softmax", await softmax(scores, { dim: 0 }).read(), shares);

    // a probability of exactly 0: 0 · log 0 is 0 · −∞, no number again
    const target = tensor([0, 1, 0]);
    const literally = sum(mul(target, log(softmax(scores, { dim: 0 })))).neg();
    same("cross entropy by its formula", [await literally.itemAsync()], [Number.NaN]);
    const logits = requiresGrad_(scores.clone());
    const loss = crossEntropy(logits, target);
    same("crossEntropy", [await loss.itemAsync()], [Math.log(1 + Math.E)], 1e-5);
    loss.backward();
    const slope = [shares[0] as number, (shares[1] as number) - 1, 0];
    same("its gradient: softmax less the target", await (logits.grad ?? tensor([])).read(), slope);
    // for a probability that is 0 or 1 already the logarithm is cut off at −100, as in PyTorch
    same("binaryCrossEntropy of 0 for 1", [await binaryCrossEntropy(tensor([0]), tensor([1])).itemAsync()], [100]);

    // one-hot and back
    manualSeed(seed);
    const classes = randint(0, 5, [20]).to("int32");
    const back = argmax(oneHot(classes, { numClasses: 5 }), { dim: 1 });
    same("argmax of oneHot of 20 classes", await back.read(), Array.from(await classes.read()), 0);

    // the loss of a batch is a mean, so that mini-batches of one size have on average the loss of the whole
    const [x, y] = [randn([20, 5]), classes];
    const part = (i: number): Tensor => crossEntropy(narrow(x, 0, 5 * i, 5), narrow(y, 0, 5 * i, 5));
    let total = 0;
    for (let i = 0; i < 4; i++) total += await part(i).itemAsync();
    same("mean loss of four mini-batches, of all", [total / 4], [await crossEntropy(x, y).itemAsync()]);
  },
};

export default example;
