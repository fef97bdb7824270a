import type { Node, Step } from "./ast.ts";
import { arithmetic, comparisons, logic, patches, shifts } from "./instructions.ts";

/**
 * What the lanes of a value hold: `f32` and `f64` numbers, `m32` and `m64` masks, or `any`, a constant that
 * takes the type asked for. The 64-bit ones come as two vectors.
 */
export type Lanes = "f32" | "f64" | "m32" | "m64" | "any";

/** The lanes of every step. */
export function lanesOf(steps: readonly Step[]): readonly Lanes[] {
  const lanes: Lanes[] = [];
  for (const { node, args } of steps) {
    lanes.push(
      result(
        node,
        args.map((arg) => lanes[arg] as Lanes),
      ),
    );
  }
  return lanes;
}

/** True for values of two vectors. */
export function isWide(lanes: Lanes): boolean {
  return lanes === "f64" || lanes === "m64";
}

function result(node: Node, args: readonly Lanes[]): Lanes {
  if (node.kind === "number") return "any";
  if (node.kind === "name") return "f32";
  if (node.kind === "select") {
    const [condition, then, otherwise] = args as readonly [Lanes, Lanes, Lanes];
    return join([isWide(condition) ? "f64" : "any", then, otherwise]);
  }
  const { fn } = node;
  if (fn === "wide") return "f64";
  if (fn === "narrow" || fn in patches) return "f32";
  if (fn in comparisons || fn in logic) return args.some(isWide) ? "m64" : "m32";
  if (fn in arithmetic || fn in shifts || fn === "pick" || fn === "madd") return join(args);
  throw new TypeError(`formula: ${fn} has no WebAssembly form`);
}

function join(args: readonly Lanes[]): Lanes {
  return args.some(isWide) ? "f64" : "f32";
}
