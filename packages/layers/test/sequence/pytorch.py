"""Writes pytorch.json: layers for sequences with PyTorch's seed 0, and what they answer. python3 pytorch.py"""

import json
import pathlib

import torch
from torch import nn
from torch.nn.utils import rnn

SMALL = {"dim_feedforward": 5, "dropout": 0.0}


def packed(layer, lengths, size, **options):
    x = torch.randn(max(lengths), len(lengths), size)
    return layer, [x], lambda: unpacked(layer(rnn.pack_padded_sequence(x, lengths, **options)))


def unpacked(result):
    output, hidden = result
    return [rnn.pad_packed_sequence(output, padding_value=-1.0), hidden]


def called(layer, *inputs, **options):
    return layer, list(inputs), lambda: layer(*inputs, **options)


def attention(*sizes, queries=3, keys=4, mask=None, padding=None, options=None, **init):
    layer = nn.MultiheadAttention(*sizes, **init)
    key_size, value_size = init.get("kdim", sizes[0]), init.get("vdim", sizes[0])
    inputs = [torch.randn(2, n, size) for n, size in ((queries, sizes[0]), (keys, key_size), (keys, value_size))]
    given = {"attn_mask": mask, "key_padding_mask": padding, **(options or {})}
    return called(layer, *inputs, **given)


CASES = {
    "RNN": lambda: called(nn.RNN(3, 2, num_layers=2, nonlinearity="relu"), torch.randn(4, 2, 3)),
    "RNN without batch": lambda: called(nn.RNN(3, 2, bidirectional=True), torch.randn(4, 3), torch.randn(2, 2)),
    "LSTM": lambda: called(nn.LSTM(3, 2, num_layers=2, bidirectional=True, batch_first=True), torch.randn(2, 4, 3)),
    "LSTM with projection": lambda: called(
        nn.LSTM(3, 4, num_layers=2, bidirectional=True, proj_size=2),
        torch.randn(3, 2, 3),
        (torch.randn(4, 2, 2), torch.randn(4, 2, 4)),
    ),
    "LSTM without batch": lambda: called(nn.LSTM(3, 2), torch.randn(4, 3)),
    "LSTM packed": lambda: packed(nn.LSTM(3, 2, num_layers=2, bidirectional=True), [4, 3, 1], 3),
    "LSTM packed, unsorted": lambda: packed(nn.LSTM(3, 4, proj_size=2), [1, 4, 2], 3, enforce_sorted=False),
    "GRU": lambda: called(nn.GRU(3, 2, bias=False), torch.randn(4, 2, 3), torch.randn(1, 2, 2)),
    "GRU packed, unsorted": lambda: packed(nn.GRU(3, 2, bidirectional=True), [2, 4], 3, enforce_sorted=False),
    "RNNCell": lambda: called(nn.RNNCell(3, 2), torch.randn(3)),
    "LSTMCell": lambda: called(nn.LSTMCell(3, 2), torch.randn(2, 3)),
    "GRUCell": lambda: called(nn.GRUCell(3, 2), torch.randn(3), torch.randn(2)),
    "MultiheadAttention": lambda: attention(
        4, 2, batch_first=True, mask=torch.tensor([[0.5, 0, -1, 0]] * 3), padding=torch.tensor([[False] * 4, [True, False, False, True]])
    ),
    "MultiheadAttention with more keys": lambda: attention(
        4, 2, batch_first=True, kdim=3, vdim=5, add_bias_kv=True, add_zero_attn=True, mask=torch.eye(3, 4).bool()
    ),
    "MultiheadAttention without batch": lambda: called(
        nn.MultiheadAttention(4, 2),
        torch.randn(3, 4),
        torch.randn(5, 4),
        torch.randn(5, 4),
        key_padding_mask=torch.tensor([False, False, True, False, False]),
        average_attn_weights=False,
    ),
    "TransformerEncoder": lambda: called(
        nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, **SMALL), 2, nn.LayerNorm(4)),
        torch.randn(3, 2, 4),
        mask=nn.Transformer.generate_square_subsequent_mask(3),
    ),
    "TransformerDecoder": lambda: called(
        nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, norm_first=True, **SMALL), 2),
        torch.randn(3, 2, 4),
        torch.randn(5, 2, 4),
        memory_key_padding_mask=torch.tensor([[False] * 5, [False, True, True, False, False]]),
    ),
    "Transformer": lambda: called(
        nn.Transformer(4, 2, 1, 2, 5, 0.0, activation="gelu", batch_first=True), torch.randn(2, 3, 4), torch.randn(2, 2, 4)
    ),
}


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{value:.9g}") for value in tensor.flatten().tolist()]}


def flat(result):
    if torch.is_tensor(result):
        return [result] if result.is_floating_point() else []
    return [] if result is None else [tensor for each in result for tensor in flat(each)]


def run(build):
    torch.manual_seed(0)
    layer, inputs, call = build()
    outputs = flat(call())
    sum((output.sin()).sum() for output in outputs).backward()
    gradients = {name: numbers(value.grad) for name, value in layer.named_parameters() if value.grad is not None}
    return {
        "state": {name: numbers(value) for name, value in layer.state_dict().items()},
        "inputs": [numbers(each) for each in flat(inputs)],
        "outputs": [numbers(each.detach()) for each in outputs],
        "gradients": gradients,
    }


result = {name: run(build) for name, build in CASES.items()}
pathlib.Path(__file__).with_name("pytorch.json").write_text(json.dumps(result) + "\n")
