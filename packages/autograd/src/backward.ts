import {
  add,
  type BackwardOptions,
  contiguousCopy,
  isFloat,
  ones,
  sameShape,
  shapeText,
  sumTo,
  type Tensor,
  toCopy,
  withAllocations,
} from "@dl/tensor";
import { withMode } from "./mode.ts";
import { gradientAt } from "./rule.ts";
import { Temporaries } from "./temporaries.ts";
import type { Hook, Origin, Trace } from "./trace.ts";

/** Accumulates the gradients of `root`, whose history is `trace`, into the `grad` of every leaf it came from. */
export function backward(
  trace: Trace,
  root: Tensor,
  { gradient, retainGraph, createGraph = false }: BackwardOptions,
): void {
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
    throw new RangeError(
      `${who}: the gradient must have the shape of the tensor (gradient ${shapeText(gradient.shape)}, x ${shapeText(root.shape)})`,
    );
  }
  if (gradient !== undefined && gradient.device !== root.device) {
    throw new TypeError(
      `${who}: the gradient must be on the device of the tensor (gradient on ${gradient.device.name}, x on ${root.device.name})`,
    );
  }
  if (gradient === undefined) return { trace, gradient: ones(root.shape, { dtype: root.dtype, device: root.device }) };
  return { trace, gradient: gradient.dtype === root.dtype ? gradient : toCopy(gradient, root.dtype) };
}

interface WalkOptions {
  readonly createGraph: boolean;
  readonly retainGraph: boolean;
  /** Collect the gradients of these instead of filling leaves. */
  readonly targets?: ReadonlySet<Trace> | undefined;
}

/** A step of the history on its way to be walked, and the gradient that has arrived so far. */
export interface Step {
  readonly trace: Trace;
  readonly walk: Walk;
  /** The step of the same trace in a walk around this one: gradients may call `backward` themselves. */
  readonly outer: Step | undefined;
  pending: Tensor | undefined;
}

/** One walk: its options, what it found, and what it must give back. */
interface Walk extends WalkOptions {
  readonly found: Map<Trace, Tensor> | undefined;
  /** Undefined where the backward pass is recorded itself. */
  temporaries: Temporaries | undefined;
}

/** Walks the history from the latest step to the first, each once. Returns the gradients of the targets. */
export function walk(starts: readonly Start[], options: WalkOptions): ReadonlyMap<Trace, Tensor> {
  const { createGraph, retainGraph, targets } = options;
  const found = targets === undefined ? undefined : new Map<Trace, Tensor>();
  const walk: Walk = { createGraph, retainGraph, targets, found, temporaries: undefined };
  const steps = stepsFrom(starts, walk);
  try {
    for (let i = 0; i < steps.length; i++) checkNotWalked((steps[i] as Step).trace.origin);
    if (createGraph) withMode("backward", true, () => visitAll(walk, starts, steps));
    else withoutRecording(walk, starts, steps);
  } finally {
    for (let i = 0; i < steps.length; i++) leave(steps[i] as Step);
  }
  return found ?? nothing;
}

const nothing: ReadonlyMap<Trace, Tensor> = new Map();

/** What the gradients are made of is given back on the way. */
function withoutRecording(walk: Walk, starts: readonly Start[], steps: readonly Step[]): void {
  withMode("backward", false, () =>
    withAllocations((allocated) => {
      const temporaries = new Temporaries(allocated);
      walk.temporaries = temporaries;
      for (let i = 0; i < starts.length; i++) temporaries.hold((starts[i] as Start).gradient);
      visitAll(walk, starts, steps);
    }),
  );
}

function visitAll(walk: Walk, starts: readonly Start[], steps: readonly Step[]): void {
  for (let i = 0; i < starts.length; i++) arrive(walk, (starts[i] as Start).trace, (starts[i] as Start).gradient);
  for (let i = 0; i < steps.length; i++) visit(walk, steps[i] as Step);
}

function visit(walk: Walk, step: Step): void {
  const { trace, pending: gradient } = step;
  if (gradient === undefined) return;
  const { targets, found, temporaries } = walk;
  step.pending = undefined;
  const used = trace.hooks === undefined ? gradient : hooked(trace.hooks, gradient, temporaries);
  if (targets === undefined) {
    if (trace.origin === undefined || trace.retainsGrad) accumulate(trace, used, temporaries);
  } else if (targets.has(trace))
    found?.set(trace, temporaries === undefined || owns(temporaries, used) ? used : contiguousCopy(used));
  if (trace.origin !== undefined) pass(walk, trace.origin, used);
  temporaries?.release(gradient);
}

/** Passes the gradient of one step's output on to its inputs. */
function pass(walk: Walk, origin: Origin, g: Tensor): void {
  const { rule, sources } = origin;
  checkNotWalked(origin);
  const saved = unpack(origin);
  const made = new Array<Tensor | undefined>(sources.length);
  walk.temporaries?.begin();
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    origin.index = i;
    const isWalked = source !== undefined && stepOf(walk, source) !== undefined;
    const gradient = isWalked ? gradientAt(rule, i)?.of(g, saved, origin) : undefined;
    made[i] = gradient && source && fitted(gradient, source);
  }
  walk.temporaries?.settle(made);
  for (let i = 0; i < made.length; i++) {
    const gradient = made[i];
    if (gradient !== undefined) arrive(walk, sources[i] as Trace, gradient);
  }
  if (!walk.retainGraph) origin.kept = undefined;
}

