import { ReLU } from "@dl/layers";
import { inspectActivations } from "@dl/train";
import { digits, firstOf, standardised } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { denseNet } from "../../nets.ts";

const example: Example<{ readonly seeds: number }> = {
  name: "relu-sparsity",
  title: { ja: "ReLU のスパース性", en: "ReLU makes activity sparse" },
  ids: ["PHEN5", "ACT4"],
  seconds: 3,
  data: "MNIST",
  flags: { seeds: integer(3, "how often it is measured", { min: 1 }) },
  async run({ seed, flags, log, claimEach }) {
    const images = standardised(firstOf((await digits()).test, 1000).images);
    // weights around 0 put about half of all sums below 0, whatever their spread: relu makes those exactly 0
    for (const spread of [0.01, 0.1, 1]) {
      const shares = await perSeed(seed, flags.seeds, async (each) => {
        const net = denseNet(
          [784, 200, 200, 200, 10],
          () => spread,
          () => [new ReLU()],
        );
        // every second layer is a ReLU
        const relus = (await inspectActivations(net, images)).filter((_, i) => i % 2 === 1);
        const zeros = relus.map((relu) => relu.zeros);
        if (each === seed) log(`N(0, ${spread}): zeros by layer ${zeros.map((share) => share.toFixed(3)).join(", ")}`);
        return mean(zeros);
      });
      const name = `share of zeros, weights from N(0, ${spread})`;
      claimEach(name, shares, ".45–.55", (share) => share >= 0.45 && share <= 0.55);
    }
  },
};

export default example;
