import type { Node } from "./ast.ts";
import type { FunctionName } from "./names.ts";
import { isMachineWord, isOperator, operators, precedence } from "./vocabulary.ts";

/**
 * The formula as TeX, for documentation.
 *
 * @example
 * toTex(parse("x / (1 + abs(x))")); // => "\\frac{x}{1 + \\left|x\\right|}"
 */
export function toTex(formula: Node): string {
  return render(formula).text;
}

interface Tex {
  readonly text: string;
  readonly binding: number;
}

const { sum, product, prefix, primary } = precedence;

function render(node: Node): Tex {
  if (node.kind === "number") return renderNumber(node.value);
  if (node.kind === "name") return { text: renderName(node.name), binding: primary };
  if (node.kind === "select") return { text: renderCases(node), binding: precedence.select };
  if (isMachineWord(node.fn)) throw new TypeError(`toTex: ${node.fn} has no TeX`);
  const tex = templates[node.fn];
  const operator = isOperator(node.fn) ? operators[node.fn] : undefined;
  const own = node.fn === "neg" ? sum : (bindings[node.fn] ?? operator?.binding ?? primary);
  const args = node.args.map(render);
  const tall = args.some(({ text }) => text.includes("\\frac") || text.includes("\\begin"));
  const template = tall ? tex.replaceAll("(", "\\left(").replaceAll(")", "\\right)") : tex;
  const text = template.replaceAll(/#(\d)(\.?)/g, (_, digit: string, free: string) => {
    const index = Number(digit) - 1;
    const arg = args[index] as Tex;
    if (free !== "") return arg.text;
    if (operator === undefined) return isAtom(node.args[index] as Node) ? arg.text : parenthesized(arg.text);
    return arg.binding < (index === 0 && node.args.length > 1 ? own : own + 1) ? parenthesized(arg.text) : arg.text;
  });
  return { text, binding: own };
}

function renderCases(node: Node): string {
  const rows: string[] = [];
  let rest = node;
  for (; rest.kind === "select"; rest = rest.args[2]) {
    rows.push(`${render(rest.args[1]).text} & \\text{if } ${render(rest.args[0]).text}`);
  }
  rows.push(`${render(rest).text} & \\text{otherwise}`);
  return `\\begin{cases} ${rows.join(" \\\\ ")} \\end{cases}`;
}

function renderNumber(value: number): Tex {
  const [mantissa, exponent] = String(Math.abs(value)).split("e");
  const sign = value < 0 ? "-" : "";
  const binding = value < 0 ? sum : primary;
  if (value === Math.PI) return { text: "\\pi", binding };
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return { text: `${sign}\\infty`, binding };
  if (Number.isNaN(value)) return { text: "\\text{NaN}", binding };
  if (exponent === undefined) return { text: `${sign}${mantissa}`, binding };
  const power = `10^{${Number(exponent)}}`;
  return {
    text: `${sign}${mantissa === "1" ? power : `${mantissa} \\cdot ${power}`}`,
    binding: value < 0 ? sum : product,
  };
}

/** How it is written in TeX: `#1`, `#2`, `#3` are the arguments; a `.` after the digit asks for no parentheses. */
const templates: Readonly<Record<FunctionName, string>> = {
  add: "#1 + #2",
  sub: "#1 - #2",
  mul: "#1 \\cdot #2",
  div: "\\frac{#1.}{#2.}",
  neg: "-#1",
  lt: "#1 < #2",
  le: "#1 \\le #2",
  gt: "#1 > #2",
  ge: "#1 \\ge #2",
  eq: "#1 = #2",
  ne: "#1 \\ne #2",
  not: "\\neg #1",
  and: "#1 \\land #2",
  or: "#1 \\lor #2",
  abs: "\\left|#1.\\right|",
  sign: "\\operatorname{sign}(#1.)",
  floor: "\\lfloor #1. \\rfloor",
  ceil: "\\lceil #1. \\rceil",
  trunc: "\\operatorname{trunc}(#1.)",
  round: "\\operatorname{round}(#1.)",
  sqrt: "\\sqrt{#1.}",
  rsqrt: "\\frac{1}{\\sqrt{#1.}}",
  reciprocal: "\\frac{1}{#1.}",
  square: "{#1}^2",
  exp: "e^{#1.}",
  exp2: "2^{#1.}",
  expm1: "e^{#1.} - 1",
  log: "\\log(#1.)",
  log2: "\\log_2(#1.)",
  log10: "\\log_{10}(#1.)",
  log1p: "\\log(1 + #1.)",
  sin: "\\sin(#1.)",
  cos: "\\cos(#1.)",
  tan: "\\tan(#1.)",
  asin: "\\arcsin(#1.)",
  acos: "\\arccos(#1.)",
  atan: "\\arctan(#1.)",
  sinh: "\\sinh(#1.)",
  cosh: "\\cosh(#1.)",
  tanh: "\\tanh(#1.)",
  asinh: "\\operatorname{arsinh}(#1.)",
  acosh: "\\operatorname{arcosh}(#1.)",
  atanh: "\\operatorname{artanh}(#1.)",
  atan2: "\\operatorname{atan2}(#1., #2.)",
  pow: "{#1}^{#2.}",
  sigmoid: "\\sigma(#1.)",
  relu: "\\operatorname{relu}(#1.)",
  erf: "\\operatorname{erf}(#1.)",
  erfc: "\\operatorname{erfc}(#1.)",
  max: "\\max(#1., #2.)",
  min: "\\min(#1., #2.)",
  fmax: "\\operatorname{fmax}(#1., #2.)",
  fmin: "\\operatorname{fmin}(#1., #2.)",
  clamp: "\\operatorname{clamp}(#1., #2., #3.)",
  fmod: "\\operatorname{fmod}(#1., #2.)",
  remainder: "\\operatorname{remainder}(#1., #2.)",
  floorDivide: "\\left\\lfloor \\frac{#1.}{#2.} \\right\\rfloor",
  hypot: "\\sqrt{{#1}^2 + {#2}^2}",
  copysign: "\\operatorname{copysign}(#1., #2.)",
  isnan: "\\operatorname{isnan}(#1.)",
  isinf: "\\operatorname{isinf}(#1.)",
  isfinite: "\\operatorname{isfinite}(#1.)",
  bitAnd: "\\operatorname{and}(#1., #2.)",
  bitOr: "\\operatorname{or}(#1., #2.)",
  bitXor: "\\operatorname{xor}(#1., #2.)",
  bitNot: "\\operatorname{not}(#1.)",
  shiftLeft: "#1 \\ll #2",
  shiftRight: "#1 \\gg #2",
  gcd: "\\gcd(#1., #2.)",
};

/** How tightly functions bind that do not enclose themselves, and the fraction, which does. */
const bindings: Partial<Readonly<Record<FunctionName, number>>> = {
  div: primary,
  square: prefix,
  expm1: sum,
  pow: prefix,
  shiftLeft: precedence.order,
  shiftRight: precedence.order,
};

const greek: ReadonlySet<string> = new Set(
  "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi rho sigma tau phi chi psi omega".split(" "),
);

function renderName(name: string): string {
  if (greek.has(name)) return `\\${name}`;
  return name.length === 1 ? name : `\\mathrm{${name.replaceAll("_", "\\_")}}`;
}

function isAtom(node: Node): boolean {
  return node.kind === "name" || (node.kind === "number" && node.value >= 0);
}

function parenthesized(text: string): string {
  return text.includes("\\frac") || text.includes("\\begin") ? `\\left(${text}\\right)` : `(${text})`;
}
