import type { Signature } from "../signature.ts";
import { activation } from "./activation.ts";
import { autograd } from "./autograd.ts";
import { binary } from "./binary.ts";
import { inPlace } from "./in-place.ts";
import { matmul } from "./matmul.ts";
import type { ModuleRow } from "./module-row.ts";
import type { Row } from "./row.ts";
import { unary } from "./unary.ts";

/** Every function and method the library has, by PyTorch's name. */
export const rows: ReadonlyMap<string, Row> = byName<Row>(unary, binary, activation, inPlace, matmul, autograd);

/** Every module the library has, by PyTorch's name. */
export const modules: ReadonlyMap<string, ModuleRow> = byName<ModuleRow>([]);

function byName<R extends { readonly signature: Signature }>(...families: readonly (readonly R[])[]): Map<string, R> {
  const found = new Map<string, R>();
  for (const each of families.flat()) {
    const { name } = each.signature;
    if (found.has(name)) throw new Error(`table: two rows for ${name}`);
    found.set(name, each);
  }
  return found;
}
