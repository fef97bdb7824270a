import { Tensor, tensor } from "@dl/tensor";
import { assign, gradientOf, valuesOf } from "./flat.ts";
import { checkFromZero, type GroupInput, type Hyper } from "./hyper.ts";
import { type Point, strongWolfe } from "./line-search.ts";
import { Optimizer } from "./optimizer.ts";
import { type OptimizerStateDict, type StateRecord, type StateValue, stateDictOf } from "./state-dict.ts";

export interface LBFGSGroup extends Hyper {
  /** Iterations in one step. Default 20. */
  maxIter: number;
  /** Evaluations of the closure in one step. Default 1.25 maxIter. */
  maxEval: number;
  /** Stops where no element of the gradient is larger. Default 1e-7. */
  toleranceGrad: number;
  /** Stops where value and parameters change by less. Default 1e-9. */
  toleranceChange: number;
  /** How many updates are remembered. Default 100. */
  historySize: number;
  /** "strong_wolfe", or none: the step is lr. Default none. */
  lineSearchFn?: "strong_wolfe" | null;
}

export type LBFGSOptions = Partial<LBFGSGroup>;

/** What is remembered between steps, over all parameters in one vector. */
export interface LBFGSState {
  evaluations: number;
  iterations: number;
  direction: Float64Array;
  t: number;
  /** Changes of the gradient and of the parameters, and 1 / (y · s). */
  updates: { readonly y: Float64Array; readonly s: Float64Array; readonly ro: number }[];
  scale: number;
  gradient: Float64Array;
  value: number;
}

/**
 * Limited-memory BFGS: follows the gradient times an inverse Hessian made from the last `historySize` updates.
 *
 * `step(closure)` evaluates the closure several times; it clears the gradients, computes the loss, calls `backward` and
 * returns the loss. All parameters form one group. Vectors are float64 in the CPU's memory: tensors on a GPU cannot be
 * read at once and throw.
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.LBFGS.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, -2]));
 * const optimizer = new LBFGS([p], { lineSearchFn: "strong_wolfe" });
 * optimizer.step(() => {
 *   optimizer.zeroGrad();
 *   const loss = p.mul(p).sum();
 *   loss.backward();
 *   return loss;
 * });
 * p.tolist(); // => [0, 0]
 */
export class LBFGS extends Optimizer<LBFGSGroup, LBFGSState> {
  constructor(params: Iterable<Tensor> | Iterable<GroupInput<LBFGSGroup>>, options: LBFGSOptions = {}) {
    const { maxIter = 20 } = options;
    super("LBFGS", params, {
      lr: 1,
      maxIter,
      maxEval: Math.floor((maxIter * 5) / 4),
      toleranceGrad: 1e-7,
      toleranceChange: 1e-9,
      historySize: 100,
      lineSearchFn: null,
      ...options,
    });
  }

  protected override check(who: string, group: LBFGSGroup): void {
    checkFromZero(who, group, "lr", "maxIter", "maxEval", "toleranceGrad", "toleranceChange", "historySize");
    const search: unknown = group.lineSearchFn ?? "strong_wolfe";
    if (search !== "strong_wolfe")
      throw new RangeError(`${who}: lineSearchFn must be "strong_wolfe" or null, got ${JSON.stringify(search)}`);
  }

  override addParamGroup(group: GroupInput<LBFGSGroup>): void {
    if (this.paramGroups.length > 0)
      throw new RangeError(`LBFGS: takes one parameter group, got ${this.paramGroups.length + 1}`);
    super.addParamGroup(group);
  }

  override step<T>(closure?: () => T): T {
    if (closure === undefined)
      throw new TypeError("LBFGS: step needs a closure that computes the loss and its gradients, got none");
    const { params, ...options } = this.paramGroups[0] as (typeof this.paramGroups)[number];
    const result = closure();
    const memory = this.#memory(params);
    memory.evaluations++;
    let current = { value: lossOf(result), gradient: gradientOf(params) };
    let evaluations = 1;
    if (largest(current.gradient) <= options.toleranceGrad) return result;
    const evaluate = (from: Float64Array, direction: Float64Array, t: number): Point => {
      assign(params, from, direction, t);
      evaluations++;
      memory.evaluations++;
      const value = lossOf(closure());
      const gradient = gradientOf(params);
      return { t, value, gradient, slope: dot(gradient, direction) };
    };
    for (let iteration = 1; iteration <= options.maxIter; iteration++) {
      const before = current;
      const first = memory.iterations++ === 0;
      const direction = first
        ? current.gradient.map((g) => -g)
        : nextDirection(memory, current.gradient, options.historySize);
      let t = first ? Math.min(1, 1 / absoluteSum(current.gradient)) * options.lr : options.lr;
      Object.assign(memory, { direction, gradient: before.gradient, value: before.value, t });
      const slope = dot(before.gradient, direction);
      if (slope > -options.toleranceChange) break;
      const origin = valuesOf(params);
      const last = iteration === options.maxIter;
      if (options.lineSearchFn === "strong_wolfe") {
        const tolerance = options.toleranceChange / largest(direction);
        const found = strongWolfe((at) => evaluate(origin, direction, at), { ...before, t: 0, slope }, t, {
          tolerance,
        });
        current = found;
        t = found.t;
        assign(params, origin, direction, t);
      } else if (last) assign(params, origin, direction, t);
      else current = evaluate(origin, direction, t);
      memory.t = t;
      if (last || evaluations >= options.maxEval || largest(current.gradient) <= options.toleranceGrad) break;
      if (Math.abs(t) * largest(direction) <= options.toleranceChange) break;
      if (Math.abs(current.value - before.value) < options.toleranceChange) break;
    }
    return result;
  }

