import { Linear, measure, ReLU, Sequential, summary } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { exp, linspace, manualSeed, relu, sigmoid, softmax, type Tensor, tensor, useDevice } from "@dl/tensor";
import type { Context, Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { curves, graph } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

const example: Example<{ readonly report: string }> = {
  name: "first-steps",
  title: {
    ja: "はじめの一歩: テンソル・層・損失・活性化関数",
    en: "First steps: tensors, a layer, a loss, activations",
  },
  ids: ["CODE1", "CODE2", "CODE3", "CODE4", "CODE5", "CODE6", "CODE7", "ACT3"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/first-steps.html", "where to draw the activations") },
  async run({ flags, log, claim, metric }) {
    // what is computed is printed at once, which a GPU does not allow
    await useDevice("cpu");
    const same = (name: string, value: string, expected: string): void =>
      claim(name, value, expected, value === expected);

    // CODE1: seed 0 gives PyTorch's own numbers, whatever --seed says
    manualSeed(0);
    const fc = new Linear(3, 2);
    const x = tensor([1, 2, 3]);
    const output = relu(fc.forward(x));
    log(`relu(fc(x)) = ${output}`);
    same("CODE1: relu(fc(x))", String(output), "tensor([0.0000, 0.0526], grad_fn=<ReluBackward0>)");

    // CODE2: what the layer knows before it has learnt anything
    log(`fc.weight ${fc.weight}\nfc.bias ${fc.bias}`);
    same("CODE2: a weight prints as", String(fc.weight).split("(")[0] as string, "Parameter containing:\ntensor");

    // CODE3: a tensor and the type of its elements
    same("CODE3: x", `${x} ${x.dtype}`, "tensor([1., 2., 3.]) float32");

    // CODE4: a result remembers how it was made
    same("CODE4: fc(x) was made by", fc.forward(x).gradFn as string, "AddBackward0");
    same("CODE4: fc(batch) was made by", fc.forward(x.unsqueeze(0)).gradFn as string, "AddmmBackward0");

    // CODE5: how far a prediction is off, as the mean of the squared differences
    const loss = await mseLoss(tensor([2, 4]), tensor([1, 3])).itemAsync();
    claim("CODE5: mseLoss([2, 4], [1, 3])", loss, 1, loss === 1);

    // ACT3: softmax; dividing by e^1000 itself would give NaN, as the second line shows
    await near(
      claim,
      "ACT3: softmax([3, 1, 2])",
      softmax(tensor([3, 1, 2]), { dim: 0 }),
      [0.66524096, 0.09003057, 0.24472847],
    );
    await near(claim, "ACT3: softmax([1000, 0, -1000])", softmax(tensor([1000, 0, -1000]), { dim: 0 }), [1, 0, 0]);
    const naive = exp(tensor([1000])).div(exp(tensor([1000])));
    same("ACT3: e^1000 / e^1000 without care", String(naive), "tensor([nan])");

    // CODE6: the activations as curves
    const grid = linspace(-10, 10, 100);
    log(`report: ${await drawActivations(flags.report, grid)}`);
    const middle = await sigmoid(tensor(0)).itemAsync();
    claim("CODE6: sigmoid(0)", middle, 0.5, middle === 0.5);

    // CODE7: 3 → 2 → 1, small enough to count by hand: 3·2 + 2 + 2·1 + 1
    const model = new Sequential(new Linear(3, 2), new ReLU(), new Linear(2, 1));
    log(summary(model, [1, 3]));
    const { parameters } = measure(model, [1, 3]);
    metric("parameters", parameters);
    claim("CODE7: parameters of 3 → 2 → 1", parameters, 11, parameters === 11);
  },
};

export default example;

/** Claims that `x` is `expected` to 1e-7. */
async function near(claim: Context["claim"], name: string, x: Tensor, expected: readonly number[]): Promise<void> {
  const values = Array.from(await x.read());
  claim(
    name,
    values.map((value) => value.toFixed(8)).join(", "),
    expected.join(", "),
    values.every((value, i) => Math.abs(value - (expected[i] as number)) <= 1e-7),
  );
}

async function drawActivations(path: string, grid: Tensor): Promise<string> {
  return writeReport(path, {
    title: { en: "Activations", ja: "活性化関数" },
    lead: { en: "How a unit turns its input into its output.", ja: "ユニットが入力をどう出力に変えるか。" },
    summary: [[{ en: "Points", ja: "点の数" }, String(grid.size)]],
    sections: [
      curves({
        heading: { en: "sigmoid and tanh", ja: "シグモイドと tanh" },
        note: { en: "Both level off on either side.", ja: "どちらも両端で平らになる。" },
        lines: [
          { name: { en: "sigmoid", ja: "シグモイド" }, points: await graph(grid, sigmoid(grid)) },
          { name: { en: "tanh", ja: "双曲線正接" }, points: await graph(grid, grid.tanh()) },
        ],
        x: "x",
      }),
      curves({
        heading: { en: "ReLU", ja: "ReLU" },
        note: { en: "Nothing below 0, the input itself above.", ja: "0 以下では 0、それより上では入力そのまま。" },
        lines: [{ name: { en: "relu", ja: "ランプ関数" }, points: await graph(grid, relu(grid)) }],
        x: "x",
      }),
    ],
    data: { en: "None: the curves are computed.", ja: "なし (計算した値)。" },
  });
}
