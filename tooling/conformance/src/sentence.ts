import { isFloat, shapeText, Tensor } from "@dl/tensor";
import { DTypeValue, isRecord, isValues, SliceValue, type Value, type ValueRecord } from "./value.ts";

/** Whether it reads `who: what is wrong`, and is not what the engine says when code trips over its input. */
export const isSentence = (message: string): boolean => opening.test(message) && !fromTheEngine.test(message);

/** What is missing in the sentence of an error, or undefined where it names the op and what is wrong with the call. */
export function missingIn(sentence: string, { op, args, options, reference }: Said): string | undefined {
  const name = nameOf(op);
  if (name === undefined) return undefined;
  const who = opening.exec(sentence)?.[1] ?? "";
  if (bare(who) !== bare(name)) return `names ${who}, expected ${name}`;
  const facts = new Set([...factsOf(args), ...options.flatMap(factsOf)]);
  if (facts.size === 0) return undefined;
  const said = wordsOf(sentence);
  if (![...facts, ...optionNames(options)].some((fact) => said.has(fact))) return "names nothing of what was given";
  const blamed = [...wordsOf(reference.replaceAll(argumentNumber, ""))].filter((word) => facts.has(word));
  const names = [...blamed, ...dtypesOf(args)];
  if (blamed.length > 0 && !names.some((word) => said.has(word))) return `names none of ${blamed.join(", ")}`;
  return undefined;
}

interface Said {
  /** As PyTorch calls it. */
  readonly op: string;
  /** What it was called with and built with. */
  readonly args: readonly Value[];
  readonly options: readonly ValueRecord[];
  /** PyTorch's message. */
  readonly reference: string;
}

/** A name, with what a layer was built of. */
const opening = /^([\w.]+)(?:\([^\n]*?\))?: \S/;

const fromTheEngine =
  /is not (a function|iterable|defined|a constructor)|^Cannot |properties of (undefined|null)|Invalid (array|typed array) length|Maximum call stack|Reduce of empty/;

/** As in "argument #1 'indices'", which no sentence here has. */
const argumentNumber = /argument #\d+/gi;

/** What the library calls an op or layer; undefined for what a case describes in words. */
function nameOf(op: string): string | undefined {
  const name = op.split(".").at(-1);
  return renamed[op] ?? (name === op ? undefined : name);
}

/** Where the library has another name, or the same function does it. */
const renamed: Readonly<Record<string, string>> = {
  "Tensor.__getitem__": "at",
  "Tensor.__setitem__": "setAt_",
  "Tensor.reshape_as": "reshape",
  "Tensor.view_as": "view",
  "torch.nn.Fold": "col2im",
  "torch.nn.Unfold": "im2col",
  "torch.nn.functional.fold": "col2im",
  "torch.nn.functional.unfold": "im2col",
  "torch.var": "variance",
};

/** `CrossEntropyLoss`, `crossEntropy` and `cross_entropy` alike: layers speak by the name of their function too. */
const bare = (name: string): string => name.replaceAll("_", "").toLowerCase().replace(/loss$/, "");

/** Sizes, shapes, ranks, dtypes, numbers and words of a call. Elements of small tensors count. */
function factsOf(value: Value): string[] {
  if (value instanceof Tensor) return tensorFacts(value);
  if (value instanceof DTypeValue) return [value.dtype];
  if (value instanceof SliceValue) return value.bounds.map(String);
  if (isValues(value)) {
    if (value.length === 0) return ["[]", "empty"];
    return [...(value.every((each) => typeof each === "number") ? [shapeText(value)] : []), ...value.flatMap(factsOf)];
  }
  if (isRecord(value)) return Object.values(value).flatMap(factsOf);
  if (typeof value === "number") return [String(value)];
  return typeof value === "string" ? [...wordsOf(value)] : [];
}

const optionNames = (options: readonly ValueRecord[]): string[] => options.flatMap(Object.keys).map(camelCase);

/** PyTorch often speaks of 0 and 1 where a truth value is wanted; the dtype says that better. */
const dtypesOf = (args: readonly Value[]): string[] =>
  args.flatMap((each) => (each instanceof Tensor ? [each.dtype] : []));

function tensorFacts(x: Tensor): string[] {
  const elements =
    x.size <= 64 ? [...x.detach().toArray()].filter((each) => !isFloat(x.dtype) || Number.isInteger(each)) : [];
  return [shapeText(x.shape), x.dtype, String(x.ndim), ...[...x.shape, ...elements].map(String)];
}

const camelCase = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The numbers, shapes and words of a sentence. A shape says its rank too. */
function wordsOf(sentence: string): Set<string> {
  const shapes = sentence.match(/\[[-\d, ]*\]/g) ?? [];
  const ranks = shapes.map((shape) => String(shape.match(/\d+/g)?.length ?? 0));
  const numbers = sentence.match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? [];
  const words = sentence.match(/-?[A-Za-z_]\w*/g) ?? [];
  return new Set([...shapes, ...ranks, ...numbers.map((text) => String(Number(text))), ...words]);
}
