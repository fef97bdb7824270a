/** How a workgroup divides a tile of a matrix product among its threads. */
export interface Tiling {
  readonly name: string;
  /** Threads beside and below each other. */
  readonly across: number;
  readonly down: number;
  /** What each of them computes, multiples of 4. */
  readonly rows: number;
  readonly columns: number;
  /** How much of the inner dimension is in workgroup memory at a time. */
  readonly depth: number;
  /** What one product costs, in parts of the largest tiling: larger shares read less. */
  readonly cost: number;
}

const smallTiling: Tiling = { name: "small", across: 8, down: 8, rows: 4, columns: 4, depth: 16, cost: 2 };

const tilings: readonly Tiling[] = [
  { name: "large", across: 8, down: 8, rows: 8, columns: 8, depth: 16, cost: 1 },
  smallTiling,
  { name: "wide", across: 32, down: 2, rows: 8, columns: 4, depth: 16, cost: 1.6 },
  { name: "flat", across: 64, down: 1, rows: 8, columns: 4, depth: 8, cost: 1.7 },
];

/** Smaller products than this are not worth compiling a tiling for. */
const leastWork = 2 ** 22;
/** Fewer workgroups than these leave a graphics card idle. */
const enoughGroups = 64;
/** The shortest part that a long sum is cut into, and the longest that is added up in float32 in one go. */
const [shortestPart, longestPart] = [256, 4096];
/** Parts may take this many numbers. */
const mostPartial = 2 ** 24;

/** The tiling that suits a product, the tiles of all matrices, and in how many parts each sum is computed. */
export function tilingFor(
  rows: number,
  columns: number,
  inner: number,
  matrices: number,
): { tiling: Tiling; tiles: number; parts: number } {
  const tilesOf = (tiling: Tiling): number =>
    Math.ceil(rows / (tiling.down * tiling.rows)) * Math.ceil(columns / (tiling.across * tiling.columns)) * matrices;
  const costOf = (tiling: Tiling): number => {
    const tiles = tilesOf(tiling);
    const { across, down, rows: tall, columns: wide, cost } = tiling;
    return Math.max(tiles, enoughGroups / 4) * across * down * tall * wide * cost;
  };
  const small = rows * columns * inner * matrices < leastWork;
  const tiling = small ? smallTiling : tilings.reduce((best, other) => (costOf(other) < costOf(best) ? other : best));
  const tiles = tilesOf(tiling);
  const wanted = Math.max(
    Math.ceil(inner / longestPart),
    Math.min(Math.ceil(enoughGroups / tiles), Math.floor(inner / shortestPart)),
  );
  const room = Math.floor(mostPartial / (rows * columns * matrices));
  return { tiling, tiles, parts: Math.max(1, Math.min(wanted, room)) };
}
