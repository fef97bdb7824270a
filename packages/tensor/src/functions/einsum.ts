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
  const { inputs, output, sizes } = parseEinsum(
    equation,
    operands.map(({ shape }) => shape),
  );
  const terms = operands.map((x, i) => named(x, inputs[i] as readonly string[]));
  let result = terms[0] as Term;
  for (let i = 1; i < terms.length; i++) {
    const later = new Set([...output, ...terms.slice(i + 1).flatMap(({ labels }) => labels)]);
    result = multiplied(result, terms[i] as Term, later);
  }
  const last = summed(result, new Set(output));
  return view(
    arranged(
      last,
      output.filter((label) => last.labels.includes(label)),
    ),
    output.map((label) => sizes.get(label) as number),
  );
}

/** A tensor whose dimensions have names. Those of length 1 are left out: they only broadcast. */
interface Term {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/** Takes the diagonal of every repeated name. */
function named(x: Tensor, names: readonly string[]): Term {
  const repeated = names.findIndex((name, dim) => names.indexOf(name) !== dim);
  if (repeated >= 0) {
    const first = names.indexOf(names[repeated] as string);
    const rest = names.filter((_, dim) => dim !== first && dim !== repeated);
    return named(diagonal(x, { dim1: first, dim2: repeated }), [...rest, names[repeated] as string]);
  }
  const long = x.shape.map((length) => length !== 1);
  return {
    x: view(
      x,
      x.shape.filter((length) => length !== 1),
    ),
    labels: names.filter((_, dim) => long[dim]),
  };
}

/** Adds up the dimensions that are not wanted. */
function summed({ x, labels }: Term, wanted: ReadonlySet<string>): Term {
  const dim = labels.map((_, at) => at).filter((at) => !wanted.has(labels[at] as string));
  return dim.length === 0 ? { x, labels } : { x: sum(x, { dim }), labels: labels.filter((label) => wanted.has(label)) };
}

/** The product of two terms, summed over what they share and nothing later needs. */
function multiplied(one: Term, other: Term, later: ReadonlySet<string>): Term {
  const left = summed(one, new Set([...other.labels, ...later]));
  const right = summed(other, new Set([...one.labels, ...later]));
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const [batch, inner] = [shared.filter((label) => later.has(label)), shared.filter((label) => !later.has(label))];
  const rows = left.labels.filter((label) => !shared.includes(label));
  const columns = right.labels.filter((label) => !shared.includes(label));
  const length = ({ x, labels }: Term, of: readonly string[]): number[] =>
    of.map((label) => x.shape[labels.indexOf(label)] as number);
  const shape = [...length(left, batch), ...length(left, rows), ...length(right, columns)];
  const labels = [...batch, ...rows, ...columns];
  if (inner.length === 0) {
    const spread = view(arranged(left, [...batch, ...rows]), [
      ...length(left, [...batch, ...rows]),
      ...columns.map(() => 1),
    ]);
    return {
      x: mul(
        spread,
        view(arranged(right, [...batch, ...columns]), [
          ...length(right, batch),
          ...rows.map(() => 1),
          ...length(right, columns),
        ]),
      ),
      labels,
    };
  }
  const lead = batch.length === 0 ? [] : [sizeOf(length(left, batch))];
  const [m, k, n] = [rows, inner, columns].map((of, i) => sizeOf(length(i === 2 ? right : left, of))) as [
    number,
    number,
    number,
  ];
  const a = reshape(arranged(left, [...batch, ...rows, ...inner]), [...lead, m, k]);
  const b = reshape(arranged(right, [...batch, ...inner, ...columns]), [...lead, k, n]);
  return { x: view(matmul(a, b), shape), labels };
}

const arranged = ({ x, labels }: Term, order: readonly string[]): Tensor =>
  permute(
    x,
    order.map((label) => labels.indexOf(label)),
  );
