import { describe, expect, it } from "vitest";
import { readCsv, readTable } from "../src/index.ts";

const rents = 'city,rooms,rent\r\n"Osaka, Kita",2,81000\r\nKyoto,1,\r\nOsaka,3,92000.5\r\n\r\n';
const columns = { city: "category", rooms: "int32", rent: "float32" } as const;

describe("readCsv", () => {
  it("reads the wanted columns as tensors", () => {
    const found = readCsv(rents, { columns, missing: "skip" });
    expect([found.length, found.skipped]).toEqual([2, 1]);
    expect(found.columns.city.names).toEqual(["Osaka", "Osaka, Kita"]);
    expect(found.columns.city.codes.tolist()).toEqual([1, 0]);
    expect([found.columns.rooms.dtype, found.columns.rooms.tolist()]).toEqual(["int32", [2, 3]]);
    expect(found.columns.rent.tolist()).toEqual([81000, 92000.5]);
  });

  it("reads bytes, other delimiters and files without names", () => {
    const bytes = new TextEncoder().encode("\uFEFF1;a\n2;b");
    const { columns: read } = readCsv(bytes, { header: ["x", "y"], columns: { x: "float64", y: "text" } });
    expect([read.x.dtype, read.x.tolist(), read.y]).toEqual(["float64", [1, 2], ["a", "b"]]);
  });

  it("says where a value is missing or wrong", () => {
    expect(() => readCsv(rents, { columns, name: "rents.csv" })).toThrow(
      'readTable: rents.csv has no value in row 3, column "rent": leave such rows out with missing: "skip"',
    );
    expect(() => readCsv("a\n1\ntwo", { columns: { a: "float32" } })).toThrow(
      'readTable: file has no float32 in row 3, column "a": "two"',
    );
    expect(() => readCsv("a\n1.5", { columns: { a: "int32" } })).toThrow(
      'readTable: file has no int32 in row 2, column "a": "1.5"',
    );
    expect(() => readCsv("a,b\n1,2\n3", { columns: { a: "int32" } })).toThrow(
      "readCsv: file has 1 cells in row 3, and names for 2",
    );
    expect(() => readCsv('a,b\n1,"2', { columns: { a: "int32" } })).toThrow(
      "readCsv: file, row 2: Quoted field unterminated",
    );
  });
});

describe("readTable", () => {
  it("says which columns there are", () => {
    expect(() => readTable([{ a: 1, b: 2 }], { columns: { c: "int32" } })).toThrow(
      'readTable: table has no column "c", only "a", "b"',
    );
    expect(() => readTable([], { columns: { c: "int32" }, name: "cars" })).toThrow("readTable: cars has no rows");
    expect(() => readTable([{ a: 1 }], { columns: {} })).toThrow(
      "readTable: needs at least one column of table, got none",
    );
  });
});
