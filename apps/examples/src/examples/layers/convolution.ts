import { noGrad } from "@dl/autograd";
import { Conv2d, measure } from "@dl/layers";
import { abs, gt, manualSeed, max, ones, pad, sum, type Tensor } from "@dl/tensor";
import { digits, pictures } from "../../digits.ts";
import type { Example } from "../../example.ts";

const example: Example = {
  name: "convolution",
  title: {
    ja: "畳み込み: 窓・ストライド・パディング・重み共有",
    en: "Convolution: windows, strides, padding, shared weights",
  },
  ids: ["LAYER8"],
  seconds: 1,
  data: "MNIST",
  flags: {},
  async run({ seed, claim }) {
    manualSeed(seed);
    const picture = pictures((await digits()).test.images.at("0:1"));

    // sizes: (side + 2 padding − window) / stride + 1
    for (const [options, side] of [
      [{}, 26],
      [{ padding: 1 }, 28],
      [{ stride: 2 }, 13],
      [{ padding: 1, stride: 2 }, 14],
      [{ dilation: 2 }, 24],
    ] as const) {
      const { shape } = new Conv2d(1, 4, 3, options).forward(picture);
      claim(
        `feature maps, ${JSON.stringify(options)}`,
        [...shape],
        [1, 4, side, side],
        shape[2] === side && shape[1] === 4,
      );
    }

    // one filter is ten numbers, used at every place; joining all pixels with all would take one weight for each pair
    const filter = new Conv2d(1, 1, 3, { padding: 1 });
    const { parameters } = measure(filter, [1, 1, 28, 28]);
    const counts = [parameters, 784 * 784 + 784];
    claim(
      "parameters of a filter, of a full layer between the same pixels",
      counts,
      "10 and 615,440",
      parameters === 10,
    );
    // each number looks at its own 3 × 3 pixels: change one pixel, and nine numbers change
    const dot = pad(ones([1, 1, 1, 1]), [10, 17, 10, 17]);
    const changed = noGrad(() => gt(abs(filter.forward(picture.add(dot)).sub(filter.forward(picture))), 1e-6));
    const touched = await sum(changed).itemAsync();
    claim("numbers that one pixel touches", touched, 9, touched === 9);
    // what is found here is found there: a picture that moves takes its feature map along
    const moved = (x: Tensor): Tensor => pad(x, [2, -2, 0, 0]);
    const inner = (x: Tensor): Tensor => x.at(":", ":", "4:24", "4:24");
    const apart = noGrad(() => max(inner(filter.forward(moved(picture)).sub(moved(filter.forward(picture)))).abs()));
    const most = await apart.itemAsync();
    claim("map of the moved picture, and moved map: apart", most, "≤ 1e-6", most <= 1e-6);
  },
};

export default example;
