import { digits } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { gains, jitter, type Overfitted, overfit, type Remedy, tests, trains } from "./_overfitting.ts";

const collapsed = (runs: readonly Overfitted[]): boolean =>
  runs.every(({ train, test }) => Math.max(train, test) <= 0.2);

const example: Example<{ readonly seeds: number }> = {
  name: "exp15-weight-penalties",
  title: { ja: "L1・L2 正則化では過学習が抑えられない", en: "L1 and L2 penalties do not cure overfitting" },
  ids: ["EXP15", "EXP16"],
  seconds: 80,
  data: "MNIST",
  flags: { seeds: integer(3, "how often each is repeated", { min: 1 }) },
  quick: { seeds: 1 },
  async run(context) {
    const data = await digits();
    const run = (name: string, remedy: Remedy): Promise<Overfitted[]> => overfit(name, remedy, data, context);
    const none = await run("EXP14", {});

    const mild = await run("L2 λ .1", { l2: 0.1 });
    const strong = await run("L2 λ 1", { l2: 1 });
    context.finding({
      id: "EXP15",
      described: {
        en: "L2: training falls, test does not rise; λ = 1: both collapse",
        ja: "L2: 訓練は下がるがテストは上がらない。λ = 1 では両方崩れる",
      },
      measured: `λ .1: train ${span(trains(mild))}, test ${span(tests(mild))}; λ 1: ${span([...trains(strong), ...tests(strong)])}`,
      reference: "λ .1: train .88–.92, test .70–.73; λ 1: .11–.13",
      criterion: "train ≥ .05 lower, test ≤ EXP14 + .01; both ≤ .2",
      reproduced:
        mild.every(({ train }, i) => train <= (none[i] as Overfitted).train - 0.05) &&
        gains(mild, none).every((gain) => gain <= 0.01) &&
        collapsed(strong),
    });

    // the jitter needs the larger rate
    const sparse = await run("L1 λ .005, lr .1", { l1: 0.005, lr: 0.1 });
    const gone = await run("L1 λ .05, lr .1", { l1: 0.05, lr: 0.1 });
    const compared = await run("L2 λ .1, lr .1", { l2: 0.1, lr: 0.1 });
    const [ofL1, ofL2, ofMild] = [sparse, compared, mild].map(jitter) as [number, number, number];
    context.finding({
      id: "EXP16",
      described: {
        en: "L1: test does not rise, and jitters; λ = .05: both collapse",
        ja: "L1: テストは上がらず不安定。λ = 0.05 では両方崩れる",
      },
      measured: `test ${span(tests(sparse))}, jitter ${span([ofL1])} (L2 ${span([ofL2])}, EXP15 ${span([ofMild])}); λ .05: ${span([...trains(gone), ...tests(gone)])}`,
      reference: "test .58–.68, jitter .077–.106 (L2 .049–.068, EXP15 .005–.007); λ .05: .11–.13",
      criterion: "test ≤ EXP14, jitter ≥ 3 × EXP15, > L2; both ≤ .2",
      reproduced:
        gains(sparse, none).every((gain) => gain <= 0) && ofL1 >= 3 * ofMild && ofL1 > ofL2 && collapsed(gone),
    });
  },
};

export default example;
