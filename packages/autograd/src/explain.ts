import {
  add,
  contiguousCopy,
  ones,
  reshape,
  type Shape,
  shapeText,
  sizeOf,
  stack,
  type Tensor,
  tensor,
  zeros,
} from "@dl/tensor";
import { fitted, start, unpack } from "./backward.ts";
import { explanationTable } from "./explain-table.ts";
import { withMode } from "./mode.ts";
import { gradientAt } from "./rule.ts";
import { Trace } from "./trace.ts";

export interface ExplainOptions {
  /** What to call the leaves: `{ weight, bias }`. Others are called by their shape. */
  names?: Readonly<Record<string, Tensor>>;
  /** The gradient to start from. Needed unless the tensor has one element. */
  gradient?: Tensor;
  /** Local derivatives with more elements than this are left out, unless they are elementwise. Default 10,000. */
  largestLocal?: number;
}

/** What one step of the backward pass hands to one of its inputs: `gradient = upstream · local`. */
export interface BackwardInput {
  /** The op's own name for it, such as `x`. */
  readonly name: string;
  /** Where it came from: `step 3`, or the name of a leaf. */
  readonly from: string;
  /**
   * The derivative of the output by this input alone. Elementwise ops: the derivative of each element, in the shape of
   * the output; others: shape `[...output, ...input]`, undefined where that is too large.
   */
  readonly local: Tensor | undefined;
  readonly elementwise: boolean;
  /** What goes on, in the shape of the input: what broadcasting repeated is summed. */
  readonly gradient: Tensor;
}

/** One op on the way back. */
export interface BackwardStep {
  /** From 1, the last op of the forward pass first. */
  readonly number: number;
  readonly op: string;
  /** Of the op's output. */
  readonly shape: Shape;
  /** The derivative of the loss by the op's output. */
  readonly upstream: Tensor;
  readonly inputs: readonly BackwardInput[];
}

export interface BackwardExplanation {
  readonly steps: readonly BackwardStep[];
  /** The gradient of every leaf: the sum of what the steps handed to it. */
  readonly leaves: readonly { readonly name: string; readonly gradient: Tensor }[];
  /** A table for reading. */
  toString(): string;
}

/**
 * The backward pass step by step: of every op the gradient that arrives, the local derivative and their product, which
 * goes on. Fills no `grad`, calls no hooks and keeps the graph.
 *
 * @throws Error unless `loss` requires a gradient
 * @throws RangeError for more than one element without a `gradient`
 *
 * @example
 * const w = requiresGrad_(tensor([2, 3]));
 * const { steps } = explainBackward(w.square().sum(), { names: { w } });
 * steps.map(({ op }) => op); // => ["sum", "square"]
 * steps[1].inputs[0].local.tolist(); // => [4, 6]
 */
export function explainBackward(
  loss: Tensor,
  { names = {}, gradient, largestLocal = 10_000 }: ExplainOptions = {},
): BackwardExplanation {
  loss.base?.tracer?.refresh(loss);
  const root = loss.tracer;
  if (!(root instanceof Trace)) {
    throw new Error(
      `explainBackward: this tensor does not require a gradient: mark a leaf with requiresGrad_ (loss ${shapeText(loss.shape)})`,
    );
  }
  const { gradient: first } = start("explainBackward", root, loss, gradient);
  const history = historyOf(root);
  const walked = history.find(({ origin }) => origin !== undefined && origin.kept === undefined)?.origin;
  if (walked !== undefined) {
    throw new Error(
      `explainBackward: the graph was walked already and what ${walked.rule.name} kept is gone: pass retainGraph: true to backward`,
    );
  }
  const naming = namingOf(history, names);
  return withMode("explainBackward", false, () => {
    const explained = explain(root, first, naming, largestLocal);
    return { ...explained, toString: () => explanationTable(explained) };
  });
}

type Explained = Pick<BackwardExplanation, "steps" | "leaves">;

