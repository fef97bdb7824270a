export { checkMd5, md5Of } from "./checksum.ts";
export { type Collated, collate } from "./collate.ts";
export { type CsvOptions, readCsv } from "./csv.ts";
export { type Dataset, randomSplit, Subset, TensorDataset, type TensorsLike } from "./dataset.ts";
export { datasetFrom, type ModuleDataset, type ModuleSource } from "./dataset-from.ts";
export { gunzip, isGzip } from "./gzip.ts";
export { type IdxArray, type IdxData, type IdxDtype, type IdxOptions, parseIdx, readIdx } from "./idx.ts";
export { type Iris, type IrisOptions, iris, irisLicence } from "./iris.ts";
export { DataLoader, type DataLoaderOptions } from "./loader.ts";
export { mapDataset } from "./map-dataset.ts";
export { type Mnist, type MnistOptions, mnist, mnistLicence, normalizeImages } from "./mnist.ts";
export { type Padded, padCollate, padCollatePairs } from "./pad-collate.ts";
export {
  type BatchSampler,
  batchSampler,
  type RandomSamplerOptions,
  randomSampler,
  type Sampler,
  sequentialSampler,
  subsetRandomSampler,
  type WeightedSamplerOptions,
  weightedSampler,
} from "./samplers.ts";
export { SequenceDataset, type SequenceOptions } from "./sequence.ts";
export { type Split, type SplitOptions, splitIndices, trainTestSplit } from "./split.ts";
export { type BatchedOptions, batched } from "./stream.ts";
export {
  type Category,
  type ColumnKind,
  type ColumnOf,
  type Columns,
  readTable,
  type Table,
  type TableOptions,
} from "./table.ts";
export { type KingJamesOptions, kingJames, kingJamesLicence, readText, type Verse } from "./text/read.ts";
export { splitCharacters, splitWords } from "./text/split-text.ts";
export { Tfidf, type TfidfOptions } from "./text/tfidf.ts";
export { characterTokenizer, type Tokenizer, type WordTokenizerOptions, wordTokenizer } from "./text/tokenizer.ts";
export { countTokens, Vocabulary, type VocabularyOptions } from "./text/vocabulary.ts";
export {
  type AffineOptions,
  affineImage,
  type RandomAffineOptions,
  randomAffine,
  randomRotation,
  type SampleOptions,
} from "./transforms/affine.ts";
export {
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  type ColorJitterOptions,
  colorJitter,
} from "./transforms/color.ts";
export { centerCrop, type ImageSize, type RandomCropOptions, randomCrop } from "./transforms/crop.ts";
export type { Span } from "./transforms/draws.ts";
export { type CutoutOptions, cutout, type RandomErasingOptions, randomErasing } from "./transforms/erase.ts";
export { randomHorizontalFlip, randomVerticalFlip } from "./transforms/flip.ts";
export { cutmix, type Mixed, type MixOptions, mixup } from "./transforms/mix.ts";
export { channelNormalize, type NormalizeImageOptions } from "./transforms/normalize.ts";
export { compose, randomApply, type Transform } from "./transforms/transform.ts";
export { type VegaOptions, type VegaTable, vegaDataset, vegaLicence } from "./vega.ts";
export type { VegaColumns, VegaName } from "./vega-files.ts";
