import * as ag from "@dl/autograd";
import * as nn from "@dl/layers";
import * as optim from "@dl/optim";
import * as dl from "@dl/tensor";

/** What stands for a name of PyTorch's that no case can call: classes to build on, switches, what takes a function. */
export const counterparts: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["torch.nn.Module", nn.Module],
  ["torch.nn.ModuleDict", nn.ModuleDict],
  ["torch.nn.ModuleList", nn.ModuleList],
  ["torch.nn.Parameter", nn.Parameter],
  ["torch.nn.ParameterDict", nn.ParameterDict],
  ["torch.nn.ParameterList", nn.ParameterList],
  ["torch.nn.Sequential", nn.Sequential],
  ["torch.nn.TransformerDecoder", nn.TransformerDecoder],
  ["torch.nn.functional.multi_head_attention_forward", nn.MultiheadAttention],
  ["torch.nn.utils.remove_spectral_norm", nn.removeSpectralNorm],
  ["torch.nn.utils.remove_weight_norm", nn.removeWeightNorm],
  ["torch.nn.utils.spectral_norm", nn.spectralNorm],
  ["torch.nn.utils.vector_to_parameters", optim.vectorToParameters],
  ["torch.nn.utils.weight_norm", nn.weightNorm],
  ["torch.optim.Optimizer", optim.Optimizer],
  ["torch.optim.lr_scheduler.Optimizer", optim.Optimizer],
  ["torch.is_grad_enabled", ag.isGradEnabled],
  ["torch.gru", nn.GRU],
  ["torch.lstm", nn.LSTM],
  ["torch.rnn_relu", nn.RNN],
  ["torch.rnn_tanh", nn.RNN],
  ["torch.segment_reduce", dl.segmentSum],
  ["torch.complex", dl.complex],
  ["torch.conj", dl.conj],
  ["torch.conj_physical", dl.conj],
  ["torch.imag", dl.imag],
  ["torch.real", dl.real],
  ["Tensor.conj", dl.conj],
  ["Tensor.conj_physical", dl.conj],
  ["Tensor.cpu", dl.to],
  ["Tensor.imag", dl.imag],
  ["Tensor.real", dl.real],
]);
