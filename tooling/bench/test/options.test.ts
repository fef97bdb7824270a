import { expect, test } from "vitest";
import { readOptions, UsageError } from "../src/options.ts";
import { suite } from "../src/suite.ts";

test("by default the whole suite and every library", () => {
  const { cases, libraries, json, profile } = readOptions([]);
  expect(cases).toBe(suite);
  expect(libraries).toEqual(["dl", "dl-128", "pytorch", "tfjs-wasm", "tfjs-cpu", "jax-js", "js-pytorch", "brain.js"]);
  expect([json, profile]).toEqual([undefined, false]);
});

test("ours is always among the libraries, cases are in the order given", () => {
  const { cases, libraries } = readOptions(["--case", "softmax,tiny-op", "--peers", "jax-js"]);
  expect(cases.map(({ id }) => id)).toEqual(["softmax", "tiny-op"]);
  expect(libraries).toEqual(["dl", "jax-js"]);
});

test("ours with native products where asked for", () => {
  expect(readOptions(["--native"]).libraries.slice(0, 4)).toEqual(["dl", "dl-128", "dl-native", "pytorch"]);
  expect(readOptions(["--native", "--peers", ""]).libraries).toEqual(["dl", "dl-native"]);
});

test("threads of ours and PyTorch", () => {
  expect(readOptions([]).threads).toBe(1);
  expect(readOptions(["--threads", "2"]).threads).toBe(2);
  expect(() => readOptions(["--threads", "0"])).toThrow('bench: --threads wants a whole number from 1 to 64, not "0"');
});

test("unknown names are refused with those there are", () => {
  expect(() => readOptions(["--case", "matmul-7"])).toThrow(/^bench: no case matmul-7 \(matmul-64, /);
  expect(() => readOptions(["--peers", "numpy"])).toThrow(
    /^bench: no library numpy \(dl, dl-128, dl-native, pytorch, /,
  );
  expect(() => readOptions(["--suite", "gpu"])).toThrow("bench: no suite gpu (cpu, apart)");
  expect(() => readOptions(["--fast"])).toThrow(UsageError);
});

test("the suite has the cases that figures are compared by", () => {
  expect(suite.map(({ id }) => id).join(" ")).toBe(
    "matmul-64 matmul-128 matmul-256 matmul-512 matmul-1024 skinny-fwd skinny-dw skinny-dx conv-28-1-32 conv-14-32-64 " +
      "depthwise add-1m relu-1m gelu-1m exp-1m softmax layernorm sum0 mlp-64-sgd mlp-64-adam mlp-8 mlp-1 lenet-64 " +
      "resblock lstm transformer",
  );
});
