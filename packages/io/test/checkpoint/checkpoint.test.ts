import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { add_, copy_, Generator, shapeText, type Tensor, tensor, useDevice, zeros } from "@dl/tensor";
import { afterAll, expect, it } from "vitest";
import {
  encodeCheckpoint,
  encodeSafetensors,
  loadCheckpoint,
  openSafetensors,
  readSafetensors,
  saveCheckpoint,
} from "../../src/index.ts";
import { folder } from "../folder.ts";

afterAll(() => useDevice("wasm"));

/** A part like a module: its state shares memory with it. */
class Model {
  readonly weight: Tensor;
  readonly bias: Tensor;

  constructor(value: number) {
    this.weight = zeros([2, 3]).fill_(value);
    this.bias = tensor(value);
  }

  stateDict(): Record<string, Tensor> {
    return { "fc.weight": this.weight, "fc.bias": this.bias };
  }

  loadStateDict(state: Readonly<Record<string, Tensor>>): void {
    const weight = state["fc.weight"];
    const bias = state["fc.bias"];
    if (weight?.shape.length !== 2 || bias === undefined)
      throw new Error(`needs [2, 3], got ${shapeText(weight?.shape ?? [])}`);
    copy_(this.weight, weight);
    copy_(this.bias, bias);
  }
}

/** A part like an optimizer: numbered parameters, lists of groups, numbers and tensors side by side. */
class Optimizer {
  state: object = {};

  stateDict(): object {
    return this.state;
  }

  loadStateDict(state: object): void {
    this.state = state;
  }
}

const optimizerState = {
  state: {
    0: { step: 3, momentum_buffer: tensor([1, -2]), max: null },
    10: { step: 4, history: [tensor([1]), tensor([2, 3])] },
  },
  param_groups: [{ lr: 0.1, betas: [0.9, 0.999], best: Infinity, name: undefined, params: [0, 10] }],
};

const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, item: unknown) =>
      item instanceof Object && "tolist" in item ? (item as Tensor).tolist() : item,
    ),
  );

it.each(["cpu", "wasm"] as const)("puts every part back where it was on %s", async (device) => {
  await useDevice(device);
  const path = join(folder(), "run.checkpoint");
  const generator = new Generator(3);
  generator.normal();
  const optimizer = new Optimizer();
  optimizer.state = optimizerState;
  await saveCheckpoint(path, { model: new Model(7), optimizer, generator, place: { epoch: 2, batch: 5 } });
  const expected = [generator.normal(), generator.random()];

  const model = new Model(0);
  const fresh = { model, optimizer: new Optimizer(), generator: new Generator(9) };
  const { place } = await loadCheckpoint(path, fresh);
  expect(place).toEqual({ epoch: 2, batch: 5 });
  expect([model.weight.tolist(), model.bias.item()]).toEqual([
    [
      [7, 7, 7],
      [7, 7, 7],
    ],
    7,
  ]);
  expect([fresh.generator.normal(), fresh.generator.random()]).toEqual(expected);
  expect(plain(fresh.optimizer.state)).toEqual(plain(optimizerState));
  expect(Object.keys(fresh.optimizer.state)).toEqual(["state", "param_groups"]);
});

it("brings back every plain value exactly", async () => {
  const values = {
    numbers: [0.1, -0, Infinity, -Infinity, NaN, 5e-324, Number.MAX_VALUE, 2 ** 53],
    texts: ["", "ä\u{1F600}", "\ud800"],
    nothing: [null, undefined, true, false, [], {}],
    marked: { $: "tensor", entry: "no", nested: { $: undefined } },
    "a.b": { c: Uint8Array.of(1) },
    a: { "b.c": Uint8Array.of(2), floats: Float32Array.of(0.5), wide: Float64Array.of(0.1), whole: Int32Array.of(-1) },
    empty: new Uint8Array(0),
    ["__proto__"]: { polluted: true },
  };
  const back = await loadCheckpoint(await encodeCheckpoint(values));
  expect(back).toEqual(values);
  expect(Object.hasOwn(back, "__proto__")).toBe(true);
  expect(Object.is((back["numbers"] as number[])[1], -0)).toBe(true);
  expect("polluted" in {}).toBe(false);
});

