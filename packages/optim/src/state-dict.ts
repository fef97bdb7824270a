import { keep, sameShape, scope, shapeText, Tensor, toCopy } from "@dl/tensor";
import type { Hyper, ParamGroup } from "./hyper.ts";

/** A plain value in a state dict. */
export type StateValue = Tensor | number | boolean | string | null | undefined | readonly StateValue[];

/** Named values, by PyTorch's names. */
export interface StateRecord {
  readonly [name: string]: StateValue;
}

/** What `stateDict()` of an optimizer gives: parameters are counted through over all groups. */
export interface OptimizerStateDict {
  readonly state: { readonly [parameter: number]: StateRecord };
  readonly param_groups: readonly StateRecord[];
}

/** PyTorch's name of an option: `weightDecay` is `weight_decay`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

export function stateDictOf<H extends Hyper>(
  groups: readonly ParamGroup<H>[],
  states: ReadonlyMap<Tensor, object>,
): OptimizerStateDict {
  const state: Record<number, StateRecord> = {};
  let next = 0;
  const records = groups.map(({ params, ...values }) => {
    const indices = params.map((p) => {
      const known = states.get(p);
      if (known !== undefined) state[next] = { ...known };
      return next++;
    });
    const named = Object.entries(values).map(([name, value]) => [snakeCase(name), value]);
    return { ...Object.fromEntries(named), params: indices };
  });
  return { state, param_groups: records };
}

/** A state dict with copies of its tensors on the CPU. */
export async function onCpu({ state, param_groups }: OptimizerStateDict): Promise<OptimizerStateDict> {
  const entries = Object.entries(state).map(async ([index, record]) => {
    const values = Object.entries(record).map(
      async ([name, value]) => [name, value instanceof Tensor ? await value.cpu() : value] as const,
    );
    return [index, Object.fromEntries(await Promise.all(values))] as const;
  });
  return { state: Object.fromEntries(await Promise.all(entries)), param_groups };
}

interface Loaded {
  readonly groups: readonly Readonly<Record<string, StateValue>>[];
  readonly states: readonly (readonly [Tensor, object])[];
}

/**
 * A state dict brought to these groups. Throws before anything is changed. `needed` are the names without which a
 * parameter's state is none.
 */
export function loadedStates<H extends Hyper>(
  who: string,
  groups: readonly ParamGroup<H>[],
  dict: OptimizerStateDict,
  needed: (p: Tensor, group: ParamGroup<H>) => readonly string[],
): Loaded {
  const records = dict.param_groups;
  if (records.length !== groups.length) {
    throw new RangeError(
      `${who}: the state dict has ${records.length} parameter groups, the optimizer ${groups.length}`,
    );
  }
  const owners = new Map<number, readonly [Tensor, ParamGroup<H>]>();
  const values = records.map((record, i) => {
    const group = groups[i] as ParamGroup<H>;
    const indices = numbersIn(record["params"]);
    if (indices.length !== group.params.length) {
      throw new RangeError(
        `${who}: group ${i} of the state dict has ${indices.length} parameters, the optimizer's ${group.params.length}`,
      );
    }
    for (const [k, index] of indices.entries()) owners.set(index, [group.params[k] as Tensor, group]);
    const known = Object.entries(record).map(([name, value]) => [camelCase(name), value] as const);
    return Object.fromEntries(known.filter(([name]) => name !== "params" && (name in group || name === "initialLr")));
  });
  const entries = Object.entries(dict.state).flatMap(([index, record]) => {
    const [p, group] = owners.get(Number(index)) ?? [];
    if (p === undefined || group === undefined) return [];
    const missing = needed(p, group).filter((name) => (record[name] ?? undefined) === undefined);
    if (missing.length > 0) {
      const known = Object.keys(record).join(", ") || "nothing";
      throw new RangeError(`${who}: the state of parameter ${index} has no ${missing.join(", ")}; it has ${known}`);
    }
    return [[p, record] as const];
  });
  for (const [p, record] of entries) checkShapes(who, p, record);
  return { groups: values, states: entries.map(([p, record]) => [p, copied(p, record)] as const) };
}

const numbersIn = (value: StateValue): number[] => (Array.isArray(value) ? value.map(Number) : []);

/** What PyTorch keeps in tensors without dimensions, and this library in numbers. */
const scalars: ReadonlySet<string> = new Set(["step", "eta", "mu", "mu_product"]);

function checkShapes(who: string, p: Tensor, record: StateRecord): void {
  for (const [name, value] of Object.entries(record)) {
    if (!(value instanceof Tensor) || scalars.has(name) || sameShape(value.shape, p.shape)) continue;
    throw new RangeError(
      `${who}: ${name} of the state dict does not fit its parameter (${name} ${shapeText(value.shape)}, p ${shapeText(p.shape)})`,
    );
  }
}

function copied(p: Tensor, record: StateRecord): object {
  const entries = Object.entries(record).map(([name, value]) => {
    if (!(value instanceof Tensor)) return [name, value];
    return [name, scalars.has(name) ? value.item() : copyLike(p, value)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
}

/** A copy with the dtype and on the device of `p`. */
function copyLike(p: Tensor, value: Tensor): Tensor {
  return keep(
    scope(() => {
      const cast = toCopy(value.detach(), p.dtype);
      if (cast.device === p.device) return cast;
      return cast.sibling(p.device.upload(p.dtype, cast.detach().toArray()), p.shape);
    }),
  );
}
