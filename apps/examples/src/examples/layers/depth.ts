import { noGrad } from "@dl/autograd";
import { Linear, type Module, measure, ReLU, Sequential, summary } from "@dl/layers";
import { equal, manualSeed, randn } from "@dl/tensor";
import type { Example } from "../../example.ts";

const example: Example = {
  name: "depth",
  title: { ja: "関数の合成としての深さ", en: "Depth: functions of functions" },
  ids: ["LAYER3", "LAYER7"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ seed, log, claim }) {
    manualSeed(seed);
    // a network is a function of a function of a function: f₄(f₃(f₂(f₁(x))))
    const layer = (inputs: number, outputs: number): Sequential =>
      new Sequential(new Linear(inputs, outputs), new ReLU());
    const [f1, f2, f3, f4] = [layer(8, 16), layer(16, 16), layer(16, 16), new Linear(16, 2)] as const;
    const network = new Sequential(f1, f2, f3, f4);
    const x = randn([5, 8]);
    const composed = noGrad(() => f4.forward(f3.forward(f2.forward(f1.forward(x)))));
    const whole = noGrad(() => network.forward(x));
    const same = equal(await composed.cpu(), await whole.cpu());
    claim("f₄(f₃(f₂(f₁(x)))) is the network of x", same, true, same);
    const wrongWay = refusal(new Sequential(f1, f3, f4, f2), [5, 8]);
    const told = wrongWay.includes("Linear(16, 16)");
    claim("in another order the widths do not fit", wrongWay, "the layer and both sizes", told);

    // depth counts the layers with parameters on the longest way from input to output (the credit assignment path);
    // activations have none. All but the last are hidden, and with three hidden layers a network is called deep
    for (const [hidden, name] of [
      [0, "no hidden layer"],
      [1, "shallow"],
      [3, "deep"],
    ] as const) {
      const layers = Array.from({ length: hidden }, (_, i): Module => layer(i === 0 ? 8 : 16, 16));
      const model = new Sequential(...layers, new Linear(hidden === 0 ? 8 : 16, 2));
      const { depth } = measure(model, [1, 8]);
      claim(`CAP with ${hidden} hidden layers (${name})`, depth, hidden + 1, depth === hidden + 1);
      if (hidden === 3) log(summary(model, [1, 8], { depth: 1 }));
    }
  },
};

export default example;

/** What the model says to inputs of this shape. */
function refusal(model: Module, shape: readonly number[]): string {
  try {
    noGrad(() => model.forward(randn(shape)));
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
