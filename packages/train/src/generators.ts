import type { AnyModule } from "@dl/layers";
import { defaultGenerator, Generator } from "@dl/tensor";

/** The default generator, those that modules of `model` have of their own, and `more`: each once. */
export function generatorsOf(model: AnyModule, more: readonly Generator[] = []): Generator[] {
  const own = model
    .modules()
    .flatMap((module) => Object.values(module).filter((value: unknown) => value instanceof Generator));
  return Array.from(new Set([defaultGenerator(), ...own, ...more]));
}
