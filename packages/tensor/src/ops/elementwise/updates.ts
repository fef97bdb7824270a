import { UpdateKernel } from "../../devices/wasm/updates.ts";
import { operandsText } from "../../errors.ts";
import { type Node, names } from "../../formula/ast.ts";
import { parse } from "../../formula/parse.ts";
import { apply } from "../../op.ts";
import { scope } from "../../scope.ts";
import { sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { writeStrided } from "../copy.ts";
import { checkWritable } from "../in-place.ts";
import { type ElementwiseOp, elementwise, type Params } from "./define.ts";

/** Several formulas over the same inputs, each for a target of its own. */
export interface Updates {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly params: readonly string[];
  /** How many formulas there are. */
  readonly count: number;
  /** Each formula by itself, over the inputs that it reads. */
  readonly each: readonly ElementwiseOp[];
  /** All of them in one pass. */
  readonly wasm: UpdateKernel;
}

/**
 * Formulas for {@link updateAll_}, one for each target, over `inputs` and the names in `params`. `shared` names what
 * several of them use, `let a = …` each.
 *
 * @example
 * const mirror = updates("mirror", ["x", "y"], ["let r = c * x"], ["r - y", "r + y"], ["c"]);
 * const [x, y] = [tensor([1, 2]), tensor([1, 1])];
 * updateAll_([x, y], mirror, [x, y], { c: 3 });
 * [x.tolist(), y.tolist()]; // => [[2, 5], [4, 7]]
 */
/* @__NO_SIDE_EFFECTS__ */
export function updates(
  name: string,
  inputs: readonly string[],
  shared: readonly string[],
  results: readonly string[],
  params: readonly (string | readonly string[])[] = [],
): Updates {
  const named = params.flat();
  let each: readonly ElementwiseOp[] | undefined;
  let nodes: readonly Node[] | undefined;
  const parsed = (): readonly Node[] => {
    nodes ??= results.map((result) => parse([...shared, result].join("; ")));
    return nodes;
  };
  return {
    name,
    inputs,
    params: named,
    count: results.length,
    get each(): readonly ElementwiseOp[] {
      each ??= parsed().map((node) => {
        const read = new Set(names(node));
        return elementwise(
          name,
          inputs.filter((input) => read.has(input)),
          node,
          Object.fromEntries(named.map((param) => [param, 0])),
        );
      });
      return each;
    },
    wasm: new UpdateKernel(parsed, inputs, named),
  };
}

/**
 * Writes every formula over the target of the same place, without history: all read the old elements, so a target may be
 * one of the inputs. One pass where the device can. All tensors have one shape and dtype; a target may overlap an input
 * only element by element. `params` has a value for each name.
 *
 * @example
 * const [x, y] = [tensor([1, 0]), tensor([0, 1])];
 * updateAll_([x, y], updates("swap", ["x", "y"], [], ["y", "x"]), [x, y]);
 * [x.tolist(), y.tolist()]; // => [[0, 1], [1, 0]]
 */
export function updateAll_(
  targets: readonly Tensor[],
  update: Updates,
  inputs: readonly Tensor[],
  params: Params = {},
): void {
  checkOperands(update, targets, inputs);
  const { device } = targets[0] as Tensor;
  const values = update.params.map((name) => params[name] as number);
  if (device.runUpdates?.(update, inputs, targets, values) !== true) oneByOne(targets, update, inputs, params);
  for (const { storage } of targets) storage.version++;
}

/** Computes all before the first is written. */
function oneByOne(targets: readonly Tensor[], update: Updates, inputs: readonly Tensor[], params: Params): void {
  scope(() => {
    const results = update.each.map((op) => {
      const read = op.inputs.map((name) => (inputs[update.inputs.indexOf(name)] as Tensor).detach());
      return apply(op, read, params);
    });
    for (const [k, target] of targets.entries()) writeStrided(results[k] as Tensor, target);
  });
}

function checkOperands(update: Updates, targets: readonly Tensor[], inputs: readonly Tensor[]): void {
  const { name, count } = update;
  if (targets.length !== count || inputs.length !== update.inputs.length) {
    throw new TypeError(
      `${name}: takes ${update.inputs.length} inputs and ${count} targets, got ${inputs.length} and ${targets.length}`,
    );
  }
  const [first] = targets as readonly [Tensor];
  for (const target of targets) if (!target.isContiguous) checkWritable(name, target);
  for (const other of [...inputs, ...targets]) {
    if (!sameShape(other.shape, first.shape) || other.dtype !== first.dtype) {
      throw new RangeError(
        `${name}: all must have one shape and dtype ${operandsText({ target: first, other })}, ${first.dtype} and ${other.dtype}`,
      );
    }
    if (other.device !== first.device) {
      throw new TypeError(
        `${name}: operands are on different devices (${first.device.name} and ${other.device.name}): move one with .to(device)`,
      );
    }
  }
}
