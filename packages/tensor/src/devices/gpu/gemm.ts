import type { Runtime } from "./runtime.ts";
import { type Job, type Operand, runEach, runTogether, type Scratch, type Source } from "./shader.ts";
import { type Tiling, tilingFor } from "./tiling.ts";

/** Products of matrices, `rows` × `inner` by `inner` × `columns`, whose elements lie wherever their functions say. */
export interface Product {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly matrices: number;
  readonly inputs: Readonly<Record<string, Operand>>;
  readonly output: Operand;
  /** From an element of the output to the one in the next row. */
  readonly rowStep: number;
  /** Further arguments of the functions. */
  readonly whole: Readonly<Record<string, number>>;
}

/** The functions of a product in WGSL. They know its inputs and arguments, as all of `shader.ts` do. */
export interface ProductSource {
  readonly left: Side;
  readonly right: Side;
  /** `fn place(matrix : u32, column : u32) -> u32`: where the output has row 0 of a column. */
  readonly place: string;
  /** `fn finished(matrix : u32, row : u32, column : u32, value : f32) -> f32`, where something is done to a sum. */
  readonly finished?: string;
}

/** How the elements of one matrix are found. Its lines are the rows of the left one and the columns of the right one. */
export interface Side {
  /** Which index a thread stays at while it reads several elements: what hangs on it alone is computed once. */
  readonly fixed: "line" | "inner";
  /**
   * Two types and three functions, for `right` as for `left`: `fn leftPlace(matrix : u32, fixed : u32) -> LeftPlace`,
   * `fn leftStep(other : u32) -> LeftStep`, `fn left(place : LeftPlace, step : LeftStep) -> f32`. Lines beyond the last
   * are asked for and not used.
   */
  readonly functions: string;
}

/** Computes `product` in tiles that go through workgroup memory; long sums in parts of equal length, added at the end. */
export function multiply(
  runtime: Runtime,
  owner: object,
  variant: string,
  product: Product,
  source: () => ProductSource,
): void {
  const { rows, columns, inner, matrices, inputs, output, rowStep, whole } = product;
  if (rows * columns * matrices === 0) return;
  const { tiling, tiles, parts } = tilingFor(rows, columns, inner, matrices);
  const span = Math.ceil(inner / parts / tiling.depth) * tiling.depth;
  const sizes = { rows, columns, inner, span, parts, rowStep, ...whole };
  const key = `${variant} ${tiling.name}`;
  const job = (to: Operand): Job => ({ inputs, output: to, whole: sizes });
  if (parts === 1) {
    runTogether(runtime, owner, key, lanes(tiling), tiles, job(output), () => tiledProduct(tiling, source(), false));
    return;
  }
  const partial: Scratch = { buffer: runtime.buffers.take(matrices * parts * rows * columns), type: "f32" };
  const count = tiles * parts;
  runTogether(runtime, owner, `${key} part`, lanes(tiling), count, job(partial), () =>
    tiledProduct(tiling, source(), true),
  );
  const joined = { ...job(output), inputs: { ...inputs, partial } };
  runEach(runtime, owner, `${variant} join`, matrices * rows * columns, joined, () => joinedParts(source()));
  runtime.buffers.give(partial.buffer);
}

const lanes = ({ across, down }: Tiling): number => across * down;

const unchanged = "fn finished(matrix : u32, row : u32, column : u32, value : f32) -> f32 { return value; }";

function joinedParts({ place, finished = unchanged }: ProductSource): Source {
  return {
    functions: `${place}\n${finished}`,
    body: `
    let column = index % a.columns;
    let row = index / a.columns % a.rows;
    let matrix = index / (a.columns * a.rows);
    var sum = 0.0;
    for (var part = 0u; part < a.parts; part++) {
      sum += partial(((matrix * a.parts + part) * a.rows + row) * a.columns + column);
    }
    put(place(matrix, column) + row * a.rowStep, finished(matrix, row, column, sum));`,
  };
}

/**
 * A workgroup computes a tile of the output, `depth` of the inner dimension at a time. A thread holds quads of columns
 * for its rows: neighbouring threads have neighbouring quads.
 */
