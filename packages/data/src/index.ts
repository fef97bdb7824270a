export { checkMd5, md5Of } from "./checksum.ts";
export { collate, type Collated } from "./collate.ts";
export { type Dataset, randomSplit, Subset, TensorDataset, type TensorsLike } from "./dataset.ts";
export { gunzip, isGzip } from "./gzip.ts";
export { type IdxArray, type IdxData, type IdxDtype, type IdxOptions, parseIdx, readIdx } from "./idx.ts";
export { DataLoader, type DataLoaderOptions } from "./loader.ts";
export { type Mnist, mnist, mnistLicence, type MnistOptions, normalizeImages } from "./mnist.ts";
