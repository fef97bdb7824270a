import { Dropout, ReLU, type Sequential } from "@dl/layers";
import { SGD } from "@dl/optim";
import { l1 } from "@dl/train";
import { accuracyOn, type Digits, firstOf } from "../../digits.ts";
import type { Context } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { mean } from "../../groups.ts";
import { denseNet, spreads } from "../../nets.ts";
import { type Data, type Look, learn } from "./_setting.ts";

/** How a run differs from EXP14: six hidden layers of 100 that learn 300 digits by heart. */
export interface Remedy {
  readonly lr?: number;
  /** λ of the gradient `λw`. */
  readonly l2?: number;
  /** λ of the gradient `λ sign(w)`. */
  readonly l1?: number;
  /** The rate of the dropout after each activation. */
  readonly dropout?: number;
  readonly steps?: number;
  /** Steps between two looks. Default 10. */
  readonly every?: number;
  /** Widths of the hidden layers. Default six of 100. */
  readonly hidden?: readonly number[];
  /** What is learnt from. Default the first 300 digits. */
  readonly from?: (train: Digits) => Digits;
}

/** One run: its looks, at the first 1,000 test digits, and the accuracies at the end. */
export interface Overfitted {
  readonly looks: readonly Look[];
  /** Mean of the last ten looks. */
  readonly train: number;
  /** On all 10,000 test digits. */
  readonly test: number;
}

/** Learns a few digits, once for each seed. */
export function overfit(
  name: string,
  remedy: Remedy,
  { train, test }: Data,
  { seed, flags, progress, metric }: Context<{ readonly seeds: number }>,
): Promise<Overfitted[]> {
  const { lr = 0.01, l2 = 0, l1: sparsity = 0, dropout = 0, steps = 1000, every = 10 } = remedy;
  const { hidden = six, from = (train) => firstOf(train, 300) } = remedy;
  return perSeed(seed, flags.seeds, async (each) => {
    const model = deepNet({ hidden, dropout });
    const looks = await learn(model, {
      train: from(train),
      test: firstOf(test, 1000),
      optimizer: new SGD(model.parameters(), { lr, weightDecay: l2 }),
      steps,
      every,
      display: (total) => progress(total, { label: `${name} seed ${each}`, unit: "steps" }),
      ...(sparsity > 0 ? { penalty: () => l1(model.parameters(), sparsity) } : {}),
    });
    const run = { looks, train: mean(looks.slice(-10).map((look) => look.train)), test: await accuracyOn(model, test) };
    metric(`${name} seed ${each}: train, test`, run.test, `${run.train.toFixed(3)} ${run.test.toFixed(3)}`);
    return run;
  });
}

const six: readonly number[] = Array.from({ length: 6 }, () => 100);

/** 784-100-100-100-100-100-100-10, or with other hidden layers, with ReLU and He's first weights. */
export function deepNet({ hidden = six, dropout = 0 }: Pick<Remedy, "hidden" | "dropout"> = {}): Sequential {
  const between = () => [new ReLU(), ...(dropout > 0 ? [new Dropout({ p: dropout })] : [])];
  return denseNet([784, ...hidden, 10], spreads.he, between);
}

export const trains = (runs: readonly Overfitted[]): number[] => runs.map(({ train }) => train);
export const tests = (runs: readonly Overfitted[]): number[] => runs.map(({ test }) => test);

/** By how much each run reads new digits better than the run of the same seed in `base`. */
export const gains = (runs: readonly Overfitted[], base: readonly Overfitted[]): number[] =>
  runs.map(({ test }, i) => test - (base[i] as Overfitted).test);

/** Mean absolute change of the test accuracy from look to look, in the second half of the run. */
export function jitter(runs: readonly Overfitted[]): number {
  return mean(
    runs.flatMap(({ looks }) => {
      const half = looks.slice(Math.floor(looks.length / 2)).map(({ test }) => test);
      return half.slice(1).map((value, i) => Math.abs(value - (half[i] as number)));
    }),
  );
}

/** The step at which the training accuracy first reaches 90 %; infinite where it never does. */
export const stepsTo90 = ({ looks }: Overfitted): number => looks.find(({ train }) => train >= 0.9)?.step ?? Infinity;