/** Walks the history without hooks, and keeps all that passes. */
function explain(root: Trace, first: Tensor, naming: ReadonlyMap<Trace, string>, largestLocal: number): Explained {
  const arrived = new Map([[root, first]]);
  const steps: BackwardStep[] = [];
  const leaves: Explained["leaves"][number][] = [];
  for (const [trace, name] of naming) {
    const upstream = arrived.get(trace);
    if (upstream === undefined) continue;
    if (trace.origin === undefined) {
      leaves.push({ name, gradient: upstream });
      continue;
    }
    const inputs: BackwardInput[] = [];
    trace.origin.sources.forEach((source, index) => {
      if (source === undefined) return;
      const local = new Local(trace, source, index, upstream);
      const gradient = local.times(upstream);
      if (gradient === undefined) return;
      const before = arrived.get(source);
      arrived.set(source, before === undefined ? gradient : add(before, gradient));
      inputs.push({
        name: inputName(trace.origin?.rule.names ?? [], index),
        from: naming.get(source) ?? "",
        local: local.elementwise ? local.diagonal() : local.whole(largestLocal),
        elementwise: local.elementwise,
        gradient,
      });
    });
    steps.push({ number: steps.length + 1, op: trace.origin.rule.name, shape: trace.shape, upstream, inputs });
  }
  return { steps, leaves };
}

/** All that a tensor came from, latest first. */
function historyOf(root: Trace): Trace[] {
  const seen = new Set([root]);
  for (const { origin } of seen) for (const source of origin?.sources ?? []) if (source !== undefined) seen.add(source);
  return [...seen].sort((a, b) => b.order - a.order);
}

/** What every step and leaf is called, in the same order. */
function namingOf(history: readonly Trace[], names: Readonly<Record<string, Tensor>>): Map<Trace, string> {
  const given = new Map(Object.entries(names).map(([name, { tracer }]) => [tracer, name]));
  let count = 0;
  return new Map(
    history.map((trace) => [
      trace,
      trace.isLeaf ? (given.get(trace) ?? `leaf ${shapeText(trace.shape)}`) : `step ${++count}`,
    ]),
  );
}

/** The derivative of one op's output by one of its inputs, known by what the op's rule makes of upstream gradients. */
class Local {
  readonly #trace: Trace;
  readonly #source: Trace;
  readonly #index: number;
  readonly #like: Pick<Tensor, "dtype" | "device">;

  constructor(trace: Trace, source: Trace, index: number, { dtype, device }: Tensor) {
    this.#trace = trace;
    this.#source = source;
    this.#index = index;
    this.#like = { dtype, device };
  }

  get elementwise(): boolean {
    const { origin } = this.#trace;
    return origin !== undefined && gradientAt(origin.rule, this.#index)?.elementwise === true;
  }

  /** Upstream · local, in the shape of the input. */
  times(upstream: Tensor): Tensor | undefined {
    const made = this.#pulled(upstream);
    return made && contiguousCopy(fitted(made, this.#source));
  }

  /** For an elementwise op: before broadcasting is undone, in the shape of the output. */
  diagonal(): Tensor | undefined {
    const made = this.#pulled(ones(this.#trace.shape, this.#like));
    return made && contiguousCopy(made);
  }

  /** Row by row, from upstream gradients that are 1 at one element and 0 elsewhere. */
  whole(largest: number): Tensor | undefined {
    const [to, from] = [this.#trace.shape, this.#source.shape];
    const [rows, columns] = [sizeOf(to), sizeOf(from)];
    if (rows * columns > largest) return undefined;
    if (rows * columns === 0) return zeros([...to, ...from], this.#like);
    const made = Array.from({ length: rows }, (_, row) => {
      const one = new Float64Array(rows);
      one[row] = 1;
      return this.times(tensor(one, { shape: to, ...this.#like })) ?? zeros(from, this.#like);
    });
    return reshape(stack(made), [...to, ...from]);
  }

  #pulled(g: Tensor): Tensor | undefined {
    const { origin } = this.#trace;
    if (origin === undefined) return undefined;
    return gradientAt(origin.rule, this.#index)?.of(g, unpack(origin), { ...origin, index: this.#index });
  }
}

const inputName = (names: readonly string[], index: number): string => {
  const [first = ""] = names;
  return first.startsWith("...") ? `${first.slice(3)}[${index}]` : (names[index] ?? String(index));
};
