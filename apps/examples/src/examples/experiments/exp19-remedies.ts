import { randomAffine } from "@dl/data";
import { cat, round, scope, squeeze, type Tensor, unsqueeze } from "@dl/tensor";
import { type Digits, digits, firstOf } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { short, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { gains, type Overfitted, overfit, type Remedy, tests } from "./_overfitting.ts";

interface Values {
  readonly seeds: number;
  readonly variants: number;
}

const example: Example<Values> = {
  name: "exp19-remedies",
  title: { ja: "過学習に効くもの: データ拡張・データ追加・小さなモデル", en: "What does cure overfitting" },
  ids: ["EXP19", "TRAIN20"],
  seconds: 350,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    variants: integer(50, "turned and shifted versions of each image", { min: 1 }),
  },
  quick: { seeds: 1, variants: 10 },
  async run(context) {
    const data = await digits();
    const { quick, flags, claimEach, finding } = context;
    const run = (name: string, remedy: Remedy): Promise<Overfitted[]> =>
      overfit(name, { every: 100, ...remedy }, data, context);
    const long = { lr: 0.05, steps: 3000 };
    const base = await run("300 images", long);

    // what a digit is does not change when it is turned a little, shifted or scaled: the network sees that in examples
    const varied = await run("augmented", { ...long, from: (train) => variants(firstOf(train, 300), flags.variants) });
    const byAugmenting = gains(varied, base);
    const least = quick ? 0.04 : 0.06;
    claimEach("augmentation raises test by", byAugmenting, `≥ ${least}`, (gain) => gain >= least);

    // the plainest remedy: more digits
    const counts = quick ? [1000] : [1000, 3000, 10_000];
    const more: Overfitted[][] = [];
    for (const count of counts)
      more.push(await run(`${count.toLocaleString("en")} images`, { ...long, from: (train) => firstOf(train, count) }));
    const byData = gains(more[0] as Overfitted[], base);
    claimEach("1,000 images raise test by", byData, "≥ .06", (gain) => gain >= 0.06);

    finding({
      id: "EXP19",
      described: {
        en: "more data and augmentation are what suppresses overfitting",
        ja: "（考察）過学習にはデータの追加や拡張が有効",
      },
      measured: `300 images ${span(tests(base))}, augmented (${flags.variants} variants of each) ${span(tests(varied))}; ${counts.join(" / ")} images ${more.map((runs) => span(tests(runs))).join(" / ")}`,
      reference: ".779–.791, augmented .887–.895; 1000 / 3000 / 10000 images .873–.877 / .919–.922 / .950–.951",
      criterion: "augmentation ≥ +.06, 1,000 images ≥ +.06",
      reproduced: byAugmenting.every((gain) => gain >= 0.06) && byData.every((gain) => gain >= 0.06),
    });

    // fewer units have less to learn by heart with. The gain is no larger than the difference between two seeds, so the
    // mean counts: of ten seeds (0 to 9), all gain with 100 units, nine with 30
    const course = { lr: 0.1, steps: 1000 };
    const deep = await run("six layers, lr .1", course);
    const small = await run("one layer of 100", { ...course, hidden: [100] });
    const smaller = await run("one layer of 30", { ...course, hidden: [30] });
    const bySize = [gains(small, deep), gains(smaller, deep)];
    const gained = bySize.map((each) => `${span(each)}, mean ${short(mean(each))}`);
    finding({
      id: "EXP19",
      described: { en: "a smaller model overfits less", ja: "（考察）モデルを小さくすると過学習が減る" },
      measured: `six layers ${span(tests(deep))}; one layer of 100: gain ${gained[0]}; of 30: gain ${gained[1]}`,
      reference: "one layer .784–.803, six layers .763–.784",
      criterion: "mean gain over the seeds > 0, of 100 and of 30 units",
      reproduced: bySize.every((each) => mean(each) > 0),
    });
  },
};

export default example;

/** Every digit `count` times: turned by up to 10°, shifted by up to 2 pixels, scaled by up to a tenth. */
function variants({ images, labels }: Digits, count: number): Digits {
  const change = randomAffine({ degrees: 10, translate: [2 / 28, 2 / 28], scale: [0.9, 1.1] });
  const once = (): Tensor => scope(() => squeeze(round(change(unsqueeze(images, 1).to("float32"))), 1).to("uint8"));
  return {
    images: cat(Array.from({ length: count }, once)),
    labels: cat(Array.from({ length: count }, () => labels)),
  };
}
