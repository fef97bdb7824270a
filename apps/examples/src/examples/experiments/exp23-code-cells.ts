import { explainBackward, requiresGrad_ } from "@dl/autograd";
import { dot, exp, manualSeed, matmul, maximum, rand, tensor, useDevice, where, zeros } from "@dl/tensor";
import type { Example } from "../../example.ts";

const example: Example = {
  name: "exp23-code-cells",
  title: {
    ja: "演習のコード: 順伝播・活性化関数・誤差逆伝播",
    en: "The exercises' code: forward, activations, backward",
  },
  ids: ["EXP23", "EXP24", "EXP25"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ seed, log, claim }) {
    // what is computed is printed at once, which a GPU does not allow
    await useDevice("cpu");
    // EXP23: the forward pass, as few lines as with arrays in Python
    manualSeed(seed);
    const x = tensor([1, 2]);
    const w1 = rand([2, 3]);
    const b1 = zeros([3]);
    const w2 = tensor([[1], [2], [3]]);
    const h = matmul(x, w1).add(b1);
    const y = matmul(h, w2);
    log(`EXP23\nh = x W₁ + b₁ = ${h}\ny = h W₂ = ${y}`);
    const [hidden, output] = [await h.read(), await y.read()];
    const byHand = Array.from(hidden).reduce((sum, value, i) => sum + value * (i + 1), 0);
    claim("EXP23: y is the sum by hand", output[0] as number, byHand, Math.abs((output[0] as number) - byHand) < 1e-5);
    const product = await dot(x, tensor([3, 4])).itemAsync();
    claim("EXP23: dot([1, 2], [3, 4])", product, 11, product === 11);

    // EXP24: a line for each activation
    const z = tensor([-1, 0, 2]);
    const step = where(z.gt(0), 1, 0);
    const sigmoid = tensor(1).div(exp(z.neg()).add(1));
    const relu = maximum(z, 0);
    log(`EXP24\nstep ${step}\nsigmoid ${sigmoid}\nReLU ${relu}`);
    const expected: readonly [string, Float32Array | ArrayLike<number>, readonly number[]][] = [
      ["step", await step.read(), [0, 0, 1]],
      ["sigmoid", await sigmoid.read(), [0.26894143, 0.5, 0.880797]],
      ["ReLU", await relu.read(), [0, 0, 2]],
    ];
    for (const [name, values, wanted] of expected)
      claim(
        `EXP24: ${name}`,
        Array.from(values, (value) => Number(value.toFixed(6))).join(", "),
        wanted.map((value) => Number(value.toFixed(6))).join(", "),
        wanted.every((value, i) => Math.abs(value - (values[i] as number)) < 1e-6),
      );

    // EXP25: what arrives from above is used again for everything below
    const w = requiresGrad_(tensor([0.5, -1]));
    const loss = x.mul(w).sum().sub(1).square();
    const explanation = explainBackward(loss, { names: { w } });
    log(`EXP25\n${explanation}`);
    for (const { number, op, upstream, inputs } of explanation.steps)
      for (const { from, local, gradient, elementwise } of inputs) {
        if (local === undefined || !elementwise || gradient.size !== upstream.size) continue;
        const [product, handed] = [await upstream.mul(local).read(), await gradient.read()];
        const same = product.every((value, i) => Math.abs(value - (handed[i] as number)) < 1e-5);
        claim(`EXP25: step ${number}, ${op} to ${from}: upstream · local = gradient`, same, true, same);
      }
  },
};

export default example;
