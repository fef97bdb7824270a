"""The cases of the bench in PyTorch: each builder returns what to run and the numbers to compare."""

import torch
from torch import nn
from torch.nn import functional as F


def op(compute):
    def build(inputs, parameters):
        def run():
            with torch.no_grad():
                return compute(**inputs)

        return {"run": run, "numbers": lambda: run().contiguous().numpy()}

    return build


def training(make, loss_of, optimizer):
    def build(inputs, parameters):
        model = make()
        named = dict(model.named_parameters())
        assert named.keys() == parameters.keys(), (named.keys(), parameters.keys())
        model.load_state_dict(parameters, strict=False)
        chosen = optimizer(model)

        def run():
            loss = loss_of(model, **inputs)
            chosen.zero_grad()
            loss.backward()
            chosen.step()
            return loss

        return {"run": run, "numbers": lambda: [run().item() for _ in range(3)]}

    return build


def sgd(model):
    return torch.optim.SGD(model.parameters(), lr=0.01)


def adam(model):
    return torch.optim.Adam(model.parameters(), lr=0.001)


def classification(model, x, labels):
    return F.cross_entropy(model(x), labels)


def regression(model, x, y):
    return F.mse_loss(model(x), y)


def mlp():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )


class ResidualBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(64, 64, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.conv2 = nn.Conv2d(64, 64, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(64)

    def forward(self, x):
        inner = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(inner)) + x)


def transformer():
    return nn.TransformerEncoderLayer(
        128, 4, dim_feedforward=512, dropout=0, activation="gelu", batch_first=True, norm_first=True
    )


def lstm_loss(model, x, y):
    return F.mse_loss(model(x)[0], y)


def tiny_grad(inputs, parameters):
    x, y, g = inputs["x"].requires_grad_(), inputs["y"], inputs["g"]

    def run():
        for _ in range(1000):
            z = x + y
            z.backward(g)
            grad = x.grad
            x.grad = None
        return grad

    return {"run": run, "numbers": lambda: run().numpy(), "steps": 1000}


def tiny(inputs, parameters):
    x, y = inputs["x"], inputs["y"]

    def run():
        for _ in range(1000):
            z = x + y
        return z

    return {"run": run, "numbers": lambda: run().numpy(), "steps": 1000}


def attention(inputs, parameters):
    q, k, v = (inputs[name].requires_grad_() for name in "qkv")

    def run():
        weights = F.softmax(q / q.shape[-1] ** 0.5 @ k.transpose(-2, -1), dim=-1)
        dq, dk, dv = torch.autograd.grad(weights @ v, [q, k, v], inputs["g"])
        return dq + dk + dv

    return {"run": run, "numbers": lambda: run().numpy()}


def loader(inputs, parameters):
    from torch.utils.data import DataLoader, TensorDataset

    batches = DataLoader(TensorDataset(inputs["x"], inputs["labels"]), batch_size=64, shuffle=True)
    run = lambda: sum(x.shape[0] for x, _ in batches)
    return {"run": run, "numbers": lambda: [run()]}


matmul = op(lambda x, y: x @ y)

cases = {
    "matmul-64": matmul,
    "matmul-128": matmul,
    "matmul-256": matmul,
    "matmul-512": matmul,
    "matmul-1024": matmul,
    "skinny-fwd": op(lambda x, w, g: F.linear(x, w)),
    "skinny-dw": op(lambda x, w, g: g.t() @ x),
    "skinny-dx": op(lambda x, w, g: g @ w),
    "conv-28-1-32": op(lambda x, w: F.conv2d(x, w, padding=1)),
    "conv-14-32-64": op(lambda x, w: F.conv2d(x, w, padding=1)),
    "depthwise": op(lambda x, w: F.conv2d(x, w, padding=1, groups=64)),
    "add-1m": op(lambda x, y: x + y),
    "relu-1m": op(lambda x: F.relu(x)),
    "gelu-1m": op(lambda x: F.gelu(x)),
    "exp-1m": op(lambda x: torch.exp(x)),
    "softmax": op(lambda x: F.softmax(x, dim=1)),
    "layernorm": op(lambda x, weight, bias: F.layer_norm(x, [1000], weight, bias)),
    "sum0": op(lambda x: x.sum(0)),
    "mlp-64-sgd": training(mlp, classification, sgd),
    "mlp-64-adam": training(mlp, classification, adam),
    "mlp-8": training(mlp, classification, sgd),
    "mlp-1": training(mlp, classification, sgd),
    "lenet-64": training(lenet, classification, sgd),
    "resblock": training(ResidualBlock, regression, sgd),
    "lstm": training(lambda: nn.LSTM(128, 128), lstm_loss, sgd),
    "transformer": training(transformer, regression, adam),
    "tiny-op": tiny,
    "tiny-op-grad": tiny_grad,
    "attention-1024": attention,
    "loader": loader,
}
