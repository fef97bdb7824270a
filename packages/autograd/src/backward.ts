import { add, type BackwardOptions, contiguousCopy, isFloat, ones, sameShape, shapeText, sumTo, type Tensor, toCopy } from "@dl/tensor";
import { withMode } from "./mode.ts";
import { Temporaries } from "./temporaries.ts";
import type { Origin, Trace } from "./trace.ts";

/** Accumulates the gradients of `root`, whose history is `trace`, into the `grad` of every leaf it came from. */
export function backward(trace: Trace, root: Tensor, { gradient, retainGraph, createGraph = false }: BackwardOptions): void {
  walk([start("backward", trace, root, gradient)], { createGraph, retainGraph: retainGraph ?? createGraph });
}

export interface Start {
  readonly trace: Trace;
  readonly gradient: Tensor;
}

/** Where a walk begins: checks that the gradient fits the tensor. */
export function start(who: string, trace: Trace, root: Tensor, gradient: Tensor | undefined): Start {
  if (gradient === undefined && root.size !== 1) {
    throw new Error(`${who}: needs a gradient to start from, or a tensor of one element (x ${shapeText(root.shape)})`);
  }
  if (gradient !== undefined && !sameShape(gradient.shape, root.shape)) {
    throw new RangeError(`${who}: the gradient must have the shape of the tensor (gradient ${shapeText(gradient.shape)}, x ${shapeText(root.shape)})`);
  }
  return { trace, gradient: gradient ?? ones(root.shape, { dtype: root.dtype, device: root.device }) };
}

interface WalkOptions {
  readonly createGraph: boolean;
  readonly retainGraph: boolean;
  /** Collect the gradients of these instead of filling leaves. */
  readonly targets?: ReadonlySet<Trace>;
}

/** Walks the history from the latest step to the first, each once. Returns the gradients of the targets. */
export function walk(starts: readonly Start[], options: WalkOptions): Map<Trace, Tensor> {
  const steps = reachable(starts.map(({ trace }) => trace), options.targets);
  for (const { origin } of steps) if (origin !== undefined && origin.kept === undefined) throw alreadyWalked(origin);
  const pending = new Map<Trace, Tensor>();
  const found = new Map<Trace, Tensor>();
  const temporaries = options.createGraph ? undefined : new Temporaries();
  withMode("backward", options.createGraph, () => {
    for (const { trace, gradient } of starts) arrive(pending, trace, gradient, temporaries);
    for (const trace of steps) {
      const gradient = pending.get(trace);
      if (gradient === undefined) continue;
      pending.delete(trace);
      const used = hooked(trace, gradient);
      if (options.targets?.has(trace)) take(found, trace, used, temporaries);
      else if (options.targets === undefined && (trace.isLeaf || trace.retainsGrad)) accumulate(trace, used, temporaries);
      if (trace.origin !== undefined) step(trace.origin, used, pending, steps, options, temporaries);
      temporaries?.release(gradient);
    }
  });
  return found;
}

/** Passes the gradient of one step's output on to its inputs. */
function step(origin: Origin, g: Tensor, pending: Map<Trace, Tensor>, needed: ReadonlySet<Trace>, { retainGraph }: WalkOptions, temporaries: Temporaries | undefined): void {
  const saved = unpack(origin);
  const make = (): (Tensor | undefined)[] =>
    origin.inputs.map((source, index) => {
      if (source === undefined || !needed.has(source)) return undefined;
      const gradient = origin.gradients[index]?.of(g, saved, { ...origin.context, index });
      return gradient && fitted(gradient, source);
    });
  const made = temporaries === undefined ? make() : temporaries.during(make);
  made.forEach((gradient, index) => {
    const source = origin.inputs[index];
    if (gradient !== undefined && source !== undefined) arrive(pending, source, gradient, temporaries);
  });
  if (!retainGraph) origin.kept = undefined;
}

/** Undoes broadcasting and promotion. */
function fitted(gradient: Tensor, source: Trace): Tensor {
  const summed = sumTo(gradient, source.shape);
  return summed.dtype === source.dtype || !isFloat(source.dtype) ? summed : toCopy(summed, source.dtype);
}

function arrive(pending: Map<Trace, Tensor>, trace: Trace, gradient: Tensor, temporaries: Temporaries | undefined): void {
  const before = pending.get(trace);
  if (before === undefined) {
    pending.set(trace, gradient);
    return;
  }
  const make = (): Tensor[] => [add(before, gradient)];
  const [total] = temporaries === undefined ? make() : temporaries.during(make);
  pending.set(trace, total as Tensor);
  temporaries?.release(before);
  temporaries?.release(gradient);
}

function hooked(trace: Trace, gradient: Tensor): Tensor {
  let current = gradient;
  for (const hook of trace.hooks) current = hook(current) ?? current;
  return current;
}

/** Adds to a leaf's gradient, which from then on has memory of its own. */
function accumulate(trace: Trace, gradient: Tensor, temporaries: Temporaries | undefined): void {
  const before = trace.grad;
  if (temporaries === undefined) trace.grad = before === undefined ? gradient : add(before, gradient);
  else if (before !== undefined && before.tracer === undefined && before.isContiguous) before.device.run(add.op, [before, gradient], before, {});
  else if (before !== undefined) trace.grad = add(before, gradient);
  else trace.grad = ownCopy(gradient, temporaries);
}

function take(found: Map<Trace, Tensor>, trace: Trace, gradient: Tensor, temporaries: Temporaries | undefined): void {
  found.set(trace, temporaries === undefined ? gradient : ownCopy(gradient, temporaries));
}

function ownCopy(gradient: Tensor, temporaries: Temporaries): Tensor {
  if (!temporaries.owns(gradient)) return contiguousCopy(gradient);
  temporaries.keep(gradient);
  return gradient;
}

/** The tensors a step kept, if they are still what they were. */
function unpack(origin: Origin): Record<string, Tensor> {
  const saved: Record<string, Tensor> = {};
  for (const [name, { tensor, version }] of origin.kept ?? []) {
    if (tensor.storage.version !== version) {
      throw new Error(
        `backward: ${name} of ${origin.name} was changed in place since the forward pass (version ${tensor.storage.version}, expected ${version}): its gradient needs the old values ${shapeText(tensor.shape)}`,
      );
    }
    saved[name] = tensor;
  }
  return saved;
}

const alreadyWalked = ({ name }: Origin): Error =>
  new Error(`backward: the graph was walked already and what ${name} kept is gone: pass retainGraph: true the first time`);

/** Every step the starts came from, latest first; with targets, only those on the way to one. */
function reachable(starts: readonly Trace[], targets: ReadonlySet<Trace> | undefined): Set<Trace> {
  const seen = new Set<Trace>();
  const stack = [...starts];
  for (let trace = stack.pop(); trace !== undefined; trace = stack.pop()) {
    if (seen.has(trace)) continue;
    seen.add(trace);
    for (const input of trace.origin?.inputs ?? []) if (input !== undefined) stack.push(input);
  }
  const ordered = [...seen].sort((a, b) => b.order - a.order);
  if (targets === undefined) return new Set(ordered);
  const needed = new Set<Trace>();
  for (const trace of ordered.toReversed()) {
    const leads = targets.has(trace) || trace.origin?.inputs.some((input) => input !== undefined && needed.has(input));
    if (leads) needed.add(trace);
  }
  return new Set(ordered.filter((trace) => needed.has(trace)));
}
