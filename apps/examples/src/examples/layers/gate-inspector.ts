import { noGrad } from "@dl/autograd";
import { corrcoef, max, stack, type Tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { layers, learnt, sample } from "./_adding.ts";
import { drawGates } from "./_gate-maps.ts";
import { gatesOf } from "./_gates.ts";

interface Values {
  readonly seeds: number;
  readonly length: number;
  readonly steps: number;
  readonly report: string;
}

const example: Example<Values> = {
  name: "gate-inspector",
  title: {
    ja: "LSTM のゲートを覗く: いつ書き、いつ保つか",
    en: "Inside an LSTM: when its gates write, when they keep",
  },
  ids: ["LAYER13"],
  seconds: 35,
  data: "none",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    length: integer(100, "numbers in a row", { min: 4 }),
    steps: integer(3000, "batches of 50 rows at most", { min: 1 }),
    report: file("reports/gate-inspector.html", "where to draw the gates"),
  },
  quick: { seeds: 1, length: 30, steps: 1200 },
  async run({ seed, flags, quick, log, progress, metric, claimEach }) {
    // an LSTM has learnt to add up the two marked numbers of a row. How does it get the first one over to the end? One or
    // two of its 32 cells have become a memory: written to at the marks, left alone everywhere else
    const found = await perSeed(seed, flags.seeds, async (each) => {
      const display = (total: number) => progress(total, { label: `seed ${each}`, unit: "steps" });
      const { model, error, losses } = await learnt(layers.LSTM, { ...flags, display });
      metric(`seed ${each}: steps, training loss`, losses.length, `${losses.length} ${losses.at(-1)?.toFixed(4)}`);
      const { x, y } = sample(flags.length, 200);
      const { output } = noGrad(() => model.layer.forward(x));
      const gates = noGrad(() => gatesOf(model.layer, x));
      const marks = x.at(":", ":", "1:");
      const others = marks.neg().add(1);
      const forget = await meanOver(others, gates.forget);
      const units = [...forget.keys()].sort((a, b) => (forget[b] as number) - (forget[a] as number));
      const [keeper, next] = units as [number, number];
      metric(
        `seed ${each}: forget gates of the two that forget least`,
        forget[keeper] as number,
        `${forget[keeper]?.toFixed(3)} ${forget[next]?.toFixed(3)}`,
      );
      if (each === seed) log(`report: ${await drawGates(flags.report, example.title, { gates, marks, units })}`);
      return {
        error,
        apart: await max(gates.hidden.sub(output).abs()).itemAsync(),
        keeps: forget[keeper] as number,
        open: (await meanOver(marks, gates.input))[keeper] as number,
        shut: (await meanOver(others, gates.input))[keeper] as number,
        sum: Math.abs(
          await corrcoef(stack([gates.cell.at(":", -1, keeper), y]))
            .at(0, 1)
            .itemAsync(),
        ),
      };
    });
    const of = (name: keyof (typeof found)[number]): number[] => found.map((each) => each[name]);
    const solved = quick ? 0.05 : 0.02;
    claimEach("error on new rows", of("error"), `< ${solved}`, (error) => error < solved, 4);
    claimEach("hidden states of the layer and by the formula: apart", of("apart"), "< 1e-6", (apart) => apart < 1e-6);
    claimEach("the cell that forgets least: forget gate between the marks", of("keeps"), "≥ .97", (at) => at >= 0.97);
    claimEach("its input gate at the marks", of("open"), "≥ .3", (at) => at >= 0.3);
    claimEach("its input gate elsewhere", of("shut"), "≤ .15", (at) => at <= 0.15);
    claimEach("what it ends with and the sum: correlation, without sign", of("sum"), "≥ .97", (r) => r >= 0.97);
  },
};

export default example;

/** For each unit the mean over the places of all rows that count: `[n, length, 1]`, each 0 or 1. */
const meanOver = async (places: Tensor, values: Tensor): Promise<number[]> =>
  Array.from(
    await values
      .mul(places)
      .sum({ dim: [0, 1] })
      .div(places.sum())
      .read(),
  );
