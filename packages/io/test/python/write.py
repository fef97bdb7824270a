"""Writes files.json: files made by Python (struct, json and NumPy), and what PyTorch reads in them.

Run where NumPy and PyTorch are installed: python3 write.py
"""

import base64
import io
import json
import struct
from pathlib import Path

import numpy as np
import torch

# Descending order of the safetensors library's enumeration, then by name.
ARRAYS = [
    ("count.u64", "U64", [2], struct.pack("<2Q", 0, 2**53)),
    ("big.i64", "I64", [2], struct.pack("<2q", -(2**40), 2**40)),
    ("ids.i64", "I64", [2, 2], struct.pack("<4q", -(2**31), 2**31 - 1, 0, -1)),
    ("d.f64", "F64", [3], struct.pack("<3d", 0.1, -1e300, 5e-324)),
    ("a.f32", "F32", [2, 3], struct.pack("<6f", 0, -0.0, 1, 0.1, float("inf"), float("-inf"))),
    ("nan.f32", "F32", [2], struct.pack("<2I", 0x7FC00000, 0xFFC12345)),
    ("scalar.f32", "F32", [], struct.pack("<f", 2.5)),
    ("ä.f32", "F32", [1], struct.pack("<f", -7)),
    ("u.u32", "U32", [2], struct.pack("<2I", 0, 2**31 - 1)),
    ("i.i32", "I32", [2], struct.pack("<2i", -(2**31), 2**31 - 1)),
    ("b.bf16", "BF16", [4], struct.pack("<4H", 0x3F80, 0xC049, 0x0001, 0x7F80)),
    ("h.f16", "F16", [5], struct.pack("<5H", 0x3C00, 0x7BFF, 0x0001, 0xFC00, 0x8000)),
    ("s.u16", "U16", [1], struct.pack("<H", 65535)),
    ("s.i16", "I16", [2], struct.pack("<2h", -32768, 32767)),
    ("s.i8", "I8", [2], struct.pack("<2b", -128, 127)),
    ("empty.u8", "U8", [0, 4], b""),
    ("s.u8", "U8", [3], bytes([0, 7, 255])),
    ("mask.bool", "BOOL", [3], bytes([1, 0, 1])),
]


def safetensors():
    header = {"__metadata__": {"format": "pt"}}
    at = 0
    for name, dtype, shape, data in ARRAYS:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(data for *_, data in ARRAYS)


def half_values():
    """Every float16 that a rounding rule can tell apart: values, float16 bits, bfloat16 bits."""
    rng = np.random.default_rng(0)
    some = np.concatenate(
        [
            np.array([0, -0.0, 1, -1, 65504, 65519.996, 65520, 1e6, 2**-24, 2**-25, 2**-25 * 1.0001, 6.1e-5, 3e38, 1e-40]),
            rng.standard_normal(200),
            rng.standard_normal(200) * 10.0 ** rng.integers(-9, 6, 200),
            1 + 2.0**-11 * np.arange(9),
            1 + 2.0**-8 * np.arange(9),
        ]
    ).astype(np.float32)
    t = torch.from_numpy(some)
    return {
        "values": [float(x) for x in some],
        "f16": t.to(torch.float16).view(torch.int16).to(torch.int32).bitwise_and(0xFFFF).tolist(),
        "bf16": t.to(torch.bfloat16).view(torch.int16).to(torch.int32).bitwise_and(0xFFFF).tolist(),
    }


def text(data):
    return base64.b64encode(data).decode()


def npy(array, **options):
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asanyarray(array), **options)
    return {"bytes": text(out.getvalue()), "values": np.asarray(array).tolist()}


def npz(save):
    out = io.BytesIO()
    save(out, x=np.arange(6, dtype=np.float32).reshape(2, 3), y=np.array([True, False]))
    return text(out.getvalue())


def main():
    cube = np.arange(24).reshape(2, 3, 4)
    result = {
        "safetensors": text(safetensors()),
        "half": half_values(),
        "npy": {
            "f4": npy(cube.astype("<f4")),
            "f8 scalar": npy(np.float64(0.1)),
            "i8": npy(np.array([-1, 2**31 - 1])),
            "f2": npy(np.array([0.5, -2], dtype="<f2")),
            "bool": npy(np.array([True, False])),
            "u1": npy(np.array([[0, 255]], dtype="u1")),
            "big-endian i4": npy(np.array([1, -2], dtype=">i4")),
            "big-endian f8": npy(np.array([1.5, -2], dtype=">f8")),
            "fortran": npy(np.asfortranarray(cube.astype("<i4"))),
            "empty": npy(np.zeros((0, 3), dtype="<f4")),
            "version 2": npy(np.array([1, 2], dtype="<f4"), version=(2, 0)),
            "version 3": npy(np.array([1, 2], dtype="<f4"), version=(3, 0)),
        },
        "npy of text": npy(np.array(["ab"]))["bytes"],
        "npz": {"stored": npz(np.savez), "compressed": npz(np.savez_compressed)},
    }
    path = Path(__file__).with_name("files.json")
    path.write_text(json.dumps(result, indent=1) + "\n")


main()
