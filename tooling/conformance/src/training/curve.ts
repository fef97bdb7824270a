import { BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import {
  add,
  type Device,
  Generator,
  manualSeed,
  mul,
  randn,
  scope,
  sin,
  type Tensor,
  tensor,
  useDevice,
} from "@dl/tensor";

const classes = 10;
const batch = 32;
const side = 16;

/** The loss of each step of a small convolutional network that learns on `device` to tell waves apart; the same data and start everywhere. */
export async function trainingCurve(device: "wasm" | Device, steps: number): Promise<number[]> {
  await useDevice("wasm");
  manualSeed(0);
  const model = new Sequential(
    new Conv2d(1, 8, 3, { padding: 1, bias: false }),
    new BatchNorm2d(8),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(8, 16, 3, { padding: 1 }),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(16 * (side / 4) ** 2, classes),
  );
  const generator = new Generator(1);
  const batches = Array.from({ length: 8 }, () => waves(generator));
  await useDevice(device);
  model.to(device);
  const there = batches.map(({ images, labels }) => [images.to(device), labels.to(device)] as const);
  const optimizer = new Adam(model.parameters(), { lr: 0.003 });
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const [images, labels] = there[step % there.length] as readonly [Tensor, Tensor];
    const loss = scope(() => {
      const loss = crossEntropy(model.forward(images), labels);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      return loss.detach();
    });
    losses.push(await loss.itemAsync());
  }
  return losses;
}

/** Both curves, one line a step, and their largest difference relative to the first loss. */
export function compareCurves(gpu: readonly number[], wasm: readonly number[]): { text: string; apart: number } {
  const differences = wasm.map((loss, i) => Math.abs((gpu[i] ?? Number.NaN) - loss));
  const apart = Math.max(...differences) / (wasm[0] as number);
  const lines = wasm.map((loss, i) => `${String(i + 1).padStart(4)}  ${gpu[i]?.toFixed(6)}  ${loss.toFixed(6)}`);
  return {
    text: `step  gpu       wasm\n${lines.join("\n")}\nlargest difference: ${apart.toExponential(1)} of the first loss`,
    apart,
  };
}

/** Noisy waves across the image; the class is their angle. */
function waves(generator: Generator): { images: Tensor; labels: Tensor } {
  const labels = Int32Array.from({ length: batch }, (_, i) => i % classes);
  const phase = Float32Array.from({ length: batch * side * side }, (_, at) => {
    const [image, y, x] = [Math.floor(at / side ** 2), Math.floor(at / side) % side, at % side];
    const angle = (Math.PI * (labels[image] as number)) / classes;
    return x * Math.cos(angle) + y * Math.sin(angle);
  });
  const clean = sin(tensor(phase, { shape: [batch, 1, side, side] }));
  return { images: add(clean, mul(randn([batch, 1, side, side], { generator }), 0.3)), labels: tensor(labels) };
}
