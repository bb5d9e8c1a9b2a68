"""
PyTorch's part of `npm run bench -- --engine wasm`. One JSON request a line on standard input, one
JSON answer a line on standard output:

  {"open": threads}       takes so many threads; answers its version and BLAS
  {"network": {...}}      the work is now a training step of this network
  {"operation": {...}}    the work is now one product of one layer
  {"run": times}          does the work; answers when it is done, with the last loss where there is one

The clock is the one who asks.
"""

import json
import re
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F


def modules_of(layer):
    """The layers of torch for one of ours. Images are NCHW: channels first."""
    kind = layer["kind"]
    channels = layer["inputShape"][-1]
    if kind == "conv2d":
        side = layer["kernelSize"]
        convolution = nn.Conv2d(channels, layer["filters"], side, layer["stride"], padding_of(layer))
        return [convolution, nn.ReLU(inplace=True)]
    if kind == "lrn":
        size = 2 * layer["depthRadius"] + 1
        # torch divides alpha by the window.
        return [nn.LocalResponseNorm(size, size * layer["alpha"], layer["beta"], layer["bias"])]
    if kind == "maxPool":
        return [max_pool(layer)]
    if kind == "flatten":
        return [nn.Flatten()]
    if kind == "dropout":
        return [nn.Dropout(layer["rate"])]
    if kind == "dense":
        product = nn.Linear(channels, layer["units"])
        return [product, nn.ReLU(inplace=True)] if layer["activation"] == "relu" else [product]
    raise ValueError(f"{kind} is not in AlexNet")


def padding_of(layer):
    side = layer["kernelSize"]
    assert layer["stride"] == 1 and side % 2 == 1 and layer["padding"] == "same"
    return side // 2


def max_pool(layer):
    """'same' pads the odd pixel at the far end, which is what ceil_mode does."""
    size, stride, side = layer["poolSize"], layer["stride"], layer["inputShape"][0]
    total = max(0, (-(-side // stride) - 1) * stride + size - side)
    return nn.MaxPool2d(size, stride, padding=total // 2, ceil_mode=True)


def training_step(network):
    batch, count = network["batch"], network["images"]
    height, width, channels = network["input"]
    model = nn.Sequential(*[m for layer in network["layers"] for m in modules_of(layer)])
    optimizer = torch.optim.Adam(model.parameters(), lr=network["learningRate"])
    pixels = torch.randint(0, 256, (count, channels, height, width), dtype=torch.uint8)
    labels = torch.arange(count) % network["classes"]
    done = 0

    def step():
        nonlocal done
        first = done * batch % count
        done += 1
        indices = torch.arange(first, first + batch)
        images = pixels[indices].float() / 255
        loss = F.cross_entropy(model(images), labels[indices])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step, {"parameters": sum(p.numel() for p in model.parameters())}


def operation(wanted):
    """One product of a convolution or dense layer: its output, or the gradient of one operand."""
    layer, batch, which = wanted["layer"], wanted["batch"], wanted["which"]
    if layer["kind"] == "dense":
        inputs, units = layer["inputShape"][0], layer["units"]
        x, dy = torch.randn(batch, inputs), torch.randn(batch, units)
        weights, bias = torch.randn(units, inputs), torch.randn(units)
        products = {
            "forward": lambda: F.linear(x, weights, bias),
            "weight gradient": lambda: dy.t() @ x,
            "input gradient": lambda: dy @ weights,
        }
        return products[which], {}
    height, width, channels = layer["inputShape"]
    filters, side, padding = layer["filters"], layer["kernelSize"], padding_of(layer)
    x, dy = torch.randn(batch, channels, height, width), torch.randn(batch, filters, height, width)
    weights, bias = torch.randn(filters, channels, side, side), torch.randn(filters)
    gradients = {"input gradient": (True, False, False), "weight gradient": (False, True, False)}
    if which == "forward":
        return lambda: F.conv2d(x, weights, bias, padding=padding), {}
    return lambda: torch.ops.aten.convolution_backward(
        *(dy, x, weights, [filters], [1, 1], [padding, padding], [1, 1], False, [0, 0], 1),
        gradients[which],
    ), {}


def blas():
    """What multiplies its matrices, which may be ten times as slow as another: as built, and loaded."""
    built = re.findall(r"BLAS_INFO=(\w+)", torch.__config__.show())
    maps = Path("/proc/self/maps")
    lines = maps.read_text().split() if maps.exists() else []
    loaded = {Path(path).name for path in lines if re.search(r"/lib[^/]*(blas|mkl|blis)[^/]*$", path)}
    return ", ".join(built + sorted(loaded))


work = None
for line in sys.stdin:
    request = json.loads(line)
    answer = {}
    if "open" in request:
        torch.set_num_threads(request["open"])
        answer = {"version": torch.__version__, "blas": blas()}
    elif "network" in request:
        work, answer = training_step(request["network"])
    elif "operation" in request:
        work, answer = operation(request["operation"])
        # No product here needs a tape.
        torch.set_grad_enabled(False)
    else:
        for _ in range(request["run"]):
            result = work()
        answer = {"loss": result} if isinstance(result, float) else {}
    print(json.dumps(answer), flush=True)
