import {
  cat,
  type ElementwiseOp,
  elementwise,
  flatten,
  narrow,
  reshape,
  scope,
  shapeText,
  type Tensor,
  update_,
} from "@dl/tensor";

const write: ElementwiseOp = elementwise("vectorToParameters", ["x"], "x");

/**
 * All parameters in one vector, in order: shapes `[...]` to `[n]`, with n the number of all elements.
 *
 * @example
 * parametersToVector([tensor([[1, 2]]), tensor([3])]).tolist(); // => [1, 2, 3]
 */
export function parametersToVector(params: Iterable<Tensor>): Tensor {
  const list = [...params];
  if (list.length === 0) throw new RangeError("parametersToVector: needs at least one parameter, got an empty list");
  return cat(
    list.map((p) => flatten(p)),
    { dim: 0 },
  );
}

/**
 * Writes the elements of `vector` over the parameters, in order. The inverse of {@link parametersToVector}.
 *
 * Errors: a vector that is longer or shorter than all parameters together.
 *
 * @example
 * const p = tensor([[1, 2]]);
 * vectorToParameters(tensor([5, 6]), [p]);
 * p.tolist(); // => [[5, 6]]
 */
export function vectorToParameters(vector: Tensor, params: Iterable<Tensor>): void {
  const list = [...params];
  const total = list.reduce((count, { size }) => count + size, 0);
  if (vector.ndim !== 1 || vector.size !== total) {
    throw new RangeError(
      `vectorToParameters: the parameters have ${total} elements (vector ${shapeText(vector.shape)})`,
    );
  }
  scope(() => {
    let at = 0;
    for (const p of list) {
      update_(p.detach(), write, [reshape(narrow(vector.detach(), 0, at, p.size), p.shape)]);
      at += p.size;
    }
  });
}
