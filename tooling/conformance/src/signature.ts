/** One parameter of PyTorch's: `dim|axis` has two names. */
export interface Parameter {
  readonly names: readonly string[];
  /** May be given by position. */
  readonly positional: boolean;
  /** `*name`: takes all positions that are left. */
  readonly rest: boolean;
}

/** An op's name and its parameters in order. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

/**
 * Reads PyTorch's notation: `torch.sum(input, dim|axis=None, keepdim=False, *, dtype=None)`. Defaults are there for the
 * reader: an argument that is not given is not passed on.
 */
export function parseSignature(text: string): Signature {
  const open = text.indexOf("(");
  if (open < 0 || !text.endsWith(")")) throw new SyntaxError(`table: no signature: ${text}`);
  const parameters: Parameter[] = [];
  let positional = true;
  for (const part of splitParameters(text.slice(open + 1, -1))) {
    const name = (part.split("=")[0] ?? "").trim();
    if (name === "*") positional = false;
    else if (name.startsWith("*")) {
      parameters.push({ names: [name.slice(1)], positional: true, rest: true });
      positional = false;
    } else parameters.push({ names: name.split("|"), positional, rest: false });
  }
  return { name: text.slice(0, open), parameters };
}

/** Splits at commas outside brackets. */
function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const sign = text[i];
    if (sign === "(" || sign === "[") depth++;
    if (sign === ")" || sign === "]") depth--;
    if (sign !== undefined && (sign !== "," || depth > 0)) continue;
    if (text.slice(from, i).trim() !== "") parts.push(text.slice(from, i).trim());
    from = i + 1;
  }
  return parts;
}
