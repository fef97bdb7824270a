import type { GRU, LSTM, RNN } from "@dl/layers";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { layers, learnt } from "./_adding.ts";

interface Values {
  readonly seeds: number;
  readonly length: number;
  readonly steps: number;
  readonly report: string;
}

type Kind = keyof typeof layers;

const example: Example<Values> = {
  name: "adding-problem",
  title: { ja: "足し算課題: LSTM は覚えていられる", en: "The adding problem: an LSTM can keep a number" },
  ids: ["LAYER13", "LAYER14"],
  seconds: 170,
  data: "none",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    length: integer(100, "numbers in a row", { min: 4 }),
    steps: integer(3000, "batches of 50 rows at most", { min: 1 }),
    report: file("reports/adding-problem.html", "where to draw the errors"),
  },
  quick: { seeds: 1, length: 30, steps: 1200 },
  async run({ seed, flags, quick, log, progress, metric, claimEach }) {
    // a row of numbers, two of them marked: what is their sum? Whoever always says 1 is off by 1/6 in the mean square.
    // The first mark may stand 100 steps before the end: too far back for the gradient of a plain RNN
    const drawn = new Map<Kind, readonly number[]>();
    const learn = (kind: Kind): Promise<number[]> =>
      perSeed(seed, flags.seeds, async (each) => {
        const { losses, error } = await learnt<RNN | GRU | LSTM>(layers[kind], {
          length: flags.length,
          steps: kind === "RNN" ? Math.min(2000, flags.steps) : flags.steps,
          display: (total) => progress(total, { label: `${kind}, seed ${each}`, unit: "steps" }),
        });
        metric(`${kind}, seed ${each}: steps, error on new rows`, error, `${losses.length} ${error.toFixed(4)}`);
        if (!drawn.has(kind)) drawn.set(kind, losses);
        return error;
      });
    const [rnn, gru, lstm] = [await learn("RNN"), await learn("GRU"), await learn("LSTM")];
    // in a tenth of the time with rows of 30, --quick shows the same order and less of it
    const [keeps, guesses] = quick ? [0.05, 0.1] : [0.02, 0.1];
    claimEach("LSTM: error", lstm, `< ${keeps}`, (error) => error < keeps, 4);
    claimEach("GRU: error", gru, `< ${keeps}`, (error) => error < keeps, 4);
    if (!quick) claimEach("RNN: error", rnn, `> ${guesses}`, (error) => error > guesses, 4);
    log(`report: ${draw(flags.report, drawn)}`);
  },
};

export default example;

function draw(path: string, losses: ReadonlyMap<Kind, readonly number[]>): string {
  const points = (kind: Kind): [number, number][] =>
    (losses.get(kind) ?? []).map((loss, i): [number, number] => [i + 1, loss]).slice(20);
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "The squared error of each batch. 1/6 is what guessing gives; the plain RNN stays there.",
      ja: "バッチごとの二乗誤差。1/6 は当て推量の誤差で、単純な RNN はそこに留まります。",
    },
    sections: (["LSTM", "GRU"] as const).map((kind) =>
      curves({
        heading: { en: `${kind} and RNN`, ja: `${kind} と RNN` },
        note: { en: "The first seed, from step 21 on.", ja: "最初のシード、21 ステップ目から。" },
        lines: [
          { name: { en: kind, ja: "" }, points: points(kind) },
          { name: { en: "RNN", ja: "" }, points: points("RNN") },
        ],
        x: "step",
      }),
    ),
    data: { en: "None: drawn at random.", ja: "なし (乱数)。" },
  });
}
