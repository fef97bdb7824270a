import { allclose, arange, Generator, mul, ones, rand, reshape, type Tensor, tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  affineImage,
  centerCrop,
  channelNormalize,
  colorJitter,
  compose,
  cutmix,
  cutout,
  mixup,
  randomAffine,
  randomApply,
  randomCrop,
  randomErasing,
  randomHorizontalFlip,
  randomRotation,
  randomVerticalFlip,
} from "../../src/index.ts";

const nine = reshape(arange(9).to("float32"), [1, 3, 3]);
const rounded = (x: Tensor): ArrayLike<number> => x.toArray().map((each) => Math.round(each * 1e5) / 1e5 + 0);

describe("crop and flip", () => {
  it("takes parts from every place, padding included", () => {
    const corners = new Set<number>();
    const generator = new Generator(0);
    for (let i = 0; i < 200; i++) corners.add(randomCrop({ size: 2 })(nine, generator).at(0, 0, 0).item());
    expect([...corners].sort()).toEqual([0, 1, 3, 4]);
    expect(randomCrop({ size: [3, 5], padding: 1 })(nine, generator).shape).toEqual([1, 3, 5]);
    expect(centerCrop([1, 3])(nine).tolist()).toEqual([[[3, 4, 5]]]);
    expect(() => centerCrop(4)(nine)).toThrow("centerCrop: the part is larger than the image: [4, 4] of [1, 3, 3]");
    expect(() => randomCrop({ size: 0 })).toThrow("randomCrop: sizes are whole numbers from 1 on, got 0");
  });

  it("draws for every image of a batch anew, the same with the same seed", () => {
    const batch = nine.expand([64, 1, 3, 3]);
    const flipped = randomHorizontalFlip()(batch, new Generator(3));
    const first = Array.from(flipped.at(":", 0, 0, 0).toArray());
    const turned = first.filter((each) => each === 2).length;
    expect(first.every((each) => each === 0 || each === 2)).toBe(true);
    expect(turned).toBeGreaterThan(16);
    expect(turned).toBeLessThan(48);
    expect(randomHorizontalFlip()(batch, new Generator(3)).tolist()).toEqual(flipped.tolist());
    expect(randomVerticalFlip({ p: 0 })(nine).tolist()).toEqual(nine.tolist());
    expect(() => randomApply((x) => x, { p: 2 })).toThrow("randomApply: p must be from 0 to 1, got 2");
    expect(() => randomHorizontalFlip()(arange(3))).toThrow(
      "randomHorizontalFlip: images are [c, h, w] or [n, c, h, w], got [3]",
    );
  });

  it("keeps the dtype of what it only moves", () => {
    const bytes = tensor(new Uint8Array([1, 2, 3, 4]), { shape: [1, 2, 2] });
    const change = compose([randomHorizontalFlip({ p: 1 }), randomCrop({ size: 2, padding: 1 }), cutout({ size: 1 })]);
    expect(change(bytes).dtype).toBe("uint8");
  });
});

