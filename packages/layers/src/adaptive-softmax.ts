import {
  argmax,
  cat,
  type Generator,
  gather,
  indexAdd,
  indexSelect,
  logicalAnd,
  logSoftmax,
  mean,
  minimum,
  narrow,
  neg,
  nonzero,
  operandsText,
  squeeze,
  sub,
  type Tensor,
  unsqueeze,
  where,
} from "@dl/tensor";
import { Linear } from "./linear.ts";
import { Module } from "./module.ts";
import { ModuleList } from "./module-list.ts";
import { Sequential } from "./sequential.ts";
import { checkSizes, layerText, speakingFor } from "./text.ts";

export interface AdaptiveSoftmaxOptions {
  /** How much smaller each cluster's inner size is than the one before. Default 4. */
  divValue?: number;
  /** Whether the head has a bias. Default false. */
  headBias?: boolean;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
}

/** What the targets got, and the loss. */
export interface AdaptiveSoftmaxOutput {
  /** The logarithm of the probability of each target. */
  readonly output: Tensor;
  /** Their mean, with the other sign. */
  readonly loss: Tensor;
}

/**
 * A softmax over many classes, the frequent ones first. The head has the classes below the first cutoff and one for each
 * cluster of rarer ones, which has a small softmax of its own and is computed for its own targets only.
 *
 * - x: `[n, inFeatures]` or `[inFeatures]`, target: `[n]` or `[]`, int32 classes from 0 on
 * - output: `[n]` or `[]`, loss: `[]`
 *
 * Errors: cutoffs that are not growing integers between 0 and `nClasses`; targets that are no classes.
 *
 * https://arxiv.org/abs/1609.04309
 *
 * @example
 * const softmax = new AdaptiveLogSoftmaxWithLoss(8, 12, [3, 7]);
 * softmax.forward(zeros([4, 8]), tensor([0, 4, 11, 6], { dtype: "int32" })).output.shape; // => [4]
 */
export class AdaptiveLogSoftmaxWithLoss extends Module<[x: Tensor, target: Tensor], AdaptiveSoftmaxOutput> {
  readonly inFeatures: number;
  readonly nClasses: number;
  readonly cutoffs: readonly number[];
  readonly divValue: number;
  readonly head: Linear;
  readonly tail: ModuleList<Sequential>;

  constructor(
    inFeatures: number,
    nClasses: number,
    cutoffs: readonly number[],
    { divValue = 4, headBias = false, generator }: AdaptiveSoftmaxOptions = {},
  ) {
    super();
    checkSizes("AdaptiveLogSoftmaxWithLoss", { inFeatures, nClasses }, 1);
    checkCutoffs(cutoffs, nClasses);
    this.inFeatures = inFeatures;
    this.nClasses = nClasses;
    this.cutoffs = [...cutoffs];
    this.divValue = divValue;
    this.head = new Linear(inFeatures, (cutoffs[0] ?? 0) + cutoffs.length, { bias: headBias, generator });
    this.tail = new ModuleList(
      this.#clusters().map(([low, high], index) => {
        const inner = Math.floor(inFeatures / divValue ** (index + 1));
        const options = { bias: false, generator };
        return new Sequential(new Linear(inFeatures, inner, options), new Linear(inner, high - low, options));
      }),
    );
  }

  override forward(x: Tensor, target: Tensor): AdaptiveSoftmaxOutput {
    if (x.ndim === 1 && target.ndim === 0) {
      const { output, loss } = this.forward(unsqueeze(x, 0), unsqueeze(target, 0));
      return { output: squeeze(output, 0), loss };
    }
    if (x.ndim !== 2 || target.ndim !== 1 || x.shape[0] !== target.shape[0]) {
      throw new RangeError(`${this}: needs one target for each row of x ${operandsText({ x, target })}`);
    }
    this.#checkTargets(target);
    return speakingFor(this, () => {
      const output = this.#targetsOf(x, target);
      return { output, loss: neg(mean(output)) };
    });
  }

  /** The logarithms of the probabilities of all classes. Shape `[n, inFeatures]` to `[n, nClasses]`. */
  logProb(x: Tensor): Tensor {
    return speakingFor(this, () => {
      const [shortlist = 0] = this.cutoffs;
      const head = logSoftmax(this.head.forward(x), { dim: 1 });
      const tails = [...this.tail].map((cluster, index) =>
        logSoftmax(cluster.forward(x), { dim: 1 }).add(narrow(head, 1, shortlist + index, 1)),
      );
      return cat([narrow(head, 1, 0, shortlist), ...tails], { dim: 1 });
    });
  }

  /** The class of the highest probability. Shape `[n, inFeatures]` to `[n]`. */
  predict(x: Tensor): Tensor {
    return argmax(this.logProb(x), { dim: 1 });
  }

  override toString(): string {
    const { inFeatures, nClasses, cutoffs, divValue, head } = this;
    const told = { divValue: [divValue, 4], headBias: [head.bias !== undefined, false] } as const;
    return layerText("AdaptiveLogSoftmaxWithLoss", [inFeatures, nClasses, cutoffs], told);
  }

  /** The first class of every cluster, and the one after its last. */
  #clusters(): (readonly [low: number, high: number])[] {
    return this.cutoffs.map((low, index) => [low, this.cutoffs[index + 1] ?? this.nClasses]);
  }

  #targetsOf(x: Tensor, target: Tensor): Tensor {
    const [shortlist = 0] = this.cutoffs;
    const clusters = this.#clusters();
    let column = minimum(target, shortlist);
    for (const [index, [low]] of clusters.entries()) column = where(target.ge(low), shortlist + index, column);
    let output = pick(logSoftmax(this.head.forward(x), { dim: 1 }), column.to("int32"));
    for (const [index, [low, high]] of clusters.entries()) {
      const rows = squeeze(nonzero(logicalAnd(target.ge(low), target.lt(high))), 1);
      if (rows.size === 0) continue;
      const local = logSoftmax(this.tail.at(index).forward(indexSelect(x, 0, rows)), { dim: 1 });
      output = indexAdd(output, 0, rows, pick(local, sub(indexSelect(target, 0, rows), low)));
    }
    return output;
  }

  #checkTargets(target: Tensor): void {
    if (target.dtype !== "int32" && target.dtype !== "uint8") {
      throw new TypeError(`${this}: target must be int32 or uint8, got ${target.dtype} ${operandsText({ target })}`);
    }
    const wrong = target.toArray().find((each) => each < 0 || each >= this.nClasses);
    if (wrong !== undefined) {
      throw new RangeError(`${this}: targets must lie from 0 to ${this.nClasses - 1}, got ${wrong}`);
    }
  }
}

/** One number of each row. */
const pick = (x: Tensor, column: Tensor): Tensor => squeeze(gather(x, 1, unsqueeze(column, 1)), 1);

function checkCutoffs(cutoffs: readonly number[], nClasses: number): void {
  const grow = cutoffs.every((each, index) => Number.isInteger(each) && each > (cutoffs[index - 1] ?? 0));
  if (cutoffs.length === 0 || !grow || (cutoffs.at(-1) ?? 0) >= nClasses) {
    throw new RangeError(
      `AdaptiveLogSoftmaxWithLoss: cutoffs must be growing integers from 1 to ${nClasses - 1}, got [${cutoffs.join(", ")}]`,
    );
  }
}
