import { shapeText, Tensor } from "@dl/tensor";
import type { GroupInput, Hyper, ParamGroup, ParamsInput } from "./hyper.ts";
import { loadedStates, type OptimizerStateDict, onCpu, stateDictOf } from "./state-dict.ts";

/**
 * Updates parameters from their gradients: `zeroGrad()`, `loss.backward()`, `step()`.
 *
 * Parameters come as tensors, or as groups `{ params, lr, … }` with values of their own; `paramGroups` may be changed
 * between steps, which is how schedulers work. A parameter without a gradient is left alone, with its state.
 *
 * Errors: no parameters, one given twice, one that an operation made, a value out of its range.
 * Source: https://pytorch.org/docs/stable/optim.html
 */
export abstract class Optimizer<H extends Hyper = Hyper, S extends object = object> {
  readonly paramGroups: ParamGroup<H>[] = [];
  /** What is remembered of each parameter, by PyTorch's names. */
  readonly state: Map<Tensor, S> = new Map();
  readonly defaults: H;
  /** The name in error sentences. */
  protected readonly who: string;

  constructor(who: string, params: ParamsInput<H>, defaults: H) {
    this.who = who;
    this.defaults = defaults;
    if (!(Symbol.iterator in params) || params instanceof Tensor)
      throw new TypeError(
        `${who}: needs a list of parameters or groups, got one ${params instanceof Tensor ? "tensor" : typeof params}`,
      );
    const inputs: (Tensor | GroupInput<H>)[] = [...params];
    if (inputs.length === 0) throw new RangeError(`${who}: needs at least one parameter, got an empty list`);
    const tensors = inputs.filter((input) => input instanceof Tensor);
    const groups = inputs.filter((input): input is GroupInput<H> => !(input instanceof Tensor));
    if (tensors.length > 0 && groups.length > 0) {
      throw new TypeError(`${who}: needs tensors or groups, got ${tensors.length} tensors and ${groups.length} groups`);
    }
    if (groups.length === 0) this.#add({ ...defaults, params: tensors });
    for (const group of groups) this.addParamGroup(group);
  }

  /** Throws where a group's values cannot be. */
  protected abstract check(who: string, group: H): void;

  /** Updates the parameters. A `closure` is called first; what it returns is returned. */
  abstract step(): void;
  abstract step<T>(closure: () => T): T;

  /** Takes in more parameters, with values of their own or the optimizer's. */
  addParamGroup(group: GroupInput<H>): void {
    this.#add({ ...this.defaults, ...group, params: [...group.params] });
  }

  /** Forgets every gradient: `grad` becomes undefined. The memory of one that nobody read is given back at once. */
  zeroGrad(): void {
    for (const { params } of this.paramGroups) for (const p of params) p.tracer?.clearGrad();
  }

  /** State and group values in PyTorch's format. Its tensors are those in use: the next step changes them. */
  stateDict(): OptimizerStateDict {
    return stateDictOf(this.paramGroups, this.state);
  }

  /** The same with copies of its tensors on the CPU, from any device. */
  cpuStateDict(): Promise<OptimizerStateDict> {
    return onCpu(this.stateDict());
  }

  /** Names without which the state of `p` in a state dict is none of this optimizer's. */
  protected stateNames(_p: Tensor, _group: H): readonly string[] {
    return [];
  }

  /**
   * Goes on from a {@link stateDict}, also one of PyTorch's. Copies it.
   *
   * Errors: other numbers of groups or parameters, states of another optimizer or of other shapes, values out of their
   * range; nothing is changed then.
   */
  loadStateDict(dict: OptimizerStateDict): void {
    const { groups, states } = loadedStates(this.who, this.paramGroups, dict, (p, group) => this.stateNames(p, group));
    for (const [i, values] of groups.entries()) this.check(this.who, { ...(this.paramGroups[i] as H), ...values });
    for (const [i, values] of groups.entries()) Object.assign(this.paramGroups[i] as object, values);
    this.state.clear();
    for (const [p, state] of states) this.state.set(p, state as S);
  }

  #add(group: ParamGroup<H>): void {
    this.check(this.who, group);
    const seen = new Set(this.paramGroups.flatMap(({ params }) => params));
    for (const p of group.params) {
      checkParam(this.who, p);
      if (seen.has(p))
        throw new RangeError(`${this.who}: a parameter appears more than once (p ${shapeText(p.shape)})`);
      seen.add(p);
    }
    this.paramGroups.push(group);
  }
}

function checkParam(who: string, p: unknown): void {
  if (!(p instanceof Tensor)) throw new TypeError(`${who}: parameters must be tensors, got ${typeof p}`);
  if (p.isLeaf) return;
  throw new TypeError(
    `${who}: can only update leaves, got the result of ${p.gradFn ?? "an operation"} (p ${shapeText(p.shape)})`,
  );
}
