import type { Bilingual } from "../../example.ts";
import { mean } from "../../groups.ts";
import { curves } from "../../report/curves.ts";
import { type Section, writeReport } from "../../report/report.ts";
import type { Score } from "./_copier.ts";

export const lengths = [4, 8, 12, 16, 20, 24] as const;

/** For each seed the scores by length. */
export type Runs = readonly ReadonlyMap<number, Score>[];

/** One share for each seed. */
export const at = (runs: Runs, length: number, what: keyof Score): number[] =>
  runs.map((scores) => scores.get(length)?.[what] ?? Number.NaN);

export function drawScores(
  path: string,
  title: Bilingual,
  { fixed, wide, attention }: Readonly<Record<"fixed" | "wide" | "attention", Runs>>,
): string {
  const chart = (heading: Bilingual, note: Bilingual, what: keyof Score, name: Bilingual, runs: Runs): Section => {
    const means = (runs: Runs) => lengths.map((length) => [length, mean(at(runs, length, what))] as const);
    const lines = [
      { name, points: means(runs) },
      { name: { en: "32 numbers", ja: "32 次元" }, points: means(fixed) },
    ];
    return curves({ heading, note, lines, x: "digits in a row 桁数", y: { domain: [0, 1], percent: true } });
  };
  const looking = { en: "32 numbers and attention", ja: "32 次元とアテンション" };
  return writeReport(path, {
    title,
    lead: {
      en: "A network reads random digits, another says them again. Few fit into one vector between them; with attention, which looks back at the state after each digit, the length matters little.",
      ja: "一つの網が乱数字を読み、もう一つが言い直します。間のベクトル一つには数桁しか入りませんが、各桁を読んだときの状態を見返すアテンションがあれば、長さはほとんど影響しません。",
    },
    sections: [
      chart(
        { en: "Digits that are right", ja: "正しい数字" },
        { en: "Means over the seeds; guessing gives 10 %.", ja: "シードの平均。当て推量なら 10 %。" },
        "digits",
        looking,
        attention,
      ),
      chart(
        { en: "Rows without a mistake", ja: "一桁も違わない列" },
        { en: "One wrong digit spoils a row.", ja: "一桁でも違えば誤り。" },
        "whole",
        looking,
        attention,
      ),
      chart(
        { en: "A longer vector", ja: "ベクトルを長くすると" },
        {
          en: "Digits that are right: more of them fit, until it is full too.",
          ja: "正しい数字。より多く入るが、やがて一杯になる。",
        },
        "digits",
        { en: "64 numbers", ja: "64 次元" },
        wide,
      ),
    ],
    data: { en: "None: drawn at random.", ja: "なし (乱数)。" },
  });
}