describe("affineImage", () => {
  it("turns by right angles against the clock", () => {
    expect(rounded(affineImage(nine, { angle: 90 }))).toEqual(Float32Array.of(2, 5, 8, 1, 4, 7, 0, 3, 6));
    expect(rounded(affineImage(nine, { angle: -180 }))).toEqual(Float32Array.of(8, 7, 6, 5, 4, 3, 2, 1, 0));
  });

  it("moves, scales and leans in pixels, also where images are not square", () => {
    const wide = reshape(arange(8).to("float32"), [1, 2, 4]);
    expect(rounded(affineImage(wide, { translate: [-1, 1] }))).toEqual(Float32Array.of(0, 0, 0, 0, 1, 2, 3, 0));
    expect(rounded(affineImage(wide, { translate: [0.5, 0] }))).toEqual(
      Float32Array.of(0, 0.5, 1.5, 2.5, 2, 4.5, 5.5, 6.5),
    );
    expect(rounded(affineImage(ones([1, 4, 4]), { scale: 0.5 }))).toEqual(
      Float32Array.of(0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0),
    );
    // upright lines lean: the row above the centre goes left by one pixel, the one below right
    const column = tensor([
      [
        [0, 1, 0],
        [0, 1, 0],
        [0, 1, 0],
      ],
    ]);
    expect(rounded(affineImage(column, { shear: [45, 0] }))).toEqual(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1));
    const line = reshape(tensor([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0]), [1, 4, 4]);
    const back = affineImage(affineImage(line, { angle: 90 }), { angle: -90 });
    expect(allclose(back, line, { atol: 1e-5 })).toBe(true);
  });

  it("leaves the image as it is where all ranges are empty", () => {
    const batch = rand([2, 3, 5, 4], { generator: new Generator(0) });
    expect(allclose(randomAffine({})(batch), batch, { atol: 1e-5 })).toBe(true);
    expect(randomRotation({ degrees: 30 })(batch, new Generator(1)).tolist()).toEqual(
      randomRotation({ degrees: [-30, 30] })(batch, new Generator(1)).tolist(),
    );
    expect(() => affineImage(nine.to("int32"))).toThrow("affineImage: x must be a floating-point tensor, got int32");
    expect(() => affineImage(nine, { scale: 0 })).toThrow("affineImage: scale 0 and shear 0, 0 leave no area");
    expect(() => randomAffine({ degrees: [3, 1] })).toThrow("degrees must go from a smaller to a greater number: 3, 1");
  });
});

describe("colour", () => {
  const pixel = tensor([[[0.2]], [[0.4]], [[0.6]]]);
  const grey = 0.2 * 0.2989 + 0.4 * 0.587 + 0.6 * 0.114;

  it("changes light, contrast and saturation", () => {
    expect(rounded(adjustBrightness(pixel, 2))).toEqual(Float32Array.of(0.4, 0.8, 1));
    expect(allclose(adjustSaturation(pixel, 0), mul(ones([3, 1, 1]), grey))).toBe(true);
    expect(allclose(adjustSaturation(pixel, 1), pixel)).toBe(true);
    expect(allclose(adjustContrast(pixel, 0.5), tensor([0.2, 0.4, 0.6].map((x) => [[(x + grey) / 2]])))).toBe(true);
    const two = tensor([[[[0, 1]]], [[[0.5, 0.5]]]]);
    expect(adjustContrast(two, 0.5).tolist()).toEqual([[[[0.25, 0.75]]], [[[0.5, 0.5]]]]);
  });

  it("turns hues", () => {
    const colours = reshape(tensor([0.2, 0.9, 0.5, 0.4, 0.1, 0.5, 0.6, 0.3, 0.5]), [3, 1, 3]);
    // Python's colorsys: rgb_to_hsv, h + 0.1, hsv_to_rgb for each column
    expect(rounded(adjustHue(colours, 0.1))).toEqual(Float32Array.of(0.24, 0.9, 0.5, 0.2, 0.38, 0.5, 0.6, 0.1, 0.5));
    expect(allclose(adjustHue(colours, -1), colours, { atol: 1e-6 })).toBe(true);
    expect(() => adjustHue(nine, 0.1)).toThrow("adjustHue: needs 3 channels, got 1");
    expect(() => colorJitter({ hue: 0.6 })).toThrow("colorJitter: hue must be from -0.5 to 0.5: -0.6, 0.6");
  });

  it("draws factors, and stays from 0 to 1", () => {
    const batch = rand([8, 3, 4, 4], { generator: new Generator(0) });
    expect(colorJitter({})(batch, new Generator(0)).tolist()).toEqual(batch.tolist());
    const changed = colorJitter({ brightness: 0.8, contrast: 0.8, saturation: 0.8, hue: 0.1 })(batch, new Generator(0));
    expect(changed.min().item()).toBeGreaterThanOrEqual(0);
    expect(changed.max().item()).toBeLessThanOrEqual(1);
    expect(allclose(changed, batch)).toBe(false);
    expect(() => adjustSaturation(nine, 1)).toThrow("adjustSaturation: needs 3 channels, got 1");
    expect(() => colorJitter({ contrast: [-1, 1] })).toThrow("colorJitter: contrast must be factors from 0 on: -1, 1");
  });

  it("normalises each channel", () => {
    const normal = channelNormalize({ mean: [0.1, 0.2, 0.3], std: [0.1, 0.2, 0.3] });
    expect(allclose(normal(pixel), ones([3, 1, 1]))).toBe(true);
    expect(() => normal(nine)).toThrow("channelNormalize: 3 values of mean for 1 channels");
    expect(() => channelNormalize({ mean: 0, std: [1, 0] })).toThrow("channelNormalize: std must be above 0, got 0");
  });
});

