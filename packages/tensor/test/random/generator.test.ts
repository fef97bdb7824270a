import { describe, expect, it } from "vitest";
import { fillUniform } from "../../src/random/distributions.ts";
import { DEFAULT_SEED, defaultGenerator, Generator, manualSeed } from "../../src/random/generator.ts";
import { fillNormal } from "../../src/random/normal.ts";
import reference from "./pytorch.json" with { type: "json" };

const torchState = Uint8Array.from(Buffer.from(reference.state.hex, "hex"));
const draw = (g: Generator, count: number): number[] => Array.from({ length: count }, () => g.random());

describe("Generator", () => {
  it("starts at PyTorch's default seed", () => {
    expect(new Generator().initialSeed).toBe(67280421310721);
    expect(draw(new Generator(), 3)).toEqual(draw(new Generator(DEFAULT_SEED), 3));
  });

  it("counts the low 32 bits of the seed only", () => {
    expect(draw(new Generator(2 ** 32 + 7), 3)).toEqual(draw(new Generator(7), 3));
    expect(draw(new Generator(-1), 3)).toEqual(draw(new Generator(2 ** 32 - 1), 3));
    expect(draw(new Generator(8), 3)).not.toEqual(draw(new Generator(7), 3));
  });

  it("refuses a seed that is not an integer and stays where it was", () => {
    const g = new Generator(3);
    const before = g.getState();
    expect(() => g.manualSeed(0.5)).toThrow(
      new RangeError("Generator: seed must be an integer from -(2^53 - 1) to 2^53 - 1, got 0.5"),
    );
    expect(() => new Generator(2 ** 53)).toThrow("got 9007199254740992");
    expect(g.getState()).toEqual(before);
    expect(g.initialSeed).toBe(3);
  });

  it("forgets the kept normal number when seeded", () => {
    const g = new Generator(3);
    const first = g.normal();
    g.manualSeed(3);
    expect(g.normal()).toBe(first);
  });

  it("clones into independent streams at the same place", () => {
    const g = new Generator(3);
    g.normal();
    const copy = g.clone();
    expect(copy.initialSeed).toBe(3);
    const ahead = [g.normal(), g.normal()];
    expect([copy.normal(), copy.normal()]).toEqual(ahead);
  });
});

describe("state", () => {
  it("is the one of torch.get_rng_state()", () => {
    const g = new Generator(5);
    fillUniform(g, new Float32Array(700), 0, 1);
    fillNormal(g, new Float32Array(3), 0, 1);
    expect(g.getState()).toEqual(torchState);
  });

  it("goes on where PyTorch was", () => {
    const g = new Generator().setState(torchState);
    expect(g.initialSeed).toBe(5);
    expect(Array.from(fillNormal(g, new Float32Array(700), 0, 1)).slice(-20)).toEqual(reference.state.then);
  });

  it.each([0, 1, 226, 227, 396, 397, 622, 623, 624, 625, 1248, 1500])("goes on after %i draws", (count) => {
    const g = new Generator(-9);
    draw(g, count);
    const state = g.getState();
    const ahead = draw(g, 1300);
    const other = new Generator(1).setState(state);
    expect(other.getState()).toEqual(state);
    expect(draw(other, 1300)).toEqual(ahead);
    expect(other.initialSeed).toBe(-9);
  });

  it("is read from a view with an offset", () => {
    const padded = new Uint8Array(torchState.length + 3);
    padded.set(torchState, 3);
    expect(new Generator().setState(padded.subarray(3)).getState()).toEqual(torchState);
  });

  it("refuses other bytes and stays where it was", () => {
    const g = new Generator(3);
    const before = g.getState();
    expect(() => g.setState(new Uint8Array(10))).toThrow(new RangeError("Generator: a state has 5056 bytes, got 10"));
    expect(() => g.setState(new Uint8Array(5056))).toThrow(
      new RangeError("Generator: not a state of a generator: place 0 with 0 left of 624 words"),
    );
    const hugeSeed = torchState.slice();
    hugeSeed[7] = 0x40;
    expect(() => g.setState(hugeSeed)).toThrow("Generator: the state's seed must be an integer");
    expect(g.getState()).toEqual(before);
  });
});

describe("defaultGenerator", () => {
  it("is one generator, restarted by manualSeed", () => {
    const g = manualSeed(0);
    expect(g).toBe(defaultGenerator());
    expect(defaultGenerator().initialSeed).toBe(0);
    expect(defaultGenerator().uniform24()).toBe(new Generator(0).uniform24());
  });
});
