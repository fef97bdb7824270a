import type { Bilingual, Finding } from "../../example.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import type { Look } from "./_setting.ts";

/** Writes a page with the curves of each experiment's first run; `lines` says which accuracies are drawn. */
export function drawLooks(
  path: string,
  page: { readonly title: Bilingual; readonly lead: Bilingual; readonly lines: readonly ("train" | "test")[] },
  experiments: readonly Pick<Finding, "id" | "described">[],
  looks: ReadonlyMap<string, readonly Look[]>,
): string {
  return writeReport(path, {
    title: page.title,
    lead: page.lead,
    sections: experiments.map(({ id, described }) =>
      curves({
        heading: { en: `${id}: ${described.en}`, ja: described.ja },
        note: { en: "Shares of digits that are read right.", ja: "正しく読めた数字の割合。" },
        lines: page.lines.map((line) => ({
          name: names[line],
          points: (looks.get(id) ?? []).map((look) => [look.step, look[line]] as const),
        })),
        x: "step",
        y: { domain: [0, 1], percent: true },
      }),
    ),
    data: { en: "MNIST, tested with the official 10,000 digits", ja: "MNIST（公式のテスト 10,000 枚で評価）" },
  });
}

const names: Readonly<Record<"train" | "test", Bilingual>> = {
  train: { en: "training", ja: "訓練" },
  test: { en: "test", ja: "テスト" },
};