it("keeps tensors of every dtype, and is a safetensors file", async () => {
  const tensors = {
    float32: tensor([1]),
    float64: tensor([0.1], { dtype: "float64" }),
    int32: tensor(-(2 ** 31), { dtype: "int32" }),
    uint8: tensor([[255]], { dtype: "uint8" }),
    bool: tensor([true, false]),
  };
  const bytes = await encodeCheckpoint({ tensors });
  const back = await loadCheckpoint(bytes);
  for (const [dtype, x] of Object.entries(back["tensors"] as Record<string, Tensor>)) expect(x.dtype).toBe(dtype);
  expect(plain(back["tensors"])).toEqual(plain(tensors));
  expect((await openSafetensors(bytes)).names).toEqual([
    "tensors.float64",
    "tensors.float32",
    "tensors.int32",
    "tensors.uint8",
    "tensors.bool",
  ]);
  expect((await readSafetensors(bytes))["tensors.float32"]?.tolist()).toEqual([1]);
  expect(await encodeCheckpoint(back)).toEqual(bytes);
});

it("saves the state of the moment of the call", async () => {
  const model = new Model(1);
  const generator = new Generator(5);
  const place = { batch: 1, order: Int32Array.of(4, 2) };
  const path = join(folder(), "run.checkpoint");
  const saved = saveCheckpoint(path, { model, generator, place });
  add_(model.weight, 100);
  generator.random();
  place.batch = 2;
  place.order.fill(0);
  await saved;
  const other = new Model(0);
  const again = new Generator(0);
  expect((await loadCheckpoint(path, { model: other, generator: again }))["place"]).toEqual({
    batch: 1,
    order: Int32Array.of(4, 2),
  });
  expect([other.weight.sum().item(), again.random()]).toEqual([6, new Generator(5).random()]);
});

it("changes no part when one does not fit", async () => {
  const bytes = await encodeCheckpoint({
    first: new Model(1),
    generator: new Generator(1),
    second: { "fc.weight": tensor([1]) },
  });
  const first = new Model(5);
  const second = new Model(6);
  const generator = new Generator(2);
  await expect(loadCheckpoint(bytes, { first, generator, second }, { name: "run" })).rejects.toThrow(
    "loadCheckpoint: run: second: needs [2, 3], got [1]",
  );
  expect([first.bias.item(), second.bias.item(), generator.initialSeed]).toEqual([5, 6, 2]);
  await expect(loadCheckpoint(bytes, { first, ema: second })).rejects.toThrow(
    "loadCheckpoint: bytes has no state of ema; it has first, generator, second",
  );
  await expect(loadCheckpoint(bytes, { second: generator })).rejects.toThrow(
    "loadCheckpoint: bytes: second: the state of a generator is a Uint8Array, got object",
  );
  expect([first.bias.item(), generator.initialSeed]).toEqual([5, 2]);
});

it("says where a value is that no file holds, and leaves the file as it was", async () => {
  const directory = folder();
  const path = join(directory, "run.checkpoint");
  writeFileSync(path, "before");
  const save = (value: unknown): Promise<void> => saveCheckpoint(path, { trainer: { list: [1, value] } });
  await expect(save(() => 1)).rejects.toThrow(
    "saveCheckpoint: trainer.list.1 is a function: a checkpoint holds tensors, arrays of numbers, numbers, texts, lists and plain records",
  );
  await expect(save(new Map())).rejects.toThrow("trainer.list.1 is a Map:");
  await expect(save(1n)).rejects.toThrow("trainer.list.1 is a bigint:");
  expect([readdirSync(directory), readFileSync(path, "utf8")]).toEqual([["run.checkpoint"], "before"]);
});

it("says what is wrong with a file", async () => {
  const bytes = await encodeCheckpoint({ x: tensor([1, 2, 3]) });
  await expect(loadCheckpoint(bytes.subarray(0, bytes.length - 1), {}, { name: "run" })).rejects.toThrow(
    "loadCheckpoint: run is truncated: its tensors need 12 bytes of data, got 11",
  );
  await expect(loadCheckpoint(await encodeSafetensors({ x: tensor([1]) }))).rejects.toThrow(
    "loadCheckpoint: bytes: is no checkpoint: its metadata has no dl.checkpoint; readSafetensors reads its tensors",
  );
  const outline = (text: string): Promise<Uint8Array> => encodeSafetensors({}, { metadata: { "dl.checkpoint": text } });
  await expect(loadCheckpoint(await outline("{"))).rejects.toThrow("loadCheckpoint: bytes: its outline is no JSON");
  await expect(loadCheckpoint(await outline("1"))).rejects.toThrow(
    "loadCheckpoint: bytes: its outline is no record of parts",
  );
  await expect(loadCheckpoint(await outline('{"x":{"$":"tensor","entry":"y"}}'))).rejects.toThrow(
    'loadCheckpoint: bytes: its outline names an entry that is missing: "y"',
  );
  await expect(loadCheckpoint(await outline('{"x":{"$":"date"}}'))).rejects.toThrow('has an unknown mark: "date"');
});
