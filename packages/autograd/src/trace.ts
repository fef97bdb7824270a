import { keep, type BackwardOptions, type DType, type Layout, type Op, type Shape, type Tensor, type Tracer } from "@dl/tensor";
import { asStrided, copySlices } from "@dl/tensor/primitives";
import { isGradEnabled } from "./mode.ts";
import type { Context, InputGradient, Rule } from "./rule.ts";
import { ruleOf } from "./table.ts";
import { backward } from "./backward.ts";

/** A tensor of the forward pass with the version its storage had. */
interface Kept {
  readonly tensor: Tensor;
  readonly version: number;
}

/** How a tensor was made: the op's rule, where its inputs came from, and what the rule keeps. */
export interface Origin {
  readonly name: string;
  /** By position of the inputs; undefined where none flows. */
  readonly gradients: readonly (InputGradient | undefined)[];
  readonly inputs: readonly (Trace | undefined)[];
  readonly context: Context;
  /** Emptied once walked. */
  kept: Map<string, Kept> | undefined;
}

export type Hook = (gradient: Tensor) => Tensor | undefined | void;

let count = 0;

/** The tape's side of a tensor: a leaf that collects a gradient, or a step of the recorded history. */
export class Trace implements Tracer {
  readonly requiresGrad = true;
  /** Later steps have higher numbers. */
  readonly order = count++;
  readonly origin: Origin | undefined;
  /** For a view: what its base's history was when it was made. */
  readonly seen: Tracer | undefined;
  /** Whether an in-place change made it: views of the tensor must follow. */
  readonly rewrites: boolean;
  readonly shape: Shape;
  readonly dtype: DType;
  #grad: Tensor | undefined;
  retainsGrad = false;
  readonly hooks: Hook[] = [];

  constructor(shape: Shape, dtype: DType, origin?: Origin, seen?: Tracer, rewrites = false) {
    this.shape = shape;
    this.dtype = dtype;
    this.origin = origin;
    this.seen = seen;
    this.rewrites = rewrites;
  }

  get isLeaf(): boolean {
    return this.origin === undefined;
  }

  get gradFn(): string | undefined {
    return this.origin && `${this.origin.name.charAt(0).toUpperCase()}${this.origin.name.slice(1)}Backward0`;
  }

  get grad(): Tensor | undefined {
    return this.#grad;
  }

  set grad(value: Tensor | undefined) {
    if (value !== undefined) keep(value);
    this.#grad = value;
  }

  record<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A, output: Tensor): Trace | undefined {
    if (!isGradEnabled()) return undefined;
    const rule = ruleOf(op);
    if (rule === undefined) return undefined;
    return traceOf(op.name, op.inputs, rule, inputs, attrs, output);
  }

  beforeWrite(who: string, target: Tensor): void {
    if (!isGradEnabled()) return;
    const written = rootOf(target)?.tracer ?? this;
    if (this.isLeaf || written.isLeaf) {
      throw new Error(`${who}: a leaf that requires a gradient cannot be changed in place: do it inside noGrad, or on x.detach()`);
    }
    if (target.tracer === undefined) {
      throw new Error(`${who}: a view made inside noGrad cannot be changed outside of it: its history is missing`);
    }
  }

  afterWrite(target: Tensor, value: Tensor): void {
    if (!isGradEnabled()) return;
    const base = rootOf(target);
    if (base === undefined) {
      target.tracer = value.tracer instanceof Trace ? rewritten(value.tracer) : undefined;
      return;
    }
    const window = windowOf(target, base);
    const written = this.record(copySlices.op, [base, value], { window }, base);
    base.tracer = written && rewritten(written);
    target.tracer = written && this.record(asStrided.op, [base], window, target);
  }

  refresh(view: Tensor): void {
    const base = rootOf(view);
    const current = base?.tracer;
    if (base === undefined || !(current instanceof Trace) || !current.rewrites) return;
    if (view.tracer instanceof Trace && view.tracer.seen === current) return;
    view.tracer = this.record(asStrided.op, [base], windowOf(view, base), view);
  }

  backward(root: Tensor, options: BackwardOptions): void {
    backward(this, root, options);
  }
}

/** What a view shows in the end: the base of a base where a layout was changed in place. */
function rootOf(view: Tensor): Tensor | undefined {
  let root = view.base;
  while (root?.base !== undefined) root = root.base;
  return root;
}

/** Where a view lies on its base, whose elements must be in row-major order. */
function windowOf({ shape, strides, offset }: Tensor, base: Tensor): Layout {
  if (!base.isContiguous) {
    throw new Error(`backward: a view of a tensor that is not contiguous was changed in place: use x.contiguous() first (x [${base.shape.join(", ")}])`);
  }
  return { shape, strides, offset: offset - base.offset };
}

const rewritten = (trace: Trace): Trace => new Trace(trace.shape, trace.dtype, trace.origin, trace.seen, true);

/** Records one step, or nothing where no input requires a gradient. */
export function traceOf<A>(
  name: string,
  names: readonly string[],
  rule: Rule,
  inputs: readonly Tensor[],
  attrs: A,
  output: Tensor,
): Trace | undefined {
  const variadic = names[0]?.startsWith("...") ?? false;
  const nameOf = (index: number): string => (variadic ? "each" : (names[index] ?? ""));
  const sources: (Trace | undefined)[] = [];
  const gradients: (InputGradient | undefined)[] = [];
  const kept = new Map<string, Kept>();
  let flows = false;
  for (let i = 0; i < inputs.length; i++) {
    const tracer = (inputs[i] as Tensor).tracer;
    const source = tracer instanceof Trace ? tracer : undefined;
    const own = source && rule.gradients[nameOf(i)];
    sources.push(own && source);
    gradients.push(own);
    if (own === undefined) continue;
    flows = true;
    for (const wanted of own.keeps) {
      const tensor = wanted === "output" ? output : inputs[names.indexOf(wanted)];
      if (tensor !== undefined) kept.set(wanted, { tensor, version: tensor.storage.version });
    }
  }
  if (!flows) return undefined;
  const context: Context = { attrs, inputs: inputs.map(({ shape, dtype }) => ({ shape, dtype })), output: { shape: output.shape, dtype: output.dtype }, index: 0 };
  const origin: Origin = { name, gradients, inputs: sources, context, kept };
  return new Trace(output.shape, output.dtype, origin, output.base?.tracer);
}

