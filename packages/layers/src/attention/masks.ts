import {
  add,
  isFloat,
  logicalOr,
  maskedFill,
  ne,
  operandsText,
  pad,
  reshape,
  type Shape,
  sameShape,
  type Tensor,
  zeros,
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

/** `[batch, heads, queries, keys]`, made or not. */
export type Scores = Pick<Tensor, "shape" | "dtype" | "device">;

/** The scores with the masks applied; masked ones become -∞. */
export const withMasks = (scores: Tensor, masks: AttentionMasks, scored: Scored): Tensor =>
  addends(scores, masks, scored).reduce((sum, mask) => add(sum, mask), scores);

/** What the masks add to the scores together, if anything; it broadcasts to them. */
export function addedMask(scores: Scores, masks: AttentionMasks, scored: Scored): Tensor | undefined {
  const [first, ...others] = addends(scores, masks, scored);
  return first && others.reduce((sum, mask) => add(sum, mask), first);
}

function addends(
  scores: Scores,
  { keyPaddingMask, attnMask }: AttentionMasks,
  { batched, extra }: Scored,
): readonly Tensor[] {
  const [batch, heads, queries, all] = scores.shape as [number, number, number, number];
  const keys = all - extra;
  const wide = (mask: Tensor): Tensor => (extra === 0 ? mask : pad(mask, [0, extra]));
  if (attnMask !== undefined) {
    const each = [(batched ? batch : 1) * heads, queries, keys];
    checkMask("attnMask", attnMask, attnMask.ndim === 3 ? each : [queries, keys], scores);
  }
  if (keyPaddingMask !== undefined)
    checkMask("keyPaddingMask", keyPaddingMask, batched ? [batch, keys] : [keys], scores);
  const attn = attnMask?.ndim === 3 ? reshape(attnMask, [batch, heads, queries, keys]) : attnMask;
  const padding = keyPaddingMask && reshape(keyPaddingMask, [batch, 1, 1, keys]);
  return merged(attn, padding).map((mask) => addend(wide(mask), scores));
}

/** One mask for both where padding is a truth value: PyTorch fills it into the other, so no gradient comes from there. */
function merged(attn: Tensor | undefined, padding: Tensor | undefined): Tensor[] {
  if (attn === undefined || padding === undefined || isFloat(padding.dtype))
    return [attn, padding].filter((mask) => mask !== undefined);
  return [isFloat(attn.dtype) ? maskedFill(attn, truth(padding), Number.NEGATIVE_INFINITY) : logicalOr(attn, padding)];
}

/** What one mask adds to the scores. */
function addend(mask: Tensor, { dtype, device }: Scores): Tensor {
  if (isFloat(mask.dtype)) return mask;
  return maskedFill(zeros(mask.shape, { dtype, device }), truth(mask), Number.NEGATIVE_INFINITY);
}

const truth = (mask: Tensor): Tensor => (mask.dtype === "bool" ? mask : ne(mask, 0));

function checkMask(name: string, mask: Tensor, wanted: Shape, scores: Scores): void {
  if (mask.dtype === "int32" || (isFloat(mask.dtype) && mask.dtype !== scores.dtype))
    throw new TypeError(`attention: ${name} must be bool or ${scores.dtype}, got ${mask.dtype}`);
  if (sameShape(mask.shape, wanted)) return;
  throw new RangeError(`attention: ${name} must be [${wanted.join(", ")}] ${operandsText({ [name]: mask, scores })}`);
}
