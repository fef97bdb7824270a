import type { Engine } from "../../devices/wasm/engine.ts";
import { gemmFlags } from "../../devices/wasm/kernels.ts";
import { areFloat32 } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { products } from "../matmul.wasm.ts";
import { type AttentionAttrs, maskStarts, startsOf } from "./layout.ts";

const { transposeA, transposeB, accumulate } = gemmFlags;

/** The scores of a block stay in the second-level cache from their product to that with the values. */
export const wasmAttention: WasmKernel<AttentionAttrs> = {
  supports: areFloat32,
  run([packed, mask], output, attrs, engine) {
    const { queries, keys, width, valueWidth } = attrs;
    const places = placesOf(engine, packed as Tensor, attrs);
    const to = { address: engine.address(output), step: 4 * queries * valueWidth };
    engine.multiplies(sizeOf(attrs.batch) * queries * keys * (width + valueWidth));
    const weigh = weigher(engine, places, mask, attrs);
    const most = mostAtOnce(attrs, engine);
    engine.withScratch(bytesOf(most, keys), (address) =>
      forEachBlock(attrs, most, (block) => {
        const { count, rows, seen } = block;
        const weights = weigh(block, address);
        const sizes = { m: rows, n: valueWidth, k: seen };
        products(engine, sizes, { count, a: weights, b: item(places.v, block), c: rowsOf(to, block, valueWidth) }, 0);
      }),
    );
  },
};

/**
 * With P the weights and dO the gradient of the output, block by block: `dV += Pᵀ dO`, `dP = dO Vᵀ`,
 * `dS = P ∘ (dP - Σ dP ∘ P)`, `dQ = dS K`, `dK += dSᵀ Q`.
 */
export const wasmAttentionGradient: WasmKernel<AttentionAttrs> = {
  supports: areFloat32,
  run([g, packed, mask], output, attrs, engine) {
    const { queries, keys, width, valueWidth } = attrs;
    const { kernels } = engine;
    const places = placesOf(engine, packed as Tensor, attrs);
    const made = placesOf(engine, output, attrs);
    const upstream = { address: engine.address(g as Tensor), step: 4 * queries * valueWidth };
    engine.multiplies(sizeOf(attrs.batch) * queries * keys * (3 * width + 2 * valueWidth));
    const { k: sums, end } = startsOf(attrs);
    kernels.fill(made.k.address, end - sums, 0);
    const weigh = weigher(engine, places, mask, attrs);
    const most = mostAtOnce(attrs, engine);
    const bytes = bytesOf(most, keys);
    engine.withScratch(2 * bytes, (address) =>
      forEachBlock(attrs, most, (block) => {
        const { count, rows, seen } = block;
        const weights = weigh(block, address);
        const scores = { address: address + bytes, step: weights.step };
        const [q, k, v] = [rowsOf(places.q, block, width), item(places.k, block), item(places.v, block)];
        const [dq, dk, dv] = [rowsOf(made.q, block, width), item(made.k, block), item(made.v, block)];
        const go = rowsOf(upstream, block, valueWidth);
        const adds = transposeA | accumulate;
        products(engine, { m: seen, n: valueWidth, k: rows }, { count, a: weights, b: go, c: dv }, adds);
        products(engine, { m: rows, n: seen, k: valueWidth }, { count, a: go, b: v, c: scores }, transposeB);
        kernels.softmaxGradient(scores.address, weights.address, scores.address, count * rows, seen);
        products(engine, { m: rows, n: width, k: seen }, { count, a: scores, b: k, c: dq }, 0);
        products(engine, { m: seen, n: width, k: rows }, { count, a: scores, b: q, c: dk }, adds);
      }),
    );
  },
};

/** Matrices, one for each item of the batch. */
interface Matrices {
  readonly address: number;
  /** Bytes from one to the next. */
  readonly step: number;
}

/** Some queries of one item, or all of several. */
interface Block {
  /** The first item. */
  readonly item: number;
  readonly count: number;
  /** The first query. */
  readonly from: number;
  readonly rows: number;
  /** Keys that any of them sees. */
  readonly seen: number;
}

