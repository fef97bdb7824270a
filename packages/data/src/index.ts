export { checkMd5, md5Of } from "./checksum.ts";
export { type Collated, collate } from "./collate.ts";
export { type Dataset, randomSplit, Subset, TensorDataset, type TensorsLike } from "./dataset.ts";
export { gunzip, isGzip } from "./gzip.ts";
export { type IdxArray, type IdxData, type IdxDtype, type IdxOptions, parseIdx, readIdx } from "./idx.ts";
export { DataLoader, type DataLoaderOptions } from "./loader.ts";
export { type Mnist, type MnistOptions, mnist, mnistLicence, normalizeImages } from "./mnist.ts";
