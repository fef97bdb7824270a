import { Linear, Module, RNN } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { matrixPower, narrow, norm, randn, squeeze, type Tensor } from "@dl/tensor";
import { type ClipOptions, clipGradients, fit, gradientNorms, progressBar } from "@dl/train";
import { accuracyOn, digits, pictures, shuffled } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, short, span } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

const ways: readonly [name: string, clip: ClipOptions | undefined][] = [
  ["no clipping", undefined],
  ["norm of all ≤ 1", { maxNorm: 1 }],
  ["norm of each ≤ 1", { maxNorm: 1, scope: "layer" }],
  ["each value ≤ .1", { maxValue: 0.1 }],
];

const example: Example<Values> = {
  name: "gradient-clipping",
  title: {
    ja: "勾配クリッピング: 爆発する RNN を学習させる",
    en: "Gradient clipping: an RNN that explodes learns after all",
  },
  ids: ["TRAIN15", "TRAIN24"],
  seconds: 60,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(600, "batches of 64 images", { min: 1 }),
  },
  quick: { seeds: 1, steps: 400 },
  async run({ seed, flags, quick, progress, metric, claimEach }) {
    const { train, test } = await digits();
    const enough = quick ? 0.25 : 0.45;
    for (const [name, clip] of ways) {
      const norms: number[] = [];
      const accuracies = await perSeed(seed, flags.seeds, async (each) => {
        const model = await explosive();
        const label = `${name}, seed ${each}`;
        const first = {
          afterBackward: async ({ step }: { readonly step: number }) => {
            if (step === 0) norms.push(Math.hypot(...Object.values(await gradientNorms(model))));
          },
        };
        const { history } = await fit(model, shuffled(train, 64), {
          loss: (model, [images, labels]) => crossEntropy(model.forward(pictures(images)), labels),
          optimizer: new SGD(model.parameters(), { lr: 0.05 }),
          steps: flags.steps,
          callbacks: [
            first,
            ...(clip === undefined ? [] : [clipGradients(clip)]),
            progressBar({ display: (total) => progress(total, { label, unit: "steps" }) }),
          ],
        });
        const accuracy = await accuracyOn(model, test, pictures);
        const loss = history.at(-1)?.loss ?? Number.NaN;
        metric(`${label}: training loss, test accuracy`, accuracy, `${short(loss)} ${short(accuracy)}`);
        return accuracy;
      });
      if (clip === undefined) {
        // what one image's rows say is multiplied by the same matrix up to 28 times on the way back
        // (that is what explodes; a step that leaps over a minimum, which the notes once call by this name, is another matter)
        metric("norm of the very first gradient", norms[0] as number, span(norms));
        claimEach(`${name}: test accuracy`, accuracies, "≤ .15", (each) => each <= 0.15);
      } else {
        // the direction stays (or nearly), the length is limited: no step leaps out of the landscape
        claimEach(`${name}: test accuracy`, accuracies, `≥ ${short(enough)}`, (each) => each >= enough);
      }
    }
  },
};

export default example;

/** Reads an image row by row, 28 steps, and then says which digit it was. */
class Reader extends Module {
  readonly rnn = new RNN(28, 64, { nonlinearity: "relu", batchFirst: true });
  readonly output = new Linear(64, 10);

  override forward(images: Tensor): Tensor {
    const { output } = this.rnn.forward(squeeze(images, 1));
    return this.output.forward(squeeze(narrow(output, 1, 27, 1), 1));
  }
}

/** A reader whose recurrent matrix doubles its longest-lived vectors at each step. */
async function explosive(): Promise<Reader> {
  const model = new Reader();
  const matrix = withRadius(await randn([64, 64]).cpu(), 2);
  model.rnn.loadStateDict({ ...model.rnn.stateDict(), weight_hh_l0: matrix });
  return model;
}

/** The matrix, on the CPU, scaled so that its spectral radius, by which the norms of its powers grow in the long run, is `radius`. */
function withRadius(matrix: Tensor, radius: number): Tensor {
  const unit = matrix.div(norm(matrix).item()).mul(8).to("float64");
  const [before, after] = [256, 512].map((k) => norm(matrixPower(unit, k)).item()) as [number, number];
  return unit.mul(radius / (after / before) ** (1 / 256)).to("float32");
}
