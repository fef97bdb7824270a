import * as nn from "@dl/layers";
import * as dl from "@dl/tensor";
import { bind } from "../args.ts";
import { isRecord, isValues, type Value } from "../value.ts";
import { recurrentModules } from "./module-recurrent.ts";
import { type Result, type Row, row } from "./row.ts";

/** Attention as functions, and layers in a setting that the case's note describes. */
export const attention: readonly Row[] = [
  row(
    "torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None)",
    (a) =>
      dl.scaledDotProductAttention(
        a.tensor("query"),
        a.tensor("key"),
        a.tensor("value"),
        a.options({ attnMask: "attn_mask", dropoutP: "dropout_p", isCausal: "is_causal", scale: "scale" }),
      ),
  ),
  row("torch.nn.TransformerEncoder(src, state, config, mask)", (a) => {
    const config = a.get<Record<string, number>>("config");
    const options = { batchFirst: true, dropout: 0, dimFeedforward: numberOf(config, "dim_feedforward") };
    const size = numberOf(config, "d_model");
    const layer = new nn.TransformerEncoderLayer(size, numberOf(config, "nhead"), options);
    const norm = config["norm"] ? new nn.LayerNorm(size) : undefined;
    const encoder = new nn.TransformerEncoder(layer, numberOf(config, "num_layers"), { norm });
    adopt(encoder, a.get("state"));
    return encoder.forward(a.tensor("src"), { mask: a.maybe<dl.Tensor>("mask") });
  }),
  ...["RNN", "LSTM", "GRU"].map(packedRow),
];

/** Puts the tensors of a state in the places of the parameters, so that gradients reach them. */
function adopt(root: nn.AnyModule, state: Readonly<Record<string, dl.Tensor>>): void {
  const names = new Map<unknown, string>(root.namedParameters().map(([name, parameter]) => [parameter, name]));
  for (const module of root.modules()) {
    for (const [field, value] of Object.entries(module)) {
      const name = names.get(value);
      if (name !== undefined) Object.assign(module, { [field]: state[name] });
    }
  }
}

function numberOf(config: Readonly<Record<string, number>>, name: string): number {
  const value = config[name];
  if (value === undefined) throw new RangeError(`case: no ${name} in the configuration`);
  return value;
}

/** A recurrent layer whose input is packed first and whose output is unpacked. */
function packedRow(name: string): Row {
  return row(`torch.nn.${name}+packed(x, state, lengths, *, case_init=None)`, (a): Result => {
    const { args = [], kwargs = {} } = recordOf(a.value("case_init"));
    const found = recurrentModules.find(({ signature }) => signature.name === `torch.nn.${name}`);
    if (found === undefined) throw new RangeError(`table: no row for ${name}`);
    const built = found.build(bind(found.signature, isValues(args) ? args : [], recordOf(kwargs)));
    const { module } = built;
    if (!(module instanceof nn.RNN || module instanceof nn.LSTM || module instanceof nn.GRU))
      throw new TypeError(`table: ${name} is no recurrent layer`);
    module.loadStateDict(a.get("state"));
    const { batchFirst } = module;
    const packed = dl.packPaddedSequence(a.tensor("x"), a.numbers("lengths"), { batchFirst, enforceSorted: false });
    const { output, hidden } = module.forward(packed);
    return [dl.padPackedSequence(output, { batchFirst }).padded, hidden];
  });
}

const recordOf = (value: Value): Readonly<Record<string, Value>> => (isRecord(value) ? value : {});
