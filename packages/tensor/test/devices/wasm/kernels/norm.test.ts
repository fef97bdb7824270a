import { describe, test } from "vitest";
import { Arena, builds, expectClose } from "./arena.ts";

const eps = 1e-5;

describe.each(builds)("%s", (_, module) => {
  describe.each([
    [4, 3, 25],
    [64, 9, 1],
    [2, 5, 3],
    [3, 2, 1600],
  ] as const)("batch norm of [%i, %i, %i]", (batch, channels, spatial) => {
    test.each([
      ["with weight, training", true, 1],
      ["with weight, constant moments", true, 0],
      ["without weight, training", false, 1],
    ] as const)("%s", (_name, affine, training) => {
      const arena = new Arena(module);
      const { kernels } = arena;
      const size = batch * channels * spatial;
      const x = arena.random(size).map((value) => value * 2 + 10);
      const [dy, weight, bias] = [arena.random(size), arena.random(channels), arena.random(channels)];
      const [xAt, dyAt] = [arena.put(x), arena.put(dy)];
      const [weightAt, biasAt] = affine ? [arena.put(weight), arena.put(bias)] : [0, 0];
      const [mean, variance, dweight, dbias] = [0, 1, 2, 3].map(() => arena.room(4 * channels)) as Four;
      const [y, dx] = [arena.room(4 * size), arena.room(4 * size)];
      kernels.batchNormMoments(xAt, mean, variance, batch, channels, spatial);
      kernels.batchNorm(xAt, mean, variance, weightAt, biasAt, y, batch, channels, spatial, eps);
      kernels.batchNormGradient(
        dyAt,
        xAt,
        mean,
        variance,
        weightAt,
        dx,
        dweight,
        dbias,
        batch,
        channels,
        spatial,
        eps,
        training,
      );
      for (let c = 0; c < channels; c++) {
        const own = Array.from({ length: size }, (_value, i) => i).filter(
          (i) => Math.floor(i / spatial) % channels === c,
        );
        const pick = (from: Float32Array): Float64Array => Float64Array.from(own, (i) => from[i] as number);
        const [w, b] = affine ? [weight[c] as number, bias[c] as number] : [1, 0];
        const given = pick(dy);
        const expected = normalised(
          pick(x),
          given,
          own.map(() => w),
          training === 1,
        );
        expectClose(arena.floats(mean, channels).slice(c, c + 1), [expected.mean], 1e-6);
        expectClose(arena.floats(variance, channels).slice(c, c + 1), [expected.variance], 1e-6);
        expectClose(
          pick(arena.floats(y, size)),
          expected.unit.map((value) => value * w + b),
          2e-6,
        );
        expectClose(pick(arena.floats(dx, size)), expected.dx, 1e-5);
        expectClose(
          arena.floats(dweight, channels).slice(c, c + 1),
          [sum(expected.unit.map((u, i) => u * (given[i] as number)))],
          1e-5,
        );
        expectClose(arena.floats(dbias, channels).slice(c, c + 1), [sum(given)], 1e-5);
      }
      arena.expectIntact();
    });
  });

  describe.each([
    [3, 1],
    [4, 7],
    [5, 64],
    [2, 1030],
  ] as const)("layer norm of [%i, %i]", (rows, count) => {
    test.each([true, false])("with weight %s", (affine) => {
      const arena = new Arena(module);
      const size = rows * count;
      const x = arena.random(size).map((value) => value * 2 + 3);
      const [dy, weight, bias] = [arena.random(size), arena.random(count), arena.random(count)];
      const [xAt, dyAt] = [arena.put(x), arena.put(dy)];
      const [weightAt, biasAt] = affine ? [arena.put(weight), arena.put(bias)] : [0, 0];
      const [mean, rstd, y, dx] = [rows, rows, size, size].map((length) => arena.room(4 * length)) as Four;
      const [dweight, dbias] = [arena.room(4 * count), arena.room(4 * count)];
      arena.kernels.layerNorm(xAt, weightAt, biasAt, y, mean, rstd, rows, count, eps);
      arena.kernels.layerNormGradient(dyAt, xAt, mean, rstd, weightAt, dx, dweight, dbias, rows, count);
      const w = affine ? Float64Array.from(weight) : new Float64Array(count).fill(1);
      const expected = { dweight: new Float64Array(count), dbias: new Float64Array(count) };
      for (let row = 0; row < rows; row++) {
        const pick = (from: Float32Array): Float64Array =>
          Float64Array.from(from.subarray(row * count, (row + 1) * count));
        const given = pick(dy);
        const own = normalised(pick(x), given, w, true);
        expectClose(arena.floats(mean, rows).slice(row, row + 1), [own.mean], 1e-6);
        expectClose(arena.floats(rstd, rows).slice(row, row + 1), [own.rstd], 1e-6);
        expectClose(
          pick(arena.floats(y, size)),
          own.unit.map((u, i) => u * (w[i] as number) + (affine ? (bias[i] as number) : 0)),
          2e-6,
        );
        expectClose(pick(arena.floats(dx, size)), own.dx, 1e-5);
        given.forEach((value, i) => {
          expected.dweight[i] = (expected.dweight[i] as number) + value * (own.unit[i] as number);
          expected.dbias[i] = (expected.dbias[i] as number) + value;
        });
      }
      expectClose(arena.floats(dweight, count), expected.dweight, 1e-5);
      expectClose(arena.floats(dbias, count), expected.dbias, 1e-6);
      arena.expectIntact();
    });
  });
});

type Four = [number, number, number, number];

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Mean, biased variance, (x - mean) rstd, and the gradient of x. */
function normalised(x: Float64Array, dy: Float64Array, weight: ArrayLike<number>, training: boolean) {
  const mean = sum(x) / x.length;
  const variance = sum(x.map((value) => (value - mean) ** 2)) / x.length;
  const rstd = 1 / Math.sqrt(variance + eps);
  const unit = x.map((value) => (value - mean) * rstd);
  const own = dy.map((value, i) => value * (weight[i] as number));
  const share = training ? sum(own) / x.length : 0;
  const slope = training ? sum(own.map((value, i) => value * (unit[i] as number))) / x.length : 0;
  return {
    mean,
    variance,
    rstd,
    unit,
    dx: own.map((value, i) => rstd * (value - share - slope * (unit[i] as number))),
  };
}
