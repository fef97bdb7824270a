import { Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { normal_, zeros_ } from "@dl/layers/init";
import { manualSeed } from "@dl/tensor";
import { inspectActivations } from "@dl/train";
import { digits, firstOf, standardised } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";

const example: Example<{ readonly seeds: number }> = {
  name: "relu-sparsity",
  title: { ja: "ReLU のスパース性", en: "ReLU makes activity sparse" },
  ids: ["PHEN5", "ACT4"],
  seconds: 3,
  data: "MNIST",
  flags: { seeds: integer(3, "how often it is measured", { min: 1 }) },
  async run({ seed, flags, log, claim }) {
    const images = standardised(firstOf((await digits()).test, 1000).images);
    // weights around 0 put about half of all sums below 0, whatever their spread: relu makes those exactly 0
    for (const spread of [0.01, 0.1, 1]) {
      const shares: number[] = [];
      for (const each of seedsFrom(seed, flags.seeds)) {
        manualSeed(each);
        const reports = await inspectActivations(net(spread), images);
        const relus = reports.filter((_, i) => i % 2 === 1);
        shares.push(relus.reduce((sum, { zeros }) => sum + zeros, 0) / relus.length);
        if (each === seed)
          log(`N(0, ${spread}): zeros by layer ${relus.map(({ zeros }) => zeros.toFixed(3)).join(", ")}`);
      }
      claim(
        `share of zeros, weights from N(0, ${spread})`,
        span(shares),
        ".45–.55",
        shares.every((share) => share >= 0.45 && share <= 0.55),
      );
    }
  },
};

export default example;

/** 784-200-200-200, before any learning. */
function net(spread: number): Sequential {
  const widths = [784, 200, 200, 200];
  const layers = widths.slice(1).flatMap((outputs, i): Module[] => {
    const linear = new Linear(widths[i] as number, outputs);
    normal_(linear.weight, { std: spread });
    if (linear.bias !== undefined) zeros_(linear.bias);
    return [linear, new ReLU()];
  });
  return new Sequential(...layers);
}
