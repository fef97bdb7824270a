import Table from "cli-table3";

/** What a table may be told. */
interface TableOptions {
  /** Columns set flush right, counted from 0. */
  readonly right?: readonly number[];
}

/**
 * A table for the terminal; Japanese letters take two columns, as they do on screen.
 *
 * @example
 * console.log(table(["epoch", "accuracy"], [["1", "99.1 %"], ["2", "99.3 %"]], { right: [1] }));
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [] }: TableOptions = {},
): string {
  const drawn = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (right.includes(column) ? "right" : "left")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

/** Rows in columns two spaces apart, without lines. */
export function columns(rows: readonly (readonly string[])[]): string {
  const none = Object.fromEntries(
    ["top", "bottom", "left", "right", "mid"].flatMap((place) =>
      ["", "-mid", "-left", "-right"].map((corner) => [`${place}${corner}`, ""]),
    ),
  );
  const drawn = new Table({
    chars: { ...none, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
  });
  for (const row of rows) drawn.push([...row]);
  return drawn.toString();
}

/** `text` broken at spaces, and between Japanese letters, into lines of at most `width` columns. */
export function wrapped(text: string, width: number): string {
  const lines = [""];
  let used = 0;
  for (const [piece] of text.matchAll(/[\u2e80-\uffff][、。]?|[^\s\u2e80-\uffff]+|\s+/g)) {
    const taken = columnsOf(piece);
    if (used > 0 && used + taken > width && piece.trim() !== "") {
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += piece;
    used += taken;
  }
  return lines.map((line) => line.trim()).join("\n");
}

/** Japanese letters take two columns. */
function columnsOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);
}
