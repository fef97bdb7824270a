import { indexSelect, randperm } from "@dl/tensor";
import { digits, firstOf } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { integer } from "../../flags.ts";
import { overfit, tests, trains } from "../experiments/_overfitting.ts";

const example: Example<{ readonly seeds: number }> = {
  name: "held-out",
  title: { ja: "汎化: 未知のデータで測る理由", en: "Generalisation: why a test set is held out" },
  ids: ["TRAIN25"],
  seconds: 25,
  data: "MNIST",
  flags: { seeds: integer(3, "how often each is repeated", { min: 1 }) },
  quick: { seeds: 1 },
  async run(context) {
    const data = await digits();
    const setting = { lr: 0.1, steps: 1500, every: 100 };
    const real = await overfit("true labels", setting, data, context);
    // the same images, their labels dealt out anew: there is nothing to understand, only 300 answers to remember
    const dealt = await overfit(
      "labels at random",
      {
        ...setting,
        from: (train) => {
          const { images, labels } = firstOf(train, 300);
          return { images, labels: indexSelect(labels, 0, randperm(300)) };
        },
      },
      data,
      context,
    );
    const { claimEach } = context;
    claimEach("true labels: training accuracy", trains(real), "≥ .99", (each) => each >= 0.99);
    claimEach("labels at random: training accuracy", trains(dealt), "≥ .95", (each) => each >= 0.95);
    // both look perfect until digits are shown that were held out
    claimEach("true labels: test accuracy", tests(real), "≥ .7", (each) => each >= 0.7);
    claimEach("labels at random: test accuracy", tests(dealt), "≤ .2", (each) => each <= 0.2);
  },
};

export default example;
