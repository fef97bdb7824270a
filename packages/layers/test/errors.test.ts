import { ones, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import * as nn from "../src/index.ts";
import * as init from "../src/init/index.ts";

const ints = (shape: number[]) => ones(shape, { dtype: "int32" });

/** What a layer says of a wrong input: it opens with the layer as it prints itself. */
const calls: [() => unknown, string][] = [
  [
    () => new nn.ReflectionPad2d(4).forward(ones([1, 3, 3])),
    "ReflectionPad2d([4, 4, 4, 4]): mode reflect can add at most 2 on a side of dim 2 of size 3: got 4 and 4 (x [1, 3, 3])",
  ],
  [
    () => new nn.ConstantPad2d([1, 2, 3], 0),
    "ConstantPad2d: padding must be a whole number or 4 of them: got [1, 2, 3]",
  ],
  [
    () => new nn.Upsample({ scaleFactor: 2, mode: "bilinear" }).forward(ones([1, 2, 3])),
    "Upsample(scaleFactor=2, mode=bilinear): mode bilinear needs 4 dimensions, got 3 (x [1, 2, 3])",
  ],
  [
    () => new nn.PixelShuffle(2).forward(ones([1, 3, 4, 4])),
    "PixelShuffle(2): 3 channels are not divisible by 4, the square of upscaleFactor (x [1, 3, 4, 4])",
  ],
  [() => new nn.PixelUnshuffle(0), "PixelUnshuffle: downscaleFactor must be a whole number from 1 on, got 0"],
  [
    () => new nn.Unfold(3).forward(ones([1, 2, 2])),
    "Unfold(3): the blocks are larger than the padded image [2, 2]: kernelSize [3, 3], dilation [1, 1], padding [0, 0]",
  ],
  [
    () => new nn.Fold([4, 4], 2).forward(ones([1, 5, 4])),
    "Fold([4, 4], 2): kernelSize [2, 2] does not divide columns of 5 elements (columns [1, 5, 4])",
  ],
  [
    () => new nn.Linear(4, 3).forward(ones([2, 5])),
    "Linear(4, 3): needs 4 numbers in the last dimension, got 5 (x [2, 5])",
  ],
  [() => new nn.Linear(4, 3).forward(ones([])), "Linear(4, 3): needs 4 numbers in the last dimension, got none (x [])"],
  [
    () => new nn.Conv2d(3, 4, 3).forward(ones([1, 2, 5, 5])),
    "Conv2d(3, 4, 3): x must be [batch, 3, height, width] or without batch (x [1, 2, 5, 5])",
  ],
  [
    () => new nn.Conv1d(3, 4, 3).forward(ones([3])),
    "Conv1d(3, 4, 3): x must be [batch, 3, length] or without batch (x [3])",
  ],
  [
    () => new nn.Conv2d(1, 1, 5).forward(ones([1, 3, 3])),
    "Conv2d(1, 1, 5): the kernel is larger than the padded input",
  ],
  [
    () => new nn.ConvTranspose2d(3, 2, 3).forward(ones([1, 2, 4, 4])),
    "ConvTranspose2d(3, 2, 3): x must have 3 channels and 3 or 4 dimensions (x [1, 2, 4, 4])",
  ],
  [() => new nn.MaxPool2d(3).forward(ones([1, 2, 2])), "MaxPool2d(3): the window is larger than the padded input"],
  [
    () => new nn.AvgPool2d(2).forward(ones([2])),
    "AvgPool2d(2): x must have 3 dimensions (one image) or 4 (a batch), got 1 (x [2])",
  ],
  [
    () => new nn.BatchNorm1d(3).forward(ones([1, 3])),
    "BatchNorm1d(3): needs more than one value for each channel in training (x [1, 3])",
  ],
  [
    () => new nn.BatchNorm1d(3).forward(ones([1, 3, 1, 1])),
    "BatchNorm1d(3): x must have 2 or 3 dimensions, got 4 (x [1, 3, 1, 1])",
  ],
  [
    () => new nn.BatchNorm2d(3).forward(ones([2, 4, 2, 2])),
    "BatchNorm2d(3): needs 3 channels in dimension 1, got 4 (x [2, 4, 2, 2])",
  ],
  [
    () => new nn.InstanceNorm1d(3).forward(ones([4, 2])),
    "InstanceNorm1d(3): needs 3 channels in dimension 0, got 4 (x [4, 2])",
  ],
  [
    () => new nn.LayerNorm([4, 2]).forward(ones([4, 3])),
    "LayerNorm([4, 2]): the last sizes of x must be normalizedShape [4, 2] (x [4, 3])",
  ],
  [
    () => new nn.GroupNorm(2, 4).forward(ones([2, 6])),
    "GroupNorm(2, 4): weight must be [6], one number for each channel",
  ],
  [() => new nn.Embedding(5, 3).forward(ints([2]).mul(7)), "Embedding(5, 3): index 7 is out of range for 5 rows"],
  [() => new nn.Embedding(5, 3).forward(ones([2])), "Embedding(5, 3): indices must be integers, got float32"],
  [() => new nn.PReLU(2).forward(ones([1, 3])), "PReLU(2): 2 weights for 3 channels"],
  [() => new nn.GLU({ dim: 0 }).forward(ones([3])), "GLU(dim=0): dim 0 has an odd size, 3 (x [3])"],
  [
    () => new nn.Softmax({ dim: 3 }).forward(ones([2, 2])),
    "Softmax(dim=3): dim 3 is out of range for 2 dimensions: expected -2 to 1",
  ],
  [() => new nn.Softmax2d().forward(ones([2])), "Softmax2d(): x must have 3 or 4 dimensions, got 1 (x [2])"],
  [
    () => new nn.Bilinear(2, 3, 4).forward(ones([1, 2]), ones([1, 2])),
    "Bilinear(2, 3, 4): weight takes 2 and 3 features (x1 [1, 2], x2 [1, 2], weight [4, 2, 3])",
  ],
  [() => new nn.Unflatten(1, [2, 2]).forward(ones([1, 5])), "Unflatten(1, [2, 2]): "],
  [() => new nn.Flatten({ startDim: 4 }).forward(ones([1, 5])), "Flatten(startDim=4): "],
  [() => new nn.Dropout2d().forward(ones([5])), "Dropout2d(): x must have 3 or 4 dimensions, got 1 (x [5])"],
];

/** What a constructor says of wrong sizes and options. */
const constructions: [() => unknown, string][] = [
  [() => new nn.Linear(-1, 3), "Linear: inFeatures must be a whole number from 0 on, got -1"],
  [() => new nn.Conv2d(3, 4, 3, { groups: 2 }), "Conv2d: groups 2 do not divide 3 input channels"],
  [() => new nn.Conv2d(4, 3, 3, { groups: 2 }), "Conv2d: groups 2 do not divide 3 output channels"],
  [() => new nn.Conv2d(3, 4, 3, { padding: "same", stride: 2 }), 'Conv2d: padding "same" needs stride 1, got [2, 2]'],
  [
    () => new nn.Conv2d(3, 4, [3, 3, 3]),
    "Conv2d: kernelSize must be a whole number from 1 on, or 2 of them: got [3, 3, 3]",
  ],
  [() => new nn.Conv2d(3, 4, 0), "Conv2d: kernelSize must be a whole number from 1 on, or 2 of them: got 0"],
  [() => new nn.Dropout({ p: 1.5 }), "Dropout: p must be between 0 and 1, got 1.5"],
  [() => new nn.Embedding(5, 3, { paddingIdx: 5 }), "Embedding: paddingIdx 5 is out of range for 5 rows"],
  [() => new nn.GroupNorm(2, 5), "GroupNorm: numGroups 2 do not divide numChannels 5"],
  [() => new nn.Bilinear(0, 2, 3), "Bilinear: in1Features must be a whole number from 1 on, got 0"],
  [() => new nn.Hardtanh({ minVal: 2 }), "Hardtanh: minVal must be below maxVal: 2 and 1"],
  [() => new nn.Softshrink({ lambd: -1 }), "Softshrink: lambd must not be negative, got -1"],
  [() => new nn.CELU({ alpha: 0 }), "CELU: alpha must not be 0"],
  [() => new nn.GELU({ approximate: "erf" as "tanh" }), 'GELU: approximate is "none" or "tanh", not erf'],
  [
    () => new nn.EmbeddingBag(3, 2, { mode: "middle" as "sum" }),
    "EmbeddingBag: mode must be sum, mean or max, got middle",
  ],
  [
    () => new nn.Conv2d(1, 1, 3, { padding: "wide" as "same" }),
    'Conv2d: padding must be numbers, "same" or "valid", got "wide"',
  ],
  [() => new nn.MultiheadAttention(4, 2, { dropout: 2 }), "MultiheadAttention: dropout must be between 0 and 1, got 2"],
  [() => new nn.GATConv(2, 2, { dropout: -1 }), "GATConv: dropout must be between 0 and 1, got -1"],
  [() => new nn.Sequential([new nn.ReLU()] as never), "Sequential: argument 0 is no module: pass modules one by one"],
  [() => init.calculateGain("cube" as "relu"), "calculateGain: no gain is known for cube: choose "],
  [
    () => init.kaimingUniform_(ones([2, 2]), { mode: "fan" as "fanIn" }),
    'kaimingUniform_: mode is "fanIn" or "fanOut", not fan',
  ],
];

describe("a layer names itself and what is wrong", () => {
  test.each(calls)("%#", (call, message) => {
    expect(call).toThrow(message);
  });

  test("keeps the op's error as the cause", () => {
    try {
      new nn.Softmax({ dim: 3 }).forward(zeros([2]));
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      expect(((error as Error).cause as Error).message).toBe(
        "softmax: dim 3 is out of range for 1 dimensions: expected -1 to 0",
      );
    }
    expect.assertions(2);
  });
});

describe("a constructor names what is wrong", () => {
  test.each(constructions)("%#", (build, message) => {
    expect(build).toThrow(message);
  });
});
