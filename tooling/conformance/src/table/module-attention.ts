import * as nn from "@dl/layers";
import type { Args } from "../args.ts";
import { type ModuleRow, moduleRow } from "./module-row.ts";

const layer =
  "d_model, nhead, dim_feedforward=2048, dropout=0.1, activation='relu', layer_norm_eps=1e-05, batch_first=False, norm_first=False";

const layerOptions = {
  dimFeedforward: "dim_feedforward",
  dropout: "dropout",
  activation: "activation",
  layerNormEps: "layer_norm_eps",
  batchFirst: "batch_first",
  normFirst: "norm_first",
} as const;

const sizes = (a: Args): [number, number] => [a.number("d_model"), a.number("nhead")];

export const attentionModules: readonly ModuleRow[] = [
  moduleRow(
    "torch.nn.MultiheadAttention(embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False)",
    "(query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True)",
    (a) =>
      new nn.MultiheadAttention(
        a.number("embed_dim"),
        a.number("num_heads"),
        a.options({
          dropout: "dropout",
          bias: "bias",
          addBiasKv: "add_bias_kv",
          addZeroAttn: "add_zero_attn",
          kdim: "kdim",
          vdim: "vdim",
          batchFirst: "batch_first",
        }),
      ),
    (attention, a) => {
      const options = a.options<nn.AttendOptions>({
        keyPaddingMask: "key_padding_mask",
        needWeights: "need_weights",
        attnMask: "attn_mask",
        averageAttnWeights: "average_attn_weights",
      });
      const { output, weights } = attention.forward(a.tensor("query"), a.tensor("key"), a.tensor("value"), options);
      return [output, weights];
    },
  ),
  moduleRow(
    `torch.nn.TransformerEncoderLayer(${layer})`,
    "(src, src_mask=None, src_key_padding_mask=None)",
    (a) => new nn.TransformerEncoderLayer(...sizes(a), a.options({ ...layerOptions })),
    (module, a) =>
      module.forward(a.tensor("src"), a.options({ srcMask: "src_mask", srcKeyPaddingMask: "src_key_padding_mask" })),
  ),
  moduleRow(
    `torch.nn.TransformerDecoderLayer(${layer})`,
    "(tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None)",
    (a) => new nn.TransformerDecoderLayer(...sizes(a), a.options({ ...layerOptions })),
    (module, a) => module.forward(a.tensor("tgt"), a.tensor("memory"), a.options(decoderMasks)),
  ),
  moduleRow(
    "torch.nn.Transformer(d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation='relu', custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False)",
    "(src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None)",
    (a) =>
      new nn.Transformer(
        a.options({
          dModel: "d_model",
          nhead: "nhead",
          numEncoderLayers: "num_encoder_layers",
          numDecoderLayers: "num_decoder_layers",
          ...layerOptions,
        }),
      ),
    (module, a) => {
      const masks = a.options<nn.TransformerMasks>({
        srcMask: "src_mask",
        srcKeyPaddingMask: "src_key_padding_mask",
        ...decoderMasks,
      });
      return module.forward(a.tensor("src"), a.tensor("tgt"), masks);
    },
  ),
];

const decoderMasks = {
  tgtMask: "tgt_mask",
  memoryMask: "memory_mask",
  tgtKeyPaddingMask: "tgt_key_padding_mask",
  memoryKeyPaddingMask: "memory_key_padding_mask",
} as const;