describe("erasing", () => {
  it("erases rectangles of the asked area in all channels", () => {
    const generator = new Generator(0);
    for (let i = 0; i < 50; i++) {
      const erased = randomErasing({ p: 1, scale: [0.1, 0.3] })(ones([2, 20, 20]), generator);
      const [left, right] = erased.sum({ dim: [1, 2] }).toArray();
      expect(left).toBe(right);
      expect(400 - (left ?? 0)).toBeGreaterThan(30);
      expect(400 - (left ?? 0)).toBeLessThan(130);
    }
    expect(randomErasing({ p: 0 })(nine).tolist()).toEqual(nine.tolist());
  });

  it("cuts squares, also over the border", () => {
    const areas = new Set<number>();
    const generator = new Generator(0);
    for (let i = 0; i < 100; i++)
      areas.add(
        25 -
          cutout({ size: 3 })(ones([1, 5, 5]), generator)
            .sum()
            .item(),
      );
    expect([...areas].sort((a, b) => a - b)).toEqual([4, 6, 9]);
    expect(cutout({ size: 9, value: 7 })(nine).tolist()).toEqual(mul(ones([1, 3, 3]), 7).tolist());
    expect(() => cutout({ size: 0 })).toThrow("cutout: size must be a whole number from 1 on, got 0");
  });
});

describe("mixing", () => {
  const y = tensor([
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
  ]);

  it("blends images and targets by the same share", () => {
    const x = reshape(y, [4, 2, 1, 1]);
    const shares = [];
    const generator = new Generator(0);
    for (let i = 0; i < 200; i++) {
      const mixed = mixup(x, y, { alpha: 0.2, generator });
      expect(mixed.x.toArray()).toEqual(mixed.y.toArray());
      shares.push(mixed.share);
    }
    // Beta(0.2, 0.2): mean 1/2, variance 1 / (4 (2 · 0.2 + 1)) = 0.1786
    const mean = shares.reduce((a, b) => a + b) / 200;
    const variance = shares.reduce((total, each) => total + (each - 0.5) ** 2, 0) / 200;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(variance - 0.1786)).toBeLessThan(0.03);
  });

  it("exchanges rectangles, and mixes targets by their area", () => {
    const generator = new Generator(1);
    const x = y.at(":", 0).reshape([4, 1, 1, 1]).expand([4, 1, 6, 7]);
    for (let i = 0; i < 50; i++) {
      const mixed = cutmix(x, y, { generator });
      const ink = mixed.x.mean({ dim: [1, 2, 3] });
      expect(allclose(ink, mixed.y.at(":", 0), { atol: 1e-6 })).toBe(true);
    }
    expect(() => mixup(x, tensor([0, 1], { dtype: "int32" }))).toThrow(
      "mixup: x and y must be floating-point: got float32 and int32 (labels: oneHot first)",
    );
    expect(() => cutmix(x, tensor([[1]]))).toThrow("cutmix: first sizes differ (x [4, 1, 6, 7], y [1, 1])");
    expect(() => mixup(x, y, { alpha: 0 })).toThrow("mixup: alpha must be above 0, got 0");
  });
});
