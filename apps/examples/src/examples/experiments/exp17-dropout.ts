import { digits } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { gains, type Overfitted, overfit, stepsTo90, tests, trains } from "./_overfitting.ts";

const rates = [0, 0.05, 0.15, 0.3];
const rising = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value > (values[i - 1] as number) || value === Infinity);

const example: Example<{ readonly seeds: number }> = {
  name: "exp17-dropout",
  title: { ja: "ドロップアウトでは過学習が抑えられない", en: "Dropout does not cure overfitting" },
  ids: ["EXP17", "EXP18", "TRAIN18"],
  seconds: 110,
  data: "MNIST",
  flags: { seeds: integer(3, "how often each is repeated", { min: 1 }) },
  quick: { seeds: 1 },
  async run(context) {
    const data = await digits();
    const byRate: Overfitted[][] = [];
    for (const dropout of rates)
      byRate.push(await overfit(`dropout ${dropout}`, { dropout, steps: 2000 }, data, context));
    const none = byRate[0] as Overfitted[];
    const slowness = byRate.map((runs) => runs.map(stepsTo90));
    context.finding({
      id: "EXP17",
      described: {
        en: "dropout: no cure, and slower with the rate",
        ja: "ドロップアウト: 過学習は抑えられず、率が高いほど収束が遅い",
      },
      measured: `rates ${rates.join(", ")}: ${slowness.map((steps) => span(steps)).join(" / ")} steps to 90 %, test ${byRate.map((runs) => span(tests(runs))).join(" / ")}`,
      reference: "160–170 / 250–260 / 500–550 / 1,410 to never, test .754–.776 / .788–.796 / .777–.789 / .663–.698",
      criterion: "slower with the rate, test gain < .06",
      reproduced:
        none.every((_, i) => rising(slowness.map((steps) => steps[i] as number))) &&
        byRate.every((runs) => gains(runs, none).every((gain) => gain < 0.06)),
    });

    const base = await overfit("EXP14", {}, data, context);
    const both = await overfit("dropout .08, L1 λ .004", { dropout: 0.08, l1: 0.004 }, data, context);
    context.finding({
      id: "EXP18",
      described: { en: "dropout and L1 together: no cure", ja: "ドロップアウトと L1 の併用: 過学習は抑えられない" },
      measured: `train ${span(trains(both))}, test ${span(tests(both))} (without ${span(tests(base))})`,
      reference: "train .984–.988, test .753–.775 (without .750–.772)",
      criterion: "test gain < .05",
      reproduced: gains(both, base).every((gain) => gain < 0.05),
    });
  },
};

export default example;
