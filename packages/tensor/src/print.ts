import { type DType, isFloat } from "./dtype.ts";
import type { Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** Digits after the decimal point. */
const precision = 4;
/** More elements than this are summarised. */
const threshold = 1000;
/** Elements shown at either end of a summarised dimension. */
const edgeItems = 3;
const lineWidth = 80;
const prefix = "tensor(";

/**
 * A tensor as PyTorch prints it with its default options: 4 digits, 80 columns, `...` beyond 1000 elements.
 *
 * Unlike PyTorch, dtypes carry no `torch.`, and int32, the type of indices, goes without a suffix. The elements of a
 * GPU tensor cannot be read here: it prints as `tensor(..., size=(2, 3), device='gpu')`.
 *
 * @example
 * tensorText(tensor([[1, 2.5], [-3, 4]])); // => "tensor([[ 1.0000,  2.5000],\n        [-3.0000,  4.0000]])"
 */
export function tensorText(x: Tensor): string {
  const elsewhere = x.device.name === "gpu";
  const body = elsewhere ? "..." : x.size === 0 ? "[]" : elementsText(x);
  const suffixes: string[] = [];
  if (elsewhere || (x.size === 0 && x.ndim !== 1)) suffixes.push(`size=${tupleText(x.shape)}`);
  if (elsewhere) suffixes.push("device='gpu'");
  if (!dtypeShows(x.dtype, elsewhere || x.size === 0)) suffixes.push(`dtype=${x.dtype}`);
  if (x.gradFn !== undefined) suffixes.push(`grad_fn=<${x.gradFn}>`);
  else if (x.requiresGrad) suffixes.push("requires_grad=True");
  return withSuffixes(`${prefix}${body}`, suffixes);
}

/** Whether the dtype can be told without a suffix; only elements give int32 and bool away. */
const dtypeShows = (dtype: DType, noElements: boolean): boolean =>
  dtype === "float32" || (!noElements && (dtype === "int32" || dtype === "bool"));

const tupleText = (shape: Shape): string => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

function withSuffixes(start: string, suffixes: readonly string[]): string {
  let text = start;
  // PyTorch counts two columns more than the last line has.
  let column = text.length - text.lastIndexOf("\n") + 1;
  for (const suffix of suffixes) {
    if (column + suffix.length + 2 > lineWidth) {
      text += `,\n${" ".repeat(prefix.length)}${suffix}`;
      column = prefix.length + suffix.length;
    } else {
      text += `, ${suffix}`;
      column += suffix.length + 2;
    }
  }
  return `${text})`;
}

/** The brackets and everything in them. Reads only the elements it shows. */
function elementsText({ shape, strides, offset, size, storage, dtype }: Tensor): string {
  const { data } = storage;
  const rank = shape.length;
  const shown = shape.map((length) => shownIndices(length, size > threshold));

  const values: number[] = [];
  const collect = (dim: number, at: number): void => {
    if (dim === rank) values.push(data[at] as number);
    else for (const i of shown[dim] ?? []) if (i !== "gap") collect(dim + 1, at + i * (strides[dim] as number));
  };
  collect(0, offset);
  const cells = dtype === "bool" ? boolCells(values) : isFloat(dtype) ? floatCells(values) : sized(String, values);

  const block = (dim: number, at: number): string => {
    if (dim === rank) return cells.text(data[at] as number);
    const innermost = dim === rank - 1;
    const parts = (shown[dim] ?? []).map((i) => {
      if (i === "gap") return innermost ? " ..." : "...";
      return block(dim + 1, at + i * (strides[dim] as number));
    });
    const indent = prefix.length + dim;
    const margin = " ".repeat(indent + 1);
    if (!innermost) return `[${parts.join(`,${"\n".repeat(rank - dim - 1)}${margin}`)}]`;
    const perLine = Math.max(1, Math.floor((lineWidth - indent) / (cells.width + 2)));
    const lines: string[] = [];
    for (let i = 0; i < parts.length; i += perLine) lines.push(parts.slice(i, i + perLine).join(", "));
    return `[${lines.join(`,\n${margin}`)}]`;
  };
  return block(0, offset);
}

function shownIndices(length: number, summarized: boolean): (number | "gap")[] {
  if (!summarized || length <= 2 * edgeItems) return Array.from({ length }, (_, i) => i);
  const ends = Array.from({ length: edgeItems }, (_, i) => i);
  return [...ends, "gap", ...ends.map((i) => length - edgeItems + i)];
}

/** How the elements of one tensor are written. */
interface Cells {
  /** What columns are counted with. A value may be wider. */
  readonly width: number;
  text(value: number): string;
}

type Write = (value: number) => string;

/** Pads to the widest of `values`. */
function sized(write: Write, values: readonly number[]): Cells {
  const width = values.reduce((widest, value) => Math.max(widest, write(value).length), 1);
  return { width, text: (value) => write(value).padStart(width) };
}

const boolCells = (values: readonly number[]): Cells => sized((value) => (value === 0 ? "False" : "True"), values);

/** Finite values other than 0 decide the notation and the width; the rest follows. */
function floatCells(values: readonly number[]): Cells {
  const deciding = values.filter((value) => Number.isFinite(value) && value !== 0);
  const whole = deciding.every(Number.isInteger);
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const value of deciding) {
    smallest = Math.min(smallest, Math.abs(value));
    largest = Math.max(largest, Math.abs(value));
  }
  const spread = largest / smallest > 1000 || largest > 1e8 || (!whole && smallest < 1e-4);
  const write = spread ? scientific : whole ? wholeNumber : fixed;
  return sized((value) => (Number.isFinite(value) ? signOfZero(value) + write(value) : nonFinite(value)), deciding);
}

const wholeNumber: Write = (value) => `${value.toFixed(0)}.`;
const fixed: Write = (value) => roundHalfEven((digits) => value.toFixed(digits));

const oneDigitExponent = /(?<=e[+-])(?=\d$)/;
const scientific: Write = (value) =>
  roundHalfEven((digits) => value.toExponential(digits)).replace(oneDigitExponent, "0");

const nonFinite: Write = (value) => (Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
const signOfZero: Write = (value) => (Object.is(value, -0) ? "-" : "");

/** Enough digits beyond the last one written to tell an exact tie from any other number. */
const moreDigits = 40;
const tieAfterEvenDigit = new RegExp(`(?<=[02468])50{${moreDigits - 1}}(?=e|$)`);

/** JavaScript rounds ties away from zero; Python, and so PyTorch, to the even digit. */
function roundHalfEven(write: (digits: number) => string): string {
  const long = write(precision + moreDigits);
  const cut = long.replace(tieAfterEvenDigit, "");
  return cut.length < long.length ? cut : write(precision);
}
