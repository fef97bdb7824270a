import { type BackwardStep, explainBackward, numericalGrad, requiresGrad_ } from "@dl/autograd";
import { mseLoss } from "@dl/losses";
import { einsum, manualSeed, randn, type Tensor, t, tensor, useDevice } from "@dl/tensor";
import type { Example } from "../../example.ts";

const example: Example = {
  name: "backpropagation",
  title: { ja: "誤差逆伝播法: 連鎖律を 1 段ずつ", en: "Backpropagation: the chain rule, step by step" },
  ids: ["TRAIN13"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ seed, log, metric, claim }) {
    // float64, so that differences of 1e-12 are seen: GPUs lack it
    await useDevice("cpu");
    manualSeed(seed);
    const double = { dtype: "float64" } as const;
    const x = tensor(
      [
        [1, -2],
        [0.5, 3],
      ],
      double,
    );
    const y = tensor([[1], [0]], double);
    const weights = [randn([3, 2], double), randn([3], double), randn([1, 3], double)].map((w) => requiresGrad_(w));
    // a network of two layers: x → sigmoid(x W1ᵀ + b1) → W2ᵀ → the mean squared difference from y
    const lossOf = (...[w1, b1, w2]: Tensor[]): Tensor =>
      mseLoss(
        x
          .matmul(t(w1 as Tensor))
          .add(b1 as Tensor)
          .sigmoid()
          .matmul(t(w2 as Tensor)),
        y,
      );

    // backwards from the loss: at each operation the gradient that arrives, upstream, is multiplied by the operation's
    // own derivative; what comes out is the upstream of the one before. Nothing is computed twice
    const [w1, b1, w2] = weights as [Tensor, Tensor, Tensor];
    const loss = lossOf(...weights);
    const explanation = explainBackward(loss, { names: { w1, b1, w2 } });
    const { steps, leaves } = explanation;
    log(String(explanation));
    const off = Math.max(...steps.flatMap(chainError));
    claim("gradient = upstream · local derivative, at each step: off by", off, "≤ 1e-12", off <= 1e-12);

    // the same by moving each weight a little and computing the loss again
    const numeric = numericalGrad(lossOf, weights);
    const byName = new Map(leaves.map(({ name, gradient }) => [name, gradient]));
    ["w1", "b1", "w2"].forEach((name, i) => {
      const found = byName.get(name)?.toArray() ?? [];
      const worst = largest(numeric[i] ?? [], found);
      claim(`${name}: off the numeric differences by`, worst, "≤ 1e-8", worst <= 1e-8);
    });
    loss.backward();
    const same = weights.every((w, i) => {
      const explainedGradient = byName.get(["w1", "b1", "w2"][i] as string)?.toArray() ?? [];
      return largest(w.grad?.toArray() ?? [], explainedGradient) === 0;
    });
    claim("backward() gives the same gradients", same, true, same);
    metric("operations on the way back", steps.length);
  },
};

export default example;

/** How far a step's gradients are from upstream · local, where the local derivative has the shapes to say so. */
function chainError({ upstream, inputs }: BackwardStep): number[] {
  return inputs.flatMap(({ local, elementwise, gradient }) => {
    if (local === undefined) return [];
    const product = elementwise
      ? upstream.mul(local)
      : einsum("i,ij->j", upstream.reshape([upstream.size]), local.reshape([upstream.size, gradient.size]));
    // what was repeated over rows on the way forward is summed on the way back
    const folded = product.size === gradient.size ? product : product.sum({ dim: 0 });
    return [largest(folded.toArray(), gradient.toArray())];
  });
}

const largest = (a: ArrayLike<number | bigint | boolean>, b: ArrayLike<number | bigint | boolean>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(Number(value) - Number(b[i]))));
