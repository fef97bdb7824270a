import type { StateDict } from "@dl/layers";
import { keep, scope } from "@dl/tensor";

/** Copies of the tensors of `state`, which no scope gives back; those of `before` are given back. */
export function replaced(before: StateDict | undefined, state: StateDict): StateDict {
  const copy = scope(() => Object.fromEntries(Object.entries(state).map(([name, x]) => [name, keep(x.clone())])));
  if (before !== undefined) for (const x of Object.values(before)) x.dispose();
  return copy;
}
