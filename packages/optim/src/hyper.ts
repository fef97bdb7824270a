import type { Tensor } from "@dl/tensor";

/** What every parameter group has. */
export interface Hyper {
  /** Learning rate. */
  lr: number;
  /** The rate a scheduler started from. */
  initialLr?: number;
}

/** Parameters and the values they are updated with, which may be changed between steps. */
export type ParamGroup<H extends Hyper> = H & { readonly params: Tensor[] };

/** A group as given: what it leaves out comes from the optimizer's options. */
export type GroupInput<H extends Hyper> = Partial<H> & { readonly params: Iterable<Tensor> };

/** What an optimizer works on: tensors, or groups of them with values of their own. */
export type ParamsInput<H extends Hyper> = Iterable<Tensor> | Iterable<GroupInput<H>>;

/** Throws unless each of the named values is a number from 0 on. */
export function checkFromZero<H extends Hyper>(who: string, group: H, ...names: readonly (keyof H & string)[]): void {
  for (const name of names) {
    const value: unknown = group[name];
    if (typeof value !== "number" || !(value >= 0)) {
      throw new RangeError(`${who}: ${name} must be a number from 0 on, got ${String(value)}`);
    }
  }
}

/** Throws unless both are in [0, 1). */
export function checkBetas(who: string, betas: readonly [number, number]): void {
  const wrong = betas.findIndex((beta) => !(beta >= 0 && beta < 1));
  if (wrong >= 0)
    throw new RangeError(
      `${who}: betas must lie in [0, 1), got ${betas[wrong]} at ${wrong} (betas [${betas.join(", ")}])`,
    );
}
