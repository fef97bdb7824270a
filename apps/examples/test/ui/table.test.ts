import { expect, test } from "vitest";
import { columns, table } from "../../src/ui/table.ts";

test("table: Japanese letters take two columns", () => {
  expect(table(["epoch", "正解率"], [["1", "9 %"]], { right: [1] })).toBe(
    ["┌───────┬────────┐", "│ epoch │ 正解率 │", "├───────┼────────┤", "│ 1     │    9 % │", "└───────┴────────┘"].join(
      "\n",
    ),
  );
});

test("columns", () => {
  expect(
    columns([
      ["数", "b"],
      ["ccc", "d"],
    ]),
  ).toBe("数   b\nccc  d");
});
