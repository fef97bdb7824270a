import {
  type BackwardOptions,
  contiguousStrides,
  type DType,
  isFloat,
  keep,
  type Layout,
  type Op,
  type Shape,
  type Tensor,
  type Tracer,
} from "@dl/tensor";
import { asStrided, copySlices } from "@dl/tensor/primitives";
import { backward, type Step } from "./backward.ts";
import { isGradEnabled } from "./mode.ts";
import { type Context, gradient, gradientAt, type OpRule, opRule } from "./rule.ts";
import { ruleOf } from "./table.ts";

/** Tensors of the forward pass by name, and the version that the storage of each had. */
interface Kept {
  readonly tensors: Record<string, Tensor>;
  readonly versions: number[];
  count: number;
}

const nothing: Kept = { tensors: {}, versions: [], count: 0 };

/** How a tensor was made: the op's rule, where its inputs came from, and what the rule may know and keeps. */
export interface Origin extends Context {
  readonly rule: OpRule;
  /** By position of the inputs; undefined where no gradient flows. */
  readonly sources: readonly (Trace | undefined)[];
  index: number;
  /** Gone once walked. */
  kept: Kept | undefined;
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
  /** Whether nobody outside can have the memory of `#grad`. */
  #isOwn = false;
  retainsGrad = false;
  hooks: Hook[] | undefined;
  /** Its step of the walk that runs. */
  step: Step | undefined;

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
    return this.origin && gradName(this.origin.rule);
  }

  get grad(): Tensor | undefined {
    this.#isOwn = false;
    return this.#grad;
  }

  set grad(value: Tensor | undefined) {
    this.#isOwn = false;
    if (value !== undefined) keep(value);
    this.#grad = value;
  }

  lendGrad(): Tensor | undefined {
    return this.#grad;
  }

  /** Takes over a gradient whose memory nobody else has. */
  ownGrad(value: Tensor): void {
    this.grad = value;
    this.#isOwn = true;
  }

  clearGrad(): void {
    if (this.#isOwn) this.#grad?.dispose();
    this.grad = undefined;
  }

  record<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A, output: Tensor): Trace | undefined {
    if (!isGradEnabled()) return undefined;
    const rule = ruleOf(op);
    return rule && traceOf(rule, inputs, attrs, output);
  }

  beforeWrite(who: string, target: Tensor): void {
    if (!isGradEnabled()) return;
    const written = rootOf(target)?.tracer ?? this;
    if (this.isLeaf || written.isLeaf) {
      throw new Error(
        `${who}: a leaf that requires a gradient cannot be changed in place: do it inside noGrad, or on x.detach()`,
      );
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
    const rule = ruleOf(asStrided.op);
    view.tracer = rule && traceOf(rule, [base], windowOf(view, base), view);
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
    throw new Error(
      `backward: a view of a tensor that is not contiguous was changed in place: use x.contiguous() first (x [${base.shape.join(", ")}])`,
    );
  }
  return { shape, strides, offset: offset - base.offset };
}

/** A step that only hands on: the result itself, which its rule may have kept, has its own place in the history. */
function rewritten(trace: Trace): Trace {
  const { shape, dtype } = trace;
  const like = { shape, strides: contiguousStrides(shape), dtype };
  const name = trace.origin?.rule.name ?? "copy";
  const rule = opRule(name, ["x"], handingOn);
  const origin = { rule, attrs: undefined, inputs: [like], output: like, index: 0, sources: [trace], kept: nothing };
  return new Trace(shape, dtype, origin, trace.seen, true);
}

const handingOn = gradient({ x: { keeps: [], elementwise: true, of: (g) => g } });

const gradName = ({ name }: OpRule): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Backward0`;

/** Records one step, or nothing where no input requires a gradient or the output cannot have one. */
export function traceOf<A>(rule: OpRule, inputs: readonly Tensor[], attrs: A, output: Tensor): Trace | undefined {
  if (!isFloat(output.dtype)) return undefined;
  const arity = inputs.length;
  const sources = new Array<Trace | undefined>(arity);
  const layouts = new Array<Context["inputs"][number]>(arity);
  let kept: Kept | undefined;
  let flows = false;
  for (let i = 0; i < arity; i++) {
    const { tracer, shape, strides, dtype } = inputs[i] as Tensor;
    layouts[i] = { shape, strides, dtype };
    const own = tracer instanceof Trace ? gradientAt(rule, i) : undefined;
    sources[i] = own === undefined ? undefined : (tracer as Trace);
    if (own === undefined) continue;
    flows = true;
    const { keeps } = own;
    for (let k = 0; k < keeps.length; k++) {
      kept ??= { tensors: {}, versions: new Array<number>(arity + 1), count: 0 };
      keepOne(kept, keeps[k] as string, rule.names, inputs, output);
    }
  }
  if (!flows) return undefined;
  const { shape, dtype } = output;
  const origin: Origin = {
    rule,
    attrs,
    inputs: layouts,
    output: { shape, dtype },
    index: 0,
    sources,
    kept: kept ?? nothing,
  };
  return new Trace(shape, dtype, origin, output.base?.tracer);
}

function keepOne(
  kept: Kept,
  wanted: string,
  names: readonly string[],
  inputs: readonly Tensor[],
  output: Tensor,
): void {
  const tensor = wanted === "output" ? output : inputs[names.indexOf(wanted)];
  if (tensor === undefined || kept.tensors[wanted] !== undefined) return;
  kept.tensors[wanted] = tensor;
  kept.versions[kept.count++] = tensor.storage.version;
}
