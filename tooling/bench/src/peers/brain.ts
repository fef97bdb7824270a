import brain from "brain.js";
import { serve } from "./serve.ts";
import { engine, versionOf } from "./versions.ts";

/** Its networks learn from one sample at a time, by the squared error. */
await serve({
  versions: `brain.js ${versionOf("brain.js")}, ${engine}`,
  threads: 1,
  cases: {
    "mlp-1": (data) => {
      const network = new brain.NeuralNetwork({ hiddenLayers: [256, 128], activation: "relu" });
      const input = Array.from(data.input("x").data);
      const output = Array.from({ length: 10 }, (_, i) => (i === data.labels().data[0] ? 1 : 0));
      const steps = 10;
      const options = { iterations: steps, errorThresh: 0, learningRate: 0.01, momentum: 0 };
      return { run: () => network.train([{ input, output }], options), numbers: undefined, steps };
    },
  },
});
