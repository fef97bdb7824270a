export { gemm, gemmRows, gemmScratch } from "./gemm";
export { gemmBatch } from "./gemm-batch";
export { useDoubleTiles } from "./tile-choice";
export { im2col, col2im } from "./columns";
export {
  conv2d,
  conv2dScratch,
  conv2dInputGradient,
  conv2dInputGradientScratch,
  conv2dWeightGradient,
  conv2dWeightGradientRows,
  conv2dWeightGradientRowsScratch,
  conv2dWeightGradientScratch,
} from "./convolution";
export { maxPool2d, maxPool2dGradient, pickFromPlanes } from "./pool";
export { avgPool2d, avgPool2dGradient } from "./average-pool";
export { runSums, sum, sumColumns, sumOfRuns } from "./sum";
export { max, min } from "./extreme";
export { softmax, logSoftmax, softmaxGradient, logSoftmaxGradient } from "./softmax";
export {
  batchNormMoments,
  batchNormMomentsChannels,
  batchNorm,
  batchNormGradient,
  batchNormGradientChannels,
} from "./batch-norm";
export { layerNorm, layerNormGradient, layerNormGradientColumns, rowMoments } from "./layer-norm";
export { copyStrided, copyStridedBytes, fill } from "./copy";
export { gatherRows, scatterAddRows } from "./embedding";
export { copyBetween, copyBytesBetween, addBetween } from "./between";
export { gather, scatterAdd, argmax, argmin } from "./pick";
export { intsToFloats, bytesToFloats, bytesToInts, floatsToTruth, intsToTruth, sumBytes } from "./convert";