/** Undoes broadcasting and promotion. */
export function fitted(gradient: Tensor, source: Trace): Tensor {
  const summed = sumTo(gradient, source.shape);
  return summed.dtype === source.dtype || !isFloat(source.dtype) ? summed : toCopy(summed, source.dtype);
}

function arrive(walk: Walk, trace: Trace, gradient: Tensor): void {
  const step = stepOf(walk, trace);
  if (step === undefined) return;
  const { temporaries } = walk;
  const before = step.pending;
  if (before === undefined) {
    step.pending = gradient;
    return;
  }
  temporaries?.begin();
  const total = add(before, gradient);
  step.pending = total;
  temporaries?.settle([total]);
  temporaries?.release(before);
  temporaries?.release(gradient);
}

/** A hook may hold on to what it is given, and remove itself. */
function hooked(hooks: readonly Hook[], gradient: Tensor, temporaries: Temporaries | undefined): Tensor {
  if (hooks.length > 0) temporaries?.keep(gradient);
  let current = gradient;
  for (const hook of hooks.slice()) {
    const given = hook(current) ?? undefined;
    if (given === undefined) continue;
    if (!sameShape(given.shape ?? [], gradient.shape) || given.dtype !== gradient.dtype) throw unlike(given, gradient);
    current = given;
  }
  return current;
}

const unlike = (given: Tensor, gradient: Tensor): Error =>
  new TypeError(
    `backward: a hook must return a gradient like the one it got, or nothing (got ${textOf(given)}, expected ${textOf(gradient)})`,
  );

const textOf = (x: Tensor): string => (x?.storage === undefined ? String(x) : `${x.dtype} ${shapeText(x.shape)}`);

/** Adds to a leaf's gradient, which from then on has memory of its own. */
function accumulate(trace: Trace, gradient: Tensor, temporaries: Temporaries | undefined): void {
  const before = trace.lendGrad();
  if (temporaries === undefined) trace.grad = before === undefined ? toCopy(gradient) : add(before, gradient);
  else if (before !== undefined && before.tracer === undefined && before.isContiguous) {
    before.device.run(add.op, [before, gradient], before, {});
    before.storage.version++;
  } else if (before !== undefined) trace.grad = add(before, gradient);
  else trace.ownGrad(owns(temporaries, gradient) ? gradient : contiguousCopy(gradient));
}

/** Whether the memory of `gradient` is nobody else's; if so it lives on. */
function owns(temporaries: Temporaries, gradient: Tensor): boolean {
  if (!temporaries.owns(gradient)) return false;
  temporaries.keep(gradient);
  return true;
}

/** The tensors a step kept, if they are still what they were. */
export function unpack({ rule, kept }: Origin): Record<string, Tensor> {
  if (kept === undefined) return {};
  const { tensors, versions } = kept;
  let next = 0;
  for (const name in tensors) {
    const tensor = tensors[name] as Tensor;
    const version = versions[next++];
    if (tensor.storage.version === version) continue;
    throw new Error(
      `backward: ${name} of ${rule.name} was changed in place since the forward pass (version ${tensor.storage.version}, expected ${version}): its gradient needs the old values ${shapeText(tensor.shape)}`,
    );
  }
  return tensors;
}

function checkNotWalked(origin: Origin | undefined): void {
  if (origin === undefined || origin.kept !== undefined) return;
  throw new Error(
    `backward: the graph was walked already and what ${origin.rule.name} kept is gone: pass retainGraph: true the first time`,
  );
}

/** A step for everything the starts came from, latest first; with targets, only for what is on the way to one. */
function stepsFrom(starts: readonly Start[], walk: Walk): readonly Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < starts.length; i++) enter(steps, walk, (starts[i] as Start).trace);
  for (let at = 0; at < steps.length; at++) {
    const sources = steps[at]?.trace.origin?.sources;
    if (sources !== undefined) for (let i = 0; i < sources.length; i++) enter(steps, walk, sources[i]);
  }
  if (!areLatestFirst(steps)) steps.sort((a, b) => b.trace.order - a.trace.order);
  const { targets } = walk;
  if (targets === undefined) return steps;
  for (const step of steps.toReversed()) {
    const { trace } = step;
    const leads =
      targets.has(trace) ||
      trace.origin?.sources.some((input) => input !== undefined && stepOf(walk, input) !== undefined);
    if (!leads) leave(step);
  }
  return steps.filter((step) => stepOf(walk, step.trace) !== undefined);
}

/** The sort of a few steps costs more than the rest of their walk, and a chain comes sorted. */
function areLatestFirst(steps: readonly Step[]): boolean {
  for (let i = 1; i < steps.length; i++)
    if ((steps[i - 1] as Step).trace.order < (steps[i] as Step).trace.order) return false;
  return true;
}

const stepOf = (walk: Walk, { step }: Trace): Step | undefined => (step?.walk === walk ? step : undefined);

function enter(steps: Step[], walk: Walk, trace: Trace | undefined): void {
  if (trace === undefined || stepOf(walk, trace) !== undefined) return;
  const step: Step = { trace, walk, outer: trace.step, pending: undefined };
  trace.step = step;
  steps.push(step);
}

function leave({ trace, outer }: Step): void {
  trace.step = outer;
}
