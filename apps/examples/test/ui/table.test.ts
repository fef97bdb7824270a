import { expect, test } from "vitest";
import { columns, table, wrapped } from "../../src/ui/table.ts";

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

test("text is broken at spaces, and between Japanese letters, which take two columns", () => {
  expect(wrapped("ends at .101–.114 or more", 12)).toBe("ends at\n.101–.114 or\nmore");
  expect(wrapped("学習が進まない、ほぼ", 8)).toBe("学習が進\nまない、\nほぼ");
});
