import { shapeText } from "../errors.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { diagonal } from "../ops/view/diagonal.ts";
import { permute } from "../ops/view/permute.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { parseEinsum } from "./einsum-equation.ts";
import { matmul } from "./matmul.ts";
import { sum } from "./reduce.ts";

/**
 * Sums of products in Einstein's notation: letters name dimensions, those missing behind `->` are summed.
 *
 * Several operands, `...` for dimensions without names (they broadcast), repeated letters for diagonals; without `->`
 * the letters that occur once come out, in alphabetical order. Operands are multiplied from left to right.
 *
 * https://pytorch.org/docs/stable/generated/torch.einsum.html
 *
 * @example
 * einsum("bij,bjk->bik", ones([2, 3, 4]), ones([2, 4, 5])).shape; // => [2, 3, 5]
 */
export function einsum(equation: string, ...operands: readonly Tensor[]): Tensor {
  const { inputs, output, sizes } = parseEinsum(equation, operands.map(({ shape }) => shape));
  const terms = operands.map((x, i) => named(x, inputs[i] as readonly string[]));
  let result = terms[0] as Term;
  for (let i = 1; i < terms.length; i++) {
    const later = new Set([...output, ...terms.slice(i + 1).flatMap(({ labels }) => labels)]);
    result = multiplied(result, terms[i] as Term, later);
  }
  const { x, labels } = summed(result, new Set(output));
  const order = output.filter((label) => labels.includes(label));
  return view(contiguousView(permute(x, order.map((label) => labels.indexOf(label)))), output.map((label) => sizes.get(label) as number));
}
