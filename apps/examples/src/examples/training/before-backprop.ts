import type { Example } from "../../example.ts";
import { perSeed, short } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { accuracyOf, allTasks, drawnNet, type Task } from "./_tasks.ts";
import { descend, guess, passesTo90, type Way } from "./_ways.ts";

interface Values {
  readonly seeds: number;
  readonly budget: number;
  readonly report: string;
}

const example: Example<Values> = {
  name: "before-backprop",
  title: { ja: "誤差逆伝播法の前: 重みを手当たり次第に探す", en: "Before backpropagation: trying weights at random" },
  ids: ["TRAIN29"],
  seconds: 60,
  data: "XOR, iris, MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    budget: integer(3000, "passes over the data that each way may use", { min: 300 }),
    report: file("reports/before-backprop.html", "where to draw the accuracies"),
  },
  quick: { seeds: 1, budget: 900 },
  async run({ seed, flags, log, progress, metric, claim }) {
    const tasks = await allTasks();
    const drawn: Way[][] = [];
    for (const task of tasks) {
      const bar = progress(flags.seeds, { label: task.name, unit: "seeds" });
      const runs = await perSeed(seed, flags.seeds, async (each) => {
        const [frozen, model] = [drawnNet(task.sizes), drawnNet(task.sizes)];
        frozen.layers[0]?.freeze();
        const random = await guess(task, flags.budget);
        const last = await descend(task, frozen, flags.budget, 2);
        const all = await descend(task, model, flags.budget, 3);
        if (task.heldOut !== undefined) {
          const [seen, unseen] = [await accuracyOf(task, model), await accuracyOf(task.heldOut, model)];
          metric(`${task.name}, seed ${each}: train, test`, unseen, `${short(seen)} ${short(unseen)}`);
        }
        bar.update(each - seed + 1, {});
        return { random, last, all };
      });
      bar.stop();
      const { random, all } = runs[0] as (typeof runs)[number];
      drawn.push([random, all]);
      const passes = (way: "random" | "last" | "all"): number[] => runs.map((run) => passesTo90(run[way]));
      const [byChance, byDelta, back] = [passes("random"), passes("last"), passes("all")];
      log(`${task.name}: passes until 90 % of the training data are right`);
      log(
        `  weights at random ${written(byChance)}; last layer only ${written(byDelta)}; backpropagation ${written(back)}`,
      );
      const most = Math.max(...back);
      metric(`${task.name}: backpropagation, passes`, most, written(back));
      claim(`${task.name}: backpropagation gets there`, written(back), `≤ ${flags.budget}`, most <= flags.budget);
      if (task.name !== "MNIST") continue;
      // with 24,000 weights instead of a few, guesses that help become too rare to wait for
      const best = Math.max(...random.map(([, accuracy]) => accuracy));
      claim("MNIST: the best of all random weights", short(best), "≤ .4", best <= 0.4);
    }
    log(`report: ${draw(flags.report, tasks, drawn)}`);
  },
};

export default example;

const written = (passes: readonly number[]): string =>
  passes.map((value) => (value === Infinity ? "never" : value)).join(", ");

function draw(path: string, tasks: readonly Task[], drawn: readonly (readonly Way[])[]): string {
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Accuracy on the training data, by passes over them. Guessing works for a handful of weights; a gradient tells each of thousands which way to go.",
      ja: "学習データを計算した回数と正解率。重みが少なければ当てずっぽうでも見つかりますが、数が増えると勾配なしでは進めません。",
    },
    sections: tasks.map(({ name, sizes }, i) =>
      curves({
        heading: { en: `${name}, ${sizes.join("-")}`, ja: `${name}、${sizes.join("-")}` },
        note: { en: "The best so far, up to 90 %.", ja: "それまでの最良（90 % まで）。" },
        lines: [
          { name: { en: "random weights", ja: "重みをランダムに" }, points: drawn[i]?.[0] ?? [] },
          { name: { en: "backpropagation", ja: "誤差逆伝播法" }, points: drawn[i]?.[1] ?? [] },
        ],
        x: "passes over the data",
        y: { domain: [0, 1], percent: true },
      }),
    ),
    data: { en: "XOR, 150 irises, the first 300 MNIST images", ja: "XOR、アヤメ 150、MNIST の最初の 300 枚" },
  });
}
