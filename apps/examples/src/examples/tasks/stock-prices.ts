import { vegaLicence } from "@dl/data";
import { r2Score, rootMeanSquaredError } from "@dl/metrics";
import { type Tensor, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { learn } from "./_foreteller.ts";
import { type Sample, samples } from "./_stocks.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly report: string;
}

/** The changes of `past` months tell the next; the last `tested` months are foretold, with a new model every `renewed`. */
const [past, tested, renewed] = [6, 36, 6];

const example: Example<Values> = {
  name: "stock-prices",
  title: {
    ja: "株価は予測できるか: 「先月と同じ」との勝負",
    en: "Can share prices be foretold? Against “as last month”",
  },
  ids: ["TASK3"],
  seconds: 1,
  data: "stocks (vega-datasets)",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    steps: integer(200, "steps of Adam for each model, on all months before", { min: 1 }),
    report: file("reports/stock-prices.html", "where to draw the prices"),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, log, progress, metric, claim, claimEach, finding }) {
    const all = await samples(past);
    const last = Math.max(...all.map(({ month }) => month));
    const future = all.filter(({ month }) => month > last - tested);
    log(`${all.length} months of five companies; the last ${tested} are foretold, ${future.length} prices`);
    const truth = await vector(future.map(({ next }) => next));
    const ends = await vector(future.map(({ to }) => to));
    // nobody knows where it goes: the best guess of tomorrow's price is today's
    const naive = rootMeanSquaredError(truth.mul(0), truth);
    const level = r2Score(await vector(future.map(({ from }) => from)), ends);
    metric("as last month: error of the log price; R² of prices", naive, `${naive.toFixed(4)}; ${level.toFixed(3)}`);

    let models = 0;
    const bar = progress((flags.seeds * tested) / renewed, { unit: "models" });
    const runs = await perSeed(seed, flags.seeds, async (each) => {
      const told = new Map<Sample, number>();
      const training: number[] = [];
      for (let first = last - tested + 1; first <= last; first += renewed) {
        // only what is known at that time: this is what "walk forward" means
        const known = all.filter(({ month }) => month < first);
        const { foretell, error } = await learn(known, flags.steps);
        training.push(error);
        const now = future.filter(({ month }) => month >= first && month < first + renewed);
        for (const [i, change] of (await foretell(now)).entries()) told.set(now[i] as Sample, change);
        bar.update(++models);
      }
      const changes = future.map((sample) => told.get(sample) as number);
      const error = rootMeanSquaredError(await vector(changes), truth);
      const prices = future.map(({ from }, i) => from * Math.exp(changes[i] as number));
      const r2 = r2Score(await vector(prices), ends);
      const shown = `${mean(training).toFixed(4)} ${error.toFixed(4)}; ${r2.toFixed(3)}`;
      metric(`seed ${each}: error, training, held out; R² of prices`, error, shown);
      return { prices, ratio: error / naive };
    });
    bar.stop();
    const ratios = runs.map(({ ratio }) => ratio);
    claim("R² of the naive guess looks splendid", level, "≥ .95", level >= 0.95);
    claimEach("error against “as last month”", ratios, ".95–1.3", (ratio) => ratio >= 0.95 && ratio <= 1.3);
    const better = ratios.every((ratio) => ratio < 1);
    finding({
      id: "TASK3",
      described: { en: "share prices are a task for regression", ja: "株価の予測は回帰の課題である" },
      measured: `error ${span(ratios)} × that of “as last month”`,
      reference: "1.112–1.122 ×",
      criterion: "< 1 for every seed",
      reproduced: better,
      ...(better
        ? {}
        : { why: "past changes say next to nothing of the next; what the network finds in them is chance" }),
    });
    log(`report: ${draw(flags.report, future, runs[0]?.prices ?? [], span(ratios))}`);
  },
};

export default example;

/** Metrics read their numbers at once, which only the CPU allows. */
const vector = (values: number[]): Promise<Tensor> => tensor(values).cpu();

function draw(path: string, future: readonly Sample[], told: readonly number[], ratio: string): string {
  const of = (company: string, value: (sample: Sample, i: number) => number) =>
    future.flatMap((sample, i) => (sample.company === company ? [[sample.month, value(sample, i)] as const] : []));
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Each price is foretold from the months before it only. The curve of the network looks convincing because it follows the price one month late, which “as last month” does as well.",
      ja: "どの価格も、それより前の月だけから予測します。予測の曲線はもっともらしく見えますが、価格をひと月遅れで追っているだけで、「先月と同じ」と変わりません。",
    },
    highlights: [
      { name: { en: "error against “as last month”", ja: "「先月と同じ」に対する誤差" }, value: `${ratio} ×` },
    ],
    sections: [...new Set(future.map(({ company }) => company))].map((company) =>
      curves({
        heading: { en: company, ja: "" },
        note: { en: "US dollars at the first of each month.", ja: "毎月 1 日の価格（米ドル）。" },
        lines: [
          { name: { en: "price", ja: "価格" }, points: of(company, ({ to }) => to) },
          { name: { en: "foretold", ja: "予測" }, points: of(company, (_, i) => told[i] as number) },
        ],
        x: "months since January 2000",
      }),
    ),
    data: { en: vegaLicence("stocks"), ja: "5 社の月次株価 2000–2010（vega-datasets、個別のライセンス表示なし）" },
  });
}
