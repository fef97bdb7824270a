import { requiresGrad_ } from "@dl/autograd";
import { Linear } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { heaviside, step, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { near } from "./_near.ts";

const example: Example = {
  name: "step-function",
  title: {
    ja: "ステップ関数: 学習はできても逆伝播はできない",
    en: "The step function: it can learn, but not by backpropagation",
  },
  ids: ["ACT1"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ log, claim }) {
    await near(claim, "step, threshold 0", step(tensor([-2, 0, 3])), [0, 0, 1]);
    await near(claim, "step, threshold 1", step(tensor([-2, 0, 3]), { threshold: 1 }), [0, 0, 1]);
    await near(claim, "heaviside: ½ at 0", heaviside(tensor([-2, 0, 3]), tensor(0.5)), [0, 0.5, 1]);

    const inputs = tensor(corners.map((corner) => [...corner]));
    // Rosenblatt's rule needs no gradient: each weight moves by what is missing times its input
    for (const [name, wanted] of Object.entries({ AND: [0, 0, 0, 1], OR: [0, 1, 1, 1] })) {
      const { weights, rounds } = perceptron(wanted);
      const [w0, w1, bias] = weights;
      const answers = step(inputs.matmul(tensor([w0, w1])).add(bias));
      log(`${name}: step(${w0} x₀ + ${w1} x₁ + ${bias}) after ${rounds} rounds`);
      await near(claim, `${name} of the four inputs`, answers, wanted);
    }

    // the step is flat everywhere but at 0: its gradient is 0, and so is every gradient before it
    const x = requiresGrad_(tensor([-2, -0.1, 0.1, 3]));
    step(x).sum().backward();
    await near(claim, "gradient of step", x.grad ?? tensor([]), [0, 0, 0, 0]);
    const layer = new Linear(2, 1);
    mseLoss(step(layer.forward(inputs)).squeeze(1), tensor([0, 1, 1, 1])).backward();
    await near(claim, "gradient of the weights by backpropagation", layer.weight.grad ?? tensor([]), [0, 0]);
    // sigmoid is a step with a slope: the same weights are told where to go
    layer.zeroGrad();
    mseLoss(layer.forward(inputs).sigmoid().squeeze(1), tensor([0, 1, 1, 1])).backward();
    const told = await (layer.weight.grad ?? tensor([])).abs().sum().itemAsync();
    claim("… with sigmoid in place of step: |gradient|", told, "> 0", told > 0);
  },
};

export default example;

const corners: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
/** Goes through the four inputs until all are answered right. */
function perceptron(wanted: readonly number[]): {
  readonly weights: readonly [number, number, number];
  readonly rounds: number;
} {
  let weights: [number, number, number] = [0, 0, 0];
  for (let rounds = 1; ; rounds++) {
    let mistakes = 0;
    for (const [i, [x0, x1]] of corners.entries()) {
      const answer = weights[0] * x0 + weights[1] * x1 + weights[2] > 0 ? 1 : 0;
      const missing = (wanted[i] as number) - answer;
      if (missing !== 0) mistakes++;
      weights = [weights[0] + missing * x0, weights[1] + missing * x1, weights[2] + missing];
    }
    if (mistakes === 0) return { weights, rounds };
  }
}
