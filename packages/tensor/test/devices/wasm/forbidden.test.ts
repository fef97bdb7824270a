import { afterAll, expect, test, vi } from "vitest";

vi.stubGlobal("WebAssembly", {
  ...Object.fromEntries(Object.getOwnPropertyNames(WebAssembly).map((name) => [name, Reflect.get(WebAssembly, name)])),
  Module: function forbidden(): never {
    throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
  },
});
afterAll(() => vi.unstubAllGlobals());

test("where compiling WebAssembly is forbidden, the reference loops run and currentDevice says so", async () => {
  const { currentDevice, exp, tensor, useDevice } = await import("../../../src/index.ts");
  expect(currentDevice().name).toBe("cpu");
  expect(exp(tensor([0, 1])).tolist()).toEqual([1, Math.fround(Math.E)]);
  expect(() => useDevice("wasm")).toThrow("may not compile it here");
});
