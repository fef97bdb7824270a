import { describe, expect, test } from "vitest";
import {
  circles,
  houseRules,
  misplacedDependencies,
  misplacedImports,
  readSource,
  type Workspace,
} from "../src/index.ts";

const losses: Workspace = { directory: "/repo/packages/losses", kind: "packages", manifest: { name: "@dl/losses" } };
const file = (text: string, name = "packages/losses/src/a.ts") => readSource(`/repo/${name}`, text, name);

describe("floors", () => {
  test("a package may not depend sideways or on an unknown package", () => {
    const manifest = {
      name: "@dl/losses",
      dependencies: { "@dl/layers": "*", "@dl/tensor": "*" },
      devDependencies: { "@dl/tools": "*" },
    };
    expect(misplacedDependencies({ ...losses, manifest })).toEqual([
      "floors: @dl/losses (floor 2) depends on @dl/layers (floor 2)",
      "floors: @dl/losses (floor 2) depends on @dl/tools (no floor)",
    ]);
  });

  test("a package without a floor is named", () => {
    expect(misplacedDependencies({ ...losses, manifest: { name: "@dl/new" } })).toEqual([
      "floors: @dl/new has no floor",
    ]);
  });

  test("imports go downwards, types too, and stay inside the package", () => {
    const source = file(
      'import { add } from "@dl/tensor";\nimport type { Module } from "@dl/layers";\nimport { x } from "../../optim/src/x.ts";\nexport { y } from "./y.ts";\n',
    );
    expect(misplacedImports(losses, source)).toEqual([
      "floors: packages/losses/src/a.ts:2 (floor 2) imports @dl/layers (floor 2)",
      "floors: packages/losses/src/a.ts:3 leaves its package: ../../optim/src/x.ts",
    ]);
  });
});

test("a test may use the cases of a lower floor's tests", () => {
  const text =
    'import { cases } from "../../tensor/test/cases.ts";\nimport { helper } from "../../layers/test/helper.ts";\n';
  expect(misplacedImports(losses, file(text, "packages/losses/test/a.test.ts"))).toEqual([
    "floors: packages/losses/test/a.test.ts:2 leaves its package: ../../layers/test/helper.ts",
  ]);
});

describe("circles", () => {
  test("run-time circles are named, circles of types are not", () => {
    const a = file('import { b } from "./b.ts";', "p/src/a.ts");
    const b = file('import { c } from "./c.ts";\nimport type { d } from "./d.ts";', "p/src/b.ts");
    const c = file('export { a } from "./a.ts";', "p/src/c.ts");
    const d = file('import { b } from "./b.ts";', "p/src/d.ts");
    expect(circles([a, b, c, d])).toEqual(["circles: p/src/a.ts → p/src/b.ts → p/src/c.ts → p/src/a.ts"]);
  });
});

describe("house", () => {
  test("long files, any, double casts and skipped tests are named", () => {
    const name = "packages/losses/src/a.ts";
    expect(houseRules(file("\n".repeat(401)))).toEqual([`house: ${name} has 401 lines; 400 at most`]);
    expect(houseRules(file("const x: any = 1;"))).toEqual([`house: ${name}:1 uses \`any\``]);
    expect(houseRules(file("const x = (y as unknown) as string;"))).toEqual([`house: ${name}:1 casts twice`]);
    expect(houseRules(file("test.skip('x', () => {});"))).toEqual([`house: ${name}:1 uses test.skip`]);
    expect(houseRules(file("// TODO: later"))).toEqual([`house: ${name}:1 says TODO`]);
    expect(houseRules(file("const many = 1 as number;"))).toEqual([]);
  });
});
