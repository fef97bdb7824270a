import { Dropout, Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { normal_, zeros_ } from "@dl/layers/init";
import { SGD } from "@dl/optim";
import { manualSeed } from "@dl/tensor";
import { l1 } from "@dl/train";
import { accuracyOn, type Digits, firstOf } from "../../digits.ts";
import type { Context } from "../../example.ts";
import { seedsFrom } from "../../figures.ts";
import { type Look, learn } from "./_setting.ts";

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
export async function overfit(
  name: string,
  remedy: Remedy,
  { train, test }: { readonly train: Digits; readonly test: Digits },
  { seed, flags, progress, metric }: Context<{ readonly seeds: number }>,
): Promise<Overfitted[]> {
  const { lr = 0.01, l2 = 0, l1: sparsity = 0, dropout = 0, steps = 1000, every = 10 } = remedy;
  const { hidden = six, from = (train) => firstOf(train, 300) } = remedy;
  const runs: Overfitted[] = [];
  for (const each of seedsFrom(seed, flags.seeds)) {
    manualSeed(each);
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
    runs.push(run);
  }
  return runs;
}

const six: readonly number[] = Array.from({ length: 6 }, () => 100);

/** 784-100-100-100-100-100-100-10, or with other hidden layers, with ReLU and He's first weights. */
export function deepNet({ hidden = six, dropout = 0 }: Pick<Remedy, "hidden" | "dropout"> = {}): Sequential {
  const widths = [784, ...hidden, 10];
  const layers = widths.slice(1).flatMap((outputs, i): Module[] => {
    const inputs = widths[i] as number;
    const linear = new Linear(inputs, outputs);
    normal_(linear.weight, { std: Math.sqrt(2 / inputs) });
    if (linear.bias !== undefined) zeros_(linear.bias);
    if (i === hidden.length) return [linear];
    return [linear, new ReLU(), ...(dropout > 0 ? [new Dropout({ p: dropout })] : [])];
  });
  return new Sequential(...layers);
}

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

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
