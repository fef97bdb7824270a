import {
  add,
  isFloat,
  maskedFill,
  ne,
  operandsText,
  pad,
  reshape,
  type Shape,
  sameShape,
  type Tensor,
} from "@dl/tensor";

export interface AttentionMasks {
  /** `[batch, keys]` or, without batch, `[keys]`: true where a key is padding, or a number added to its scores. */
  readonly keyPaddingMask?: Tensor | undefined;
  /** `[queries, keys]` or `[batch · heads, queries, keys]`: true where a query must not look, or a number added to the score. */
  readonly attnMask?: Tensor | undefined;
}

/** What the scores are like: `[batch, heads, queries, keys]`, the last `extra` keys of which no mask speaks of. */
export interface Scored {
  readonly batched: boolean;
  readonly extra: number;
}

/** The scores with the masks applied; masked ones become -∞. */
export function withMasks(
  scores: Tensor,
  { keyPaddingMask, attnMask }: AttentionMasks,
  { batched, extra }: Scored,
): Tensor {
  const [batch, heads, queries, all] = scores.shape as [number, number, number, number];
  const keys = all - extra;
  let result = scores;
  if (attnMask !== undefined) {
    const each = [(batched ? batch : 1) * heads, queries, keys];
    checkMask("attnMask", attnMask, attnMask.ndim === 3 ? each : [queries, keys], scores);
    result = withMask(result, attnMask.ndim === 3 ? reshape(attnMask, [batch, heads, queries, keys]) : attnMask, extra);
  }
  if (keyPaddingMask !== undefined) {
    checkMask("keyPaddingMask", keyPaddingMask, batched ? [batch, keys] : [keys], scores);
    result = withMask(result, reshape(keyPaddingMask, [batch, 1, 1, keys]), extra);
  }
  return result;
}

function withMask(scores: Tensor, mask: Tensor, extra: number): Tensor {
  const wide = extra === 0 ? mask : pad(mask, [0, extra]);
  if (isFloat(wide.dtype)) return add(scores, wide);
  return maskedFill(scores, wide.dtype === "bool" ? wide : ne(wide, 0), Number.NEGATIVE_INFINITY);
}

function checkMask(name: string, mask: Tensor, wanted: Shape, scores: Tensor): void {
  if (mask.dtype === "int32" || (isFloat(mask.dtype) && mask.dtype !== scores.dtype))
    throw new TypeError(`attention: ${name} must be bool or ${scores.dtype}, got ${mask.dtype}`);
  if (sameShape(mask.shape, wanted)) return;
  throw new RangeError(`attention: ${name} must be [${wanted.join(", ")}] ${operandsText({ [name]: mask, scores })}`);
}
