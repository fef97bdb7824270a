import Papa from "papaparse";
import { type Columns, readTable, type Table, type TableOptions } from "./table.ts";

export interface CsvOptions<C extends Columns> extends Omit<TableOptions<C>, "firstRow"> {
  /** What stands between the cells. Default found out from the first lines. */
  readonly delimiter?: string;
  /** Names of the columns, for files whose first line is data already. */
  readonly header?: readonly string[];
}

/**
 * Columns of a CSV file, given as text or UTF-8 bytes, as tensors. Shape of a column of numbers `[rows]`.
 *
 * Rows in errors are counted as a spreadsheet does: the line of names is row 1.
 * Errors: quotes without an end, rows of another length, and those of {@link readTable}.
 * Source: https://www.rfc-editor.org/rfc/rfc4180
 *
 * @example
 * const { columns } = readCsv("city,rooms,rent\nOsaka,2,81000\nKyoto,1,52000\n", {
 *   columns: { rooms: "int32", rent: "float32", city: "text" },
 * });
 * [columns.rooms.tolist(), columns.rent.tolist(), columns.city]; // => [[2, 1], [81000, 52000], ["Osaka", "Kyoto"]]
 */
export function readCsv<const C extends Columns>(
  source: string | Uint8Array,
  { delimiter = "", header, name = "file", ...options }: CsvOptions<C>,
): Table<C> {
  const text = typeof source === "string" ? source : new TextDecoder("utf-8", { fatal: true }).decode(source);
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF|[\r\n]+$/g, ""), { delimiter });
  const fault = errors.find(({ code }) => code !== "UndetectableDelimiter");
  if (fault !== undefined) throw new SyntaxError(`readCsv: ${name}, row ${(fault.row ?? 0) + 1}: ${fault.message}`);
  const names = header ?? data.shift() ?? [];
  const firstRow = header === undefined ? 2 : 1;
  const rows = data.map((cells, i) => {
    if (cells.length !== names.length) {
      throw new RangeError(
        `readCsv: ${name} has ${cells.length} cells in row ${i + firstRow}, and names for ${names.length}`,
      );
    }
    return Object.fromEntries(names.map((each, j) => [each, cells[j]]));
  });
  return readTable(rows, { ...options, name, firstRow });
}
