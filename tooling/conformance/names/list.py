"""Lists the public names of PyTorch 1.13.1 that the library answers for, one a line.

python3 tooling/conformance/names/list.py > tooling/conformance/names/pytorch-names.txt
"""

import inspect

import torch
import torch.masked
import torch.nn.utils
import torch.optim.lr_scheduler


def is_function(value):
    return callable(value) and not inspect.isclass(value) and not inspect.ismodule(value)


def names(module, prefix, keep):
    return [f"{prefix}.{name}" for name in sorted(dir(module)) if not name.startswith("_") and keep(getattr(module, name))]


functions = {
    "torch": torch,
    "torch.fft": torch.fft,
    "torch.linalg": torch.linalg,
    "torch.masked": torch.masked,
    "torch.nn.functional": torch.nn.functional,
    "torch.nn.init": torch.nn.init,
    "torch.nn.utils": torch.nn.utils,
    "torch.special": torch.special,
}

classes = {
    "torch.nn": torch.nn,
    "torch.optim": torch.optim,
    "torch.optim.lr_scheduler": torch.optim.lr_scheduler,
}

found = names(torch.Tensor, "Tensor", lambda value: True)
for prefix, module in functions.items():
    found += names(module, prefix, is_function)
for prefix, module in classes.items():
    found += names(module, prefix, inspect.isclass)
print("\n".join(found))