/** Elements of a block's scores: 256 KiB, so that two such, as a gradient needs, fit into a second-level cache. */
const blockSize = 65536;

/** With fewer queries than that at a time, products are slower than the cache is worth. A multiple of the tile's 6 rows. */
const fewestRows = 48;

/** Times as much for threads to share: an item for each is quicker than a few rows of one for each. */
const shared = 8;

type AtOnce = Pick<Block, "count" | "rows">;

function mostAtOnce({ batch, queries, keys }: AttentionAttrs, { threads }: Engine): AtOnce {
  const fitting = Math.floor(blockSize / keys);
  const parts = fitting >= queries ? 1 : Math.ceil(queries / Math.max(fewestRows, fitting));
  const rows = Math.min(queries, 6 * Math.ceil(queries / parts / 6));
  const count = Math.max(1, Math.floor(((threads > 1 ? shared : 1) * blockSize) / (rows * keys)));
  return { count: Math.min(sizeOf(batch), count), rows };
}

const bytesOf = ({ count, rows }: AtOnce, keys: number): number => 4 * count * rows * keys;

function forEachBlock(attrs: AttentionAttrs, most: AtOnce, visit: (block: Block) => void): void {
  const { batch, queries, keys, isCausal } = attrs;
  const items = sizeOf(batch);
  for (let item = 0; item < items; item += most.count) {
    const count = Math.min(most.count, items - item);
    for (let from = 0; from < queries; from += most.rows) {
      const rows = Math.min(most.rows, queries - from);
      visit({ item, count, from, rows, seen: isCausal ? Math.min(keys, from + rows) : keys });
    }
  }
}

function placesOf(engine: Engine, packed: Tensor, attrs: AttentionAttrs): Record<"q" | "k" | "v", Matrices> {
  const { queries, keys, width, valueWidth } = attrs;
  const starts = startsOf(attrs);
  const address = engine.address(packed);
  return {
    q: { address: address + 4 * starts.q, step: 4 * queries * width },
    k: { address: address + 4 * starts.k, step: 4 * keys * width },
    v: { address: address + 4 * starts.v, step: 4 * keys * valueWidth },
  };
}

/** Those of a block's items. */
const item = ({ address, step }: Matrices, block: Block): Matrices => ({ address: address + block.item * step, step });

/** From the block's first query on, where each has `width` numbers. */
const rowsOf = ({ address, step }: Matrices, block: Block, width: number): Matrices => ({
  address: address + block.item * step + 4 * block.from * width,
  step,
});

/** Writes the weights of a block to an address. */
function weigher(
  engine: Engine,
  { q, k }: Record<"q" | "k", Matrices>,
  mask: Tensor | undefined,
  attrs: AttentionAttrs,
): (block: Block, address: number) => Matrices {
  const { kernels } = engine;
  const { width } = attrs;
  const starts = mask && maskStarts(mask, attrs.batch);
  const maskStrides = mask?.strides.slice(-2) ?? [];
  return (block, address) => {
    const { count, from, rows, seen } = block;
    const weights = { address, step: 4 * rows * seen };
    const run = { count, a: rowsOf(q, block, width), b: item(k, block), c: weights };
    products(engine, { m: rows, n: seen, k: width }, run, transposeB);
    for (let i = 0; i < count; i++) {
      const to = address + i * weights.step;
      if (mask !== undefined) {
        const start = (starts?.[block.item + i] as number) + from * (maskStrides[0] as number);
        const place = { address: engine.address(mask) + 4 * start, strides: maskStrides };
        engine.addBetween([rows, seen], place, { address: to, strides: [seen, 1] });
      }
      if (attrs.isCausal) {
        for (let row = 0, first = from + 1; row < rows; row++, first++)
          if (first < seen) kernels.fill(to + 4 * (row * seen + first), seen - first, Number.NEGATIVE_INFINITY);
      }
    }
    kernels.softmax(address, address, count * rows, seen);
    return weights;
  };
}