function tiledProduct(tiling: Tiling, source: ProductSource, partial: boolean): Source {
  const { across, down, rows, columns, depth } = tiling;
  const [height, width] = [down * rows, across * columns];
  const [rowQuads, columnQuads] = [range(rows / 4), range(columns / 4)];
  const { left, right, place, finished = unchanged } = source;
  const slab = partial ? "slab" : "matrix";
  const ownRows = rowQuads.flatMap((u) => range(4).map((c) => ({ u, c, name: `${u}${c}` })));
  const sums = ownRows.flatMap(({ name }) => columnQuads.map((v) => `sum${name}_${v}`));
  return {
    functions: `
var<workgroup> leftTile : array<vec4<f32>, ${depth * pitch(height)}>;
var<workgroup> rightTile : array<vec4<f32>, ${depth * pitch(width)}>;
${left.functions}
${right.functions}
${partial ? partialPlace : place}
${partial ? unchanged : finished}`,
    body: `
    let rowTiles = (a.rows + ${height - 1}u) / ${height}u;
    let columnTiles = (a.columns + ${width - 1}u) / ${width}u;
    let top = index % rowTiles * ${height}u;
    let start = index / rowTiles % columnTiles * ${width}u;
    let slab = index / (rowTiles * columnTiles);
    let matrix = slab${partial ? " / a.parts" : ""};
    let begin = ${partial ? "slab % a.parts * a.span" : "0u"};
    let past = ${partial ? "min(a.inner, begin + a.span)" : "a.inner"};
    let ownColumn = lane % ${across}u;
    let ownRow = lane / ${across}u;
    ${sums.map((sum) => `var ${sum} = vec4<f32>();`).join("\n    ")}
    ${placesOf("left", left, height, tiling, "top")}
    ${placesOf("right", right, width, tiling, "start")}
    for (var block = begin; block < past; block += ${depth}u) {
      ${loadOf("left", left, height, tiling, "top")}
      ${loadOf("right", right, width, tiling, "start")}
      workgroupBarrier();
      for (var p = 0u; p < ${depth}u; p++) {
        ${rowQuads.map((u) => `let x${u} = leftTile[p * ${pitch(height)}u + ${u * down}u + ownRow];`).join("\n        ")}
        ${columnQuads.map((v) => `let y${v} = rightTile[p * ${pitch(width)}u + ${v * across}u + ownColumn];`).join("\n        ")}
        ${ownRows
          .flatMap(({ u, c, name }) => columnQuads.map((v) => `sum${name}_${v} += x${u}.${"xyzw"[c]} * y${v};`))
          .join("\n        ")}
      }
      workgroupBarrier();
    }
    var sums = array<vec4<f32>, ${sums.length}>(${sums.join(", ")});
    for (var c = 0u; c < ${columns}u; c++) {
      let column = start + (c / 4u * ${across}u + ownColumn) * 4u + c % 4u;
      if (column < a.columns) {
        let at = place(${slab}, column);
        for (var r = 0u; r < ${rows}u; r++) {
          let row = top + (r / 4u * ${down}u + ownRow) * 4u + r % 4u;
          if (row < a.rows) {
            put(at + row * ${partial ? "a.columns" : "a.rowStep"}, finished(${slab}, row, column, sums[r * ${columns / 4}u + c / 4u][c % 4u]));
          }
        }
      }
    }`,
  };
}

const partialPlace = "fn place(slab : u32, column : u32) -> u32 { return slab * a.rows * a.columns + column; }";

/** The places of a thread that stays at four lines. */
function placesOf(side: "left" | "right", { fixed }: Side, size: number, tiling: Tiling, first: string): string {
  if (fixed === "inner") return "";
  const quad = `${first} + lane % ${size / 4}u * 4u`;
  checkShares(size / 4, tiling);
  return range(4)
    .map((c) => `let ${side}At${c} = ${side}Place(matrix, ${quad} + ${c}u);`)
    .join("\n    ");
}

/** Brings a block of `size` lines to workgroup memory, by quads of lines; beyond the inner size it is 0. */
function loadOf(side: "left" | "right", { fixed }: Side, size: number, tiling: Tiling, first: string): string {
  const { depth } = tiling;
  const quads = size / 4;
  const all = lanes(tiling);
  if (fixed === "line") {
    const values = range(4).map((c) => `${side}(${side}At${c}, step)`);
    return `for (var p = lane / ${quads}u; p < ${depth}u; p += ${all / quads}u) {
        let step = ${side}Step(block + p);
        ${side}Tile[p * ${pitch(size)}u + lane % ${quads}u] =
          select(vec4<f32>(), vec4<f32>(${values.join(", ")}), block + p < past);
      }`;
  }
  const values = range(4).map((c) => `${side}(at, ${side}Step(${first} + quad * 4u + ${c}u))`);
  checkShares(depth, tiling);
  return `{
        let inner = block + lane % ${depth}u;
        let at = ${side}Place(matrix, inner);
        for (var quad = lane / ${depth}u; quad < ${quads}u; quad += ${all / depth}u) {
          ${side}Tile[lane % ${depth}u * ${pitch(size)}u + quad] =
            select(vec4<f32>(), vec4<f32>(${values.join(", ")}), inner < past);
        }
      }`;
}

/** The quads from one step of the inner dimension to the next in workgroup memory; the odd one spreads the banks. */
const pitch = (size: number): number => size / 4 + 1;

function checkShares(count: number, tiling: Tiling): void {
  if (lanes(tiling) % count !== 0) throw new Error(`gpu: ${lanes(tiling)} threads cannot share ${count} evenly`);
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
