import brain from "brain.js";
import { serve } from "./serve.ts";
import { engine, versionOf } from "./versions.ts";

/** It refuses 0. */
const none = Number.MIN_VALUE;

await serve({
  versions: `brain.js ${versionOf("brain.js")}, ${engine}`,
  threads: 1,
  cases: {
    "mlp-1": (data) => {
      const network = new brain.NeuralNetwork({ hiddenLayers: [256, 128], activation: "relu" });
      const input = Array.from(data.input("x").data);
      const output = Array.from({ length: 10 }, (_, i) => (i === data.labels().data[0] ? 1 : 0));
      const steps = 10;
      const options = { iterations: steps, errorThresh: none, learningRate: 0.01, momentum: none };
      return {
        steps,
        numbers: "learns by the squared error, with relu on the outputs too",
        run: () => {
          const { iterations } = network.train([{ input, output }], options);
          if (iterations !== steps) throw new Error(`brain.js: stopped after ${iterations} of ${steps} steps`);
        },
      };
    },
  },
});