  override stateDict(): OptimizerStateDict {
    const dict = stateDictOf(this.paramGroups, new Map());
    const memory = [...this.state.values()][0];
    return memory === undefined ? dict : { ...dict, state: { 0: recordOf(memory) } };
  }

  override loadStateDict(dict: OptimizerStateDict): void {
    const record = dict.state[0];
    super.loadStateDict({ ...dict, state: {} });
    const owner = this.paramGroups[0]?.params[0];
    if (record !== undefined && owner !== undefined) this.state.set(owner, memoryOf(record));
  }

  #memory(params: readonly Tensor[]): LBFGSState {
    const owner = params[0] as Tensor;
    const known = this.state.get(owner);
    if (known !== undefined) return known;
    const none = new Float64Array(0);
    const made: LBFGSState = {
      evaluations: 0,
      iterations: 0,
      direction: none,
      t: 0,
      updates: [],
      scale: 1,
      gradient: none,
      value: 0,
    };
    this.state.set(owner, made);
    return made;
  }
}

/** Takes the last update into `memory` and returns minus the inverse Hessian times the gradient: two loops over it. */
function nextDirection(memory: LBFGSState, gradient: Float64Array, historySize: number): Float64Array {
  const { updates } = memory;
  const y = gradient.map((g, i) => g - (memory.gradient[i] as number));
  const s = memory.direction.map((d) => d * memory.t);
  const ys = dot(y, s);
  if (ys > 1e-10) {
    if (updates.length >= historySize) updates.shift();
    if (historySize > 0) updates.push({ y, s, ro: 1 / ys });
    memory.scale = ys / dot(y, y);
  }
  const d = gradient.map((g) => -g);
  const taken = updates.map(() => 0);
  for (let i = updates.length - 1; i >= 0; i--) {
    const { y: change, s: move, ro } = updates[i] as (typeof updates)[number];
    const part = dot(move, d) * ro;
    taken[i] = part;
    addTo(d, change, -part);
  }
  for (let i = 0; i < d.length; i++) d[i] = (d[i] as number) * memory.scale;
  for (const [i, { y: change, s: move, ro }] of updates.entries())
    addTo(d, move, (taken[i] as number) - dot(change, d) * ro);
  return d;
}

function lossOf(result: unknown): number {
  if (typeof result === "number") return result;
  if (result instanceof Tensor) return result.item();
  throw new TypeError(`LBFGS: the closure must return the loss, a tensor or a number, got ${typeof result}`);
}

/** By PyTorch's names. */
function recordOf({ evaluations, iterations, direction, t, updates, scale, gradient, value }: LBFGSState): StateRecord {
  return {
    func_evals: evaluations,
    n_iter: iterations,
    d: tensor(direction),
    t,
    old_dirs: updates.map(({ y }) => tensor(y)),
    old_stps: updates.map(({ s }) => tensor(s)),
    ro: updates.map(({ ro }) => ro),
    H_diag: scale,
    prev_flat_grad: tensor(gradient),
    prev_loss: value,
  };
}

function memoryOf(record: StateRecord): LBFGSState {
  const steps = listOf(record["old_stps"]);
  const ratios = listOf(record["ro"]);
  return {
    evaluations: numberOf(record["func_evals"]),
    iterations: numberOf(record["n_iter"]),
    direction: vectorOf(record["d"]),
    t: numberOf(record["t"]),
    updates: listOf(record["old_dirs"]).map((y, i) => ({
      y: vectorOf(y),
      s: vectorOf(steps[i]),
      ro: numberOf(ratios[i]),
    })),
    scale: numberOf(record["H_diag"]),
    gradient: vectorOf(record["prev_flat_grad"]),
    value: numberOf(record["prev_loss"]),
  };
}

const listOf = (value: StateValue): readonly StateValue[] => (Array.isArray(value) ? value : []);
const numberOf = (value: StateValue): number => (value instanceof Tensor ? value.item() : Number(value ?? 0));
const vectorOf = (value: StateValue): Float64Array =>
  value instanceof Tensor ? Float64Array.from(value.detach().toArray()) : new Float64Array(0);

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

function addTo(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}

const absoluteSum = (a: Float64Array): number => a.reduce((total, value) => total + Math.abs(value), 0);
const largest = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
