import { noGrad } from "@dl/autograd";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { manualSeed, scope } from "@dl/tensor";
import { type Callback, earlyStopping, fit, progressBar, type Record } from "@dl/train";
import { accuracyOn, digits, firstOf, rows, shuffled } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { seedsFrom } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { courseNet } from "../../nets.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly report: string;
}

const example: Example<Values> = {
  name: "late-onset",
  title: { ja: "突然始まる学習: 長い停滞のあとで", en: "Learning that begins late, after a long plateau" },
  ids: ["PHEN8", "TRAIN21", "TRAIN28"],
  seconds: 150,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    steps: integer(20_000, "batches of 100 images", { min: 1000 }),
    report: file("reports/late-onset.html", "where to draw the curves"),
  },
  quick: { seeds: 1, steps: 8000 },
  async run({ seed, flags, quick, log, progress, metric, claimEach }) {
    const { train, test } = await digits();
    const watched = firstOf(test, 1000);
    /** A run with an early stopping, or without; validated every 100 steps. */
    const learn = async (name: string, each: number, stopping: Callback | undefined) => {
      manualSeed(each);
      // the network of EXP1
      const model = courseNet({ activation: "sigmoid", spread: "gaussian" });
      const display = (total: number) => progress(total, { label: `${name}, seed ${each}`, unit: "steps" });
      const { history, steps } = await fit(model, shuffled(train, 100), {
        loss: (model, [images, labels]) => crossEntropy(model.forward(rows(images)), labels),
        optimizer: new SGD(model.parameters(), { lr: 0.1 }),
        steps: flags.steps,
        every: 100,
        validate: async (model) => ({
          accuracy: await accuracyOn(model, test),
          heldOut: await scope(() =>
            noGrad(() => crossEntropy(model.forward(rows(watched.images)), watched.labels)),
          ).itemAsync(),
        }),
        callbacks: [progressBar({ display }), ...(stopping === undefined ? [] : [stopping])],
      });
      const accuracy = await accuracyOn(model, test);
      metric(
        `${name}, seed ${each}: training loss, test`,
        accuracy,
        `${history.at(-1)?.loss.toFixed(3)} ${accuracy.toFixed(3)} after ${steps} steps`,
      );
      return { history, accuracy };
    };
    const onsets: number[] = [];
    const [impatient, patient]: [number[], number[]] = [[], []];
    let drawn: readonly Record[] = [];
    for (const each of seedsFrom(seed, flags.seeds)) {
      const { history } = await learn("to the end", each, undefined);
      // the last check below .2 ends the plateau; a single check above it may be luck
      const last = history.findLast((record) => (record["accuracy"] as number) < 0.2);
      onsets.push((last?.step ?? 0) + 100);
      if (each === seed) drawn = history;
      // a plateau looks like the end: patience of 1,000 steps is not enough, waiting 6,000 steps first is
      const watch = { monitor: "heldOut", patience: 10 } as const;
      impatient.push((await learn("patience 1,000", each, earlyStopping(watch))).accuracy);
      if (!quick)
        patient.push((await learn("and warm-up 6,000", each, earlyStopping({ ...watch, warmup: 60 }))).accuracy);
    }
    claimEach("the accuracy stays above .2 from step", onsets, "3,000–8,000", (step) => step >= 3000 && step <= 8000);
    claimEach("early stopping, patience 1,000: accuracy", impatient, "≤ .15", (each) => each <= 0.15);
    if (!quick) claimEach("with a warm-up of 6,000: accuracy", patient, "≥ .9", (each) => each >= 0.9);
    log(`report: ${draw(flags.report, drawn)}`);
  },
};

export default example;

function draw(path: string, history: readonly Record[]): string {
  const points = (figure: string): [number, number][] =>
    history.map((record) => [record.step, record[figure] as number]);
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "For thousands of steps nothing seems to happen; then the network learns in stages.",
      ja: "数千ステップのあいだ何も起きないように見え、その後、段階的に学習が進みます。",
    },
    sections: [
      curves({
        heading: { en: "Accuracy", ja: "正解率" },
        note: { en: "On the 10,000 test digits, every 100 steps.", ja: "テスト 10,000 枚、100 ステップごと。" },
        lines: [{ name: { en: "test accuracy", ja: "テスト正解率" }, points: points("accuracy") }],
        x: "step",
        y: { domain: [0, 1], percent: true },
      }),
      curves({
        heading: { en: "Loss", ja: "損失" },
        note: {
          en: "The plateau is at ln 10 ≈ 2.303: every digit equally likely.",
          ja: "停滞の値は ln 10 ≈ 2.303。どの数字も同じ確率。",
        },
        lines: [
          { name: { en: "training", ja: "訓練" }, points: points("loss") },
          { name: { en: "held out", ja: "検証" }, points: points("heldOut") },
        ],
        x: "step",
      }),
    ],
    data: { en: "MNIST", ja: "MNIST" },
  });
}
