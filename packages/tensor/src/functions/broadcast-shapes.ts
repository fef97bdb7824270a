import { broadcastShapes as broadcast, type Shape } from "../shape.ts";

/**
 * The shape that tensors of `shapes` have together. Shapes that do not broadcast are a RangeError.
 *
 * https://pytorch.org/docs/stable/generated/torch.broadcast_shapes.html
 *
 * @example
 * broadcastShapes([2, 1], [3], []); // => [2, 3]
 */
export const broadcastShapes = (...shapes: readonly Shape[]): Shape => broadcast("broadcastShapes", [[], ...shapes]);
