import { describe, expect, it } from "vitest";
import { cpu, HostStorage } from "../../src/devices/cpu/cpu.ts";
import { isDType, newArray, type TypedArray } from "../../src/dtype.ts";
import { tensorText } from "../../src/print.ts";
import { sizeOf } from "../../src/shape.ts";
import { Tensor } from "../../src/tensor.ts";
import type { Tracer } from "../../src/tracer.ts";
import reference from "./pytorch.json" with { type: "json" };

interface Case {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Strings are what JSON cannot hold: NaN, infinities and -0. */
  readonly values?: readonly (number | string)[];
  readonly rule?: { readonly modulus: number; readonly scale: number; readonly offset: number };
  readonly strides?: readonly number[];
  readonly offset?: number;
  readonly gradFn?: string;
  readonly requiresGrad?: boolean;
  readonly text: string;
}

const cases: readonly Case[] = reference.cases;

const tracer = (gradFn: string | undefined): Tracer => ({
  requiresGrad: true,
  isLeaf: gradFn === undefined,
  grad: undefined,
  gradFn,
  lendGrad: () => undefined,
  clearGrad: () => undefined,
  record: () => undefined,
  beforeWrite: () => undefined,
  afterWrite: () => undefined,
  refresh: () => undefined,
  backward: () => undefined,
});

function elementsOf({ dtype, shape, values, rule }: Case): TypedArray {
  if (!isDType(dtype)) throw new Error(`not a dtype: ${dtype}`);
  const data = newArray(dtype, values?.length ?? sizeOf(shape));
  if (values !== undefined) data.set(values.map(Number));
  if (rule !== undefined) {
    for (let i = 0; i < data.length; i++) data[i] = ((i * 7919) % rule.modulus) * rule.scale + rule.offset;
  }
  return data;
}

function tensorOf(source: Case): Tensor {
  const { dtype, shape, strides, offset, gradFn, requiresGrad } = source;
  if (!isDType(dtype)) throw new Error(`not a dtype: ${dtype}`);
  const x = new Tensor(new HostStorage(dtype, elementsOf(source)), shape, strides, offset);
  if (gradFn !== undefined || requiresGrad === true) x.tracer = tracer(gradFn);
  return x;
}

describe("tensorText prints what PyTorch prints", () => {
  it.each(cases.map((entry, i) => ({ ...entry, i })))("$i: $dtype $shape", (entry) => {
    expect(tensorText(tensorOf(entry))).toBe(entry.text);
  });
});

describe("tensorText on the GPU", () => {
  class Remote extends HostStorage {
    override readonly device = { ...cpu, name: "gpu" } as const;
    override get data(): TypedArray {
      throw new Error("read");
    }
  }
  const remote = (dtype: "float32" | "int32", ...shape: number[]): Tensor =>
    new Tensor(new Remote(dtype, newArray(dtype, sizeOf(shape))), shape);

  it("shows the shape and reads nothing", () => {
    expect(tensorText(remote("float32", 2, 3))).toBe("tensor(..., size=(2, 3), device='gpu')");
    expect(tensorText(remote("float32", 3))).toBe("tensor(..., size=(3,), device='gpu')");
    expect(tensorText(remote("float32"))).toBe("tensor(..., size=(), device='gpu')");
  });

  it("names a dtype that no elements give away, and the history", () => {
    expect(tensorText(remote("int32", 2))).toBe("tensor(..., size=(2,), device='gpu', dtype=int32)");
    const x = remote("float32", 2, 3);
    x.tracer = tracer("ReluBackward0");
    expect(tensorText(x)).toBe("tensor(..., size=(2, 3), device='gpu', grad_fn=<ReluBackward0>)");
  });
});

it("reads only the elements shown", () => {
  let reads = 0;
  const data = new Proxy(new Float32Array(1_000_000), {
    get(target, key) {
      reads++;
      return Reflect.get(target, key);
    },
  });
  const x = new Tensor(new HostStorage("float32", data), [1000, 1000]);
  reads = 0;
  expect(tensorText(x)).toContain("[0., 0., 0.,  ..., 0., 0., 0.]");
  expect(reads).toBe(2 * 36);
});
