import { keep, scope, Tensor } from "@dl/tensor";
import type { Hyper, ParamGroup } from "./hyper.ts";
import { Optimizer } from "./optimizer.ts";

/** An optimizer that updates each parameter from its own gradient and state. */
export abstract class ParameterwiseOptimizer<H extends Hyper, S extends object> extends Optimizer<H, S> {
  /** The state of a parameter before its first step. */
  protected abstract start(p: Tensor, group: H): S;

  /**
   * Changes `p` in place by its gradient `g`, both without history. Temporaries are given back by the caller; `g` lives
   * until the next `zeroGrad`, so that what is remembered of it must be a copy.
   */
  protected abstract update(p: Tensor, g: Tensor, group: H, state: S): void;

  override step(): void;
  override step<T>(closure: () => T): T;
  override step<T>(closure?: () => T): T | undefined {
    const result = closure?.();
    scope(() => {
      for (const group of this.paramGroups) for (const p of group.params) this.#updateOne(p, group);
    });
    return result;
  }

  protected override stateNames(p: Tensor, group: H): readonly string[] {
    return scope(() => Object.keys(this.start(p.detach(), group)));
  }

  #updateOne(p: Tensor, group: ParamGroup<H>): void {
    const grad = p.tracer?.lendGrad();
    if (grad === undefined) return;
    let state = this.state.get(p);
    if (state === undefined) {
      state = this.start(p.detach(), group);
      for (const value of Object.values(state)) if (value instanceof Tensor) keep(value);
      this.state.set(p, state);
    }
    this.update(p.detach(), grad.detach(), group, state);
  }
}
