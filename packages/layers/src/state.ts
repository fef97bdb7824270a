import { copy_, sameShape, shapeText, Tensor } from "@dl/tensor";

/** Tensors by dotted name. */
export type StateDict = Record<string, Tensor>;

export interface LoadReport {
  readonly missingKeys: readonly string[];
  readonly unexpectedKeys: readonly string[];
}

/** Copies `given` over `own`, after checking all of it. */
export function loadState(
  who: string,
  own: Readonly<StateDict>,
  given: Readonly<StateDict>,
  strict: boolean,
): LoadReport {
  const missingKeys = Object.keys(own).filter((key) => !Object.hasOwn(given, key));
  const unexpectedKeys = Object.keys(given).filter((key) => !Object.hasOwn(own, key));
  const problems: string[] = [];
  if (strict && missingKeys.length > 0) problems.push(`missing ${missingKeys.join(", ")}`);
  if (strict && unexpectedKeys.length > 0) problems.push(`unexpected ${unexpectedKeys.join(", ")}`);
  const pairs = Object.entries(own).flatMap(([key, target]): [string, Tensor, Tensor][] => {
    const source = given[key];
    return source === undefined ? [] : [[key, target, source]];
  });
  for (const [key, target, source] of pairs) {
    if (!(source instanceof Tensor)) problems.push(`${key} is no tensor`);
    else if (!sameShape(target.shape, source.shape))
      problems.push(`${key} has shape ${shapeText(source.shape)}, the module ${shapeText(target.shape)}`);
  }
  if (problems.length > 0) throw new Error(`loadStateDict: does not fit ${who}: ${problems.join("; ")}`);
  for (const [, target, source] of pairs) copy_(target, source.detach());
  return { missingKeys, unexpectedKeys };
}
