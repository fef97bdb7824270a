import type { Tensor } from "@dl/tensor";
import type { Bilingual } from "../../example.ts";
import { curves } from "../../report/curves.ts";
import { heatmap } from "../../report/heatmap.ts";
import { writeReport } from "../../report/report.ts";
import type { Gates } from "./_gates.ts";

const maps: readonly (readonly [name: keyof Gates, heading: Bilingual, note: Bilingual])[] = [
  [
    "input",
    { en: "Input gate", ja: "入力ゲート" },
    {
      en: "Dark: the cell is written to. On top hardly but at the marks.",
      ja: "濃いほど書き込む。一番上はほぼ印のときだけ。",
    },
  ],
  [
    "forget",
    { en: "Forget gate", ja: "忘却ゲート" },
    { en: "Dark: the cell keeps what it holds. On top always.", ja: "濃いほど中身を保つ。一番上は常に保つ。" },
  ],
  [
    "output",
    { en: "Output gate", ja: "出力ゲート" },
    { en: "Dark: the cell shows what it holds.", ja: "濃いほど中身を外に見せる。" },
  ],
  [
    "cell",
    { en: "Cell state", ja: "セル状態" },
    {
      en: "Blue above 0, orange below; the darkest of each cell is the most it ever holds.",
      ja: "青は正、橙は負。濃さはセルごとに、その最大を基準とする。",
    },
  ],
];

/** What an LSTM did while it read rows. */
interface Drawn {
  readonly gates: Gates;
  /** `[n, length, 1]`, 1 where a number is to be added. */
  readonly marks: Tensor;
  /** From the one that forgets least on. */
  readonly units: readonly number[];
}

/** The first row: time from left to right, from the unit that forgets least down to the one that forgets most. */
export async function drawGates(path: string, title: Bilingual, { gates, marks, units }: Drawn): Promise<string> {
  const first = async (values: Tensor): Promise<number[][]> =>
    (await values.at(0).transpose(0, 1).cpu()).tolist() as number[][];
  const [marked] = await first(marks);
  const sections = maps.map(async ([name, heading, note]) => {
    const drawn = await first(gates[name]);
    const values = units.map((unit) => drawn[unit] as number[]);
    return heatmap({
      heading,
      note,
      values: name === "cell" ? values.map(toGreatest) : values,
      marked: (marked as number[]).flatMap((mark, time) => (mark === 1 ? [time] : [])),
      x: "time 時刻",
      y: "cells, the one that forgets least on top 忘れにくい順",
    });
  });
  const held = (await first(gates.cell))[units[0] as number] as number[];
  return writeReport(path, {
    title,
    lead: {
      en: "An LSTM reads a new row of random numbers, two of which (▼) it is to add up: the gates of its 32 cells at each time.",
      ja: "LSTM が新しい乱数の列を読み、印 (▼) のある二つを足します。32 個のセルのゲートを時刻ごとに描きました。",
    },
    sections: [
      ...(await Promise.all(sections)),
      curves({
        heading: { en: "The cell on top", ja: "一番上のセル" },
        note: {
          en: "A step at each mark, the greater the number the longer; in between it drifts, nearly alike in all rows.",
          ja: "印のたびに一段変わり、数が大きいほど段も大きい。その間はどの列でもほぼ同じようにゆっくりずれる。",
        },
        lines: [{ name: { en: "cell state", ja: "セル状態" }, points: held.map((value, time) => [time, value]) }],
        x: "time 時刻",
      }),
    ],
    data: { en: "None: drawn at random.", ja: "なし (乱数)。" },
  });
}

const toGreatest = (values: readonly number[]): number[] => {
  const greatest = Math.max(...values.map(Math.abs));
  return values.map((value) => value / greatest);
};
