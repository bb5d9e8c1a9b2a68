"""
PyTorch's contestant. One request of JSON a line on standard input, one answer of JSON a line on standard
output, as hosts/lineHost.mjs asks them; whoever asks holds the clock.

  {"do": "open", "options": {"threads": n, "settings": {...}}}
  {"do": "load", "manifest": PATH, "bytes": PATH}       reads a work, of which all that follows is
  {"do": "step"}                                        `run` is now a training step
  {"do": "operation", "operation": {...}}               `run` is now one operation of one layer
  {"do": "run", "times": n}                             does it; answers with the last loss
  {"do": "validate"}                                    how many images that are not trained on it reads rightly

Settings: lrn = own | band, memory = channels_last, adam = foreach.
"""

import ctypes
import json
import re
import signal
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

settings = {}


class BandLrn(nn.Module):
    """The same mathematics as nn.LocalResponseNorm, which builds it of an average pooling in three
    dimensions and a power: the sum over neighbouring channels is a 1x1 convolution with a matrix that has
    ones in a band, and the power of 3/4 is two square roots."""

    def __init__(self, channels, radius, alpha, beta, bias):
        super().__init__()
        assert beta == 0.75
        places = torch.arange(channels)
        band = (places[:, None] - places[None, :]).abs() <= radius
        self.register_buffer("band", (alpha * band.float())[:, :, None, None])
        self.register_buffer("bias", torch.full((channels,), float(bias)))

    def forward(self, x):
        root = F.conv2d(x * x, self.band, self.bias).sqrt()
        return x / (root * root.sqrt())


def modules_of(layer):
    """The layers of torch for one of ours. Images are NCHW: channels first."""
    kind = layer["kind"]
    channels = layer["inputShape"][-1]
    if kind == "conv2d":
        side = layer["kernelSize"]
        product = nn.Conv2d(channels, layer["filters"], side, layer["stride"], padding_of(layer))
        return [product] + activation_of(layer)
    if kind == "lrn":
        radius, alpha, beta, bias = (layer[name] for name in ("depthRadius", "alpha", "beta", "bias"))
        if settings.get("lrn") == "band":
            return [BandLrn(channels, radius, alpha, beta, bias)]
        size = 2 * radius + 1
        # torch divides alpha by the window.
        return [nn.LocalResponseNorm(size, size * alpha, beta, bias)]
    if kind == "maxPool":
        return [max_pool(layer)]
    if kind == "avgPool":
        assert layer["padding"] == "valid"
        return [nn.AvgPool2d(layer["poolSize"], layer["stride"])]
    if kind == "flatten":
        return [nn.Flatten()]
    if kind == "dropout":
        return [nn.Dropout(layer["rate"])] if layer["rate"] > 0 else []
    if kind == "dense":
        return [nn.Linear(channels, layer["units"])] + activation_of(layer)
    raise ValueError(f"{kind} is no part of the benchmarks")


def activation_of(layer):
    return {"relu": [nn.ReLU(inplace=True)], "tanh": [nn.Tanh()], "linear": []}[layer["activation"]]


def padding_of(layer):
    if layer["padding"] == "valid":
        return 0
    side = layer["kernelSize"]
    assert layer["stride"] == 1 and side % 2 == 1 and layer["padding"] == "same"
    return side // 2


def max_pool(layer):
    """'same' pads the odd pixel at the far end, which is what ceil_mode does."""
    size, stride, side = layer["poolSize"], layer["stride"], layer["inputShape"][0]
    if layer["padding"] == "valid":
        return nn.MaxPool2d(size, stride)
    total = max(0, (-(-side // stride) - 1) * stride + size - side)
    return nn.MaxPool2d(size, stride, padding=total // 2, ceil_mode=True)


class Work:
    """Both files that all contestants read."""

    def __init__(self, request):
        self.manifest = json.loads(Path(request["manifest"]).read_text())
        self.bytes = bytearray(Path(request["bytes"]).read_bytes())

    def array(self, dtype, place, count):
        return torch.frombuffer(self.bytes, dtype=dtype, count=count, offset=place)

    def weights(self):
        """As torch lays them out: OIHW, out x in, and what follows a flattening by CHW."""
        flat = next((l["inputShape"] for l in self.manifest["layers"] if l["kind"] == "flatten"), None)
        for spec in self.manifest["tensors"]:
            shape = spec["shape"]
            values = self.array(torch.float32, spec["place"], torch.Size(shape).numel()).view(shape)
            if len(shape) == 4:
                values = values.permute(3, 2, 0, 1)
            elif len(shape) == 2 and flat:
                values = values.view(*flat, shape[1]).permute(3, 2, 0, 1).reshape(shape[1], shape[0])
                flat = None
            elif len(shape) == 2:
                values = values.t()
            yield values

    def images(self):
        images = self.manifest["images"]
        count, shape = images["count"], images["shape"]
        height, width, channels = shape["height"], shape["width"], shape["channels"]
        pixels = self.array(torch.uint8, images["pixels"], count * height * width * channels)
        labels = self.array(torch.uint8, images["labels"], count).long()
        return pixels.view(count, height, width, channels).permute(0, 3, 1, 2), labels

    def order(self):
        order = self.manifest["order"]
        return self.array(torch.int32, order["place"], order["count"]).long()


class Step:
    def __init__(self, work):
        manifest, recipe = work.manifest, work.manifest["recipe"]
        # Dropout draws masks of its own, other ones for another seed.
        torch.manual_seed(recipe["seed"])
        self.model = nn.Sequential(*[m for layer in manifest["layers"] for m in modules_of(layer)])
        parameters = list(self.model.parameters())
        assert sum(p.numel() for p in parameters) == manifest["parameters"]
        with torch.no_grad():
            for parameter, values in zip(parameters, work.weights()):
                parameter.copy_(values)
        self.channels_last = settings.get("memory") == "channels_last"
        if self.channels_last:
            self.model = self.model.to(memory_format=torch.channels_last)
        foreach = {"foreach": True} if settings.get("adam") == "foreach" else {}
        adam = manifest["adam"]
        rule = {"betas": (adam["beta1"], adam["beta2"]), "eps": adam["epsilon"], "lr": recipe["learningRate"]}
        self.optimizer = torch.optim.Adam(self.model.parameters(), **rule, **foreach)
        self.scaling = manifest["scaling"]
        self.pixels, self.labels = work.images()
        self.order, self.batch = work.order(), recipe["batchSize"]
        self.trained, self.done = manifest["images"]["trained"], 0

    def inputs(self, indices):
        images = (self.pixels[indices].float() - self.scaling["offset"]) * self.scaling["factor"]
        return images.contiguous(memory_format=torch.channels_last) if self.channels_last else images

    def run(self, times):
        loss = None
        for _ in range(times):
            first = self.done * self.batch % len(self.order)
            self.done += 1
            indices = self.order[first : first + self.batch]
            loss = F.cross_entropy(self.model(self.inputs(indices)), self.labels[indices])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
        return {"loss": loss.item()} if loss is not None else {}

    def validate(self):
        self.model.eval()
        right = 0
        with torch.no_grad():
            for first in range(self.trained, len(self.labels), 200):
                indices = torch.arange(first, min(first + 200, len(self.labels)))
                read = self.model(self.inputs(indices)).argmax(1)
                right += (read == self.labels[indices]).sum().item()
        self.model.train()
        return {"right": right}


class Operation:
    """One product of a convolution or dense layer: its output, or the gradient of one operand."""

    def __init__(self, work, wanted):
        layer, which = work.manifest["layers"][wanted["layer"]], wanted["which"]
        batch = work.manifest["recipe"]["batchSize"]
        self.compute = dense(layer, batch)[which] if layer["kind"] == "dense" else conv(layer, batch, which)

    def run(self, times):
        # No product here needs a tape.
        with torch.no_grad():
            for _ in range(times):
                self.compute()
        return {}


def dense(layer, batch):
    inputs, units = layer["inputShape"][0], layer["units"]
    x, dy = torch.randn(batch, inputs), torch.randn(batch, units)
    weights, bias = torch.randn(units, inputs), torch.randn(units)
    return {
        "forward": lambda: F.linear(x, weights, bias),
        "weight gradient": lambda: dy.t() @ x,
        "input gradient": lambda: dy @ weights,
    }


def conv(layer, batch, which):
    height, width, channels = layer["inputShape"]
    out_height, out_width, filters = layer["outputShape"]
    side, stride, padding = layer["kernelSize"], layer["stride"], padding_of(layer)
    x, dy = torch.randn(batch, channels, height, width), torch.randn(batch, filters, out_height, out_width)
    weights, bias = torch.randn(filters, channels, side, side), torch.randn(filters)
    if settings.get("memory") == "channels_last":
        x, dy, weights = (t.contiguous(memory_format=torch.channels_last) for t in (x, dy, weights))
    if which == "forward":
        return lambda: F.conv2d(x, weights, bias, stride=stride, padding=padding)
    wanted = {"input gradient": (True, False, False), "weight gradient": (False, True, False)}[which]
    return lambda: torch.ops.aten.convolution_backward(
        dy, x, weights, [filters], [stride] * 2, [padding] * 2, [1, 1], False, [0, 0], 1, wanted
    )


class Peak:
    """The product of two large matrices: what its BLAS does at its best."""

    SIDE = 1024

    def __init__(self):
        self.a, self.b = torch.randn(self.SIDE, self.SIDE), torch.randn(self.SIDE, self.SIDE)

    def run(self, times):
        for _ in range(times):
            torch.mm(self.a, self.b)
        return {}


def loaded_blas():
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return []
    return sorted(set(re.findall(r"\S+/lib[^/\s]*(?:blas|mkl|blis)[^/\s]*", maps.read_text())))


def blas():
    """What multiplies its matrices, which may be ten times as slow as another: as built, and loaded."""
    built = re.findall(r"BLAS_INFO=(\w+)", torch.__config__.show())
    # Debian names whatever BLAS is installed libblas; where it lies tells which one it is.
    return ", ".join([f"built for {name}" for name in built] + loaded_blas())


def blas_threads():
    """How many threads multiply matrices, as the library itself tells it: torch.set_num_threads reaches
    MKL, but no OpenBLAS with threads of its own, which reads the environment when it is loaded."""
    for path in loaded_blas():
        library = ctypes.CDLL(path)
        for name in ("openblas_get_num_threads", "MKL_Get_Max_Threads", "bli_thread_get_num_threads"):
            if hasattr(library, name):
                return getattr(library, name)()
    return None


def bound_to(threads):
    """What computes on more threads than it was told has no place in a table; an OpenBLAS takes no more than
    there are cores, which the facts tell."""
    torch.set_num_threads(threads)
    used = blas_threads()
    if used is not None and used > threads:
        raise RuntimeError(f"its BLAS uses {used} threads, more than {threads}: {blas()}")
    if torch.get_num_threads() != threads:
        raise RuntimeError(f"it uses {torch.get_num_threads()} threads, not {threads}")
    return {"threads": threads, "threads of its BLAS": "unknown" if used is None else used}


def die_with_parent():
    """Who is stopped between its turns would outlive a parent that was killed."""
    if sys.platform == "linux":
        PR_SET_PDEATHSIG = 1
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def answer(request):
    global settings, work, current
    do = request["do"]
    if do == "open":
        settings = request["options"]["settings"]
        threads = bound_to(request["options"]["threads"])
        facts = {"PyTorch": torch.__version__, "BLAS": blas(), **threads}
        return {"facts": {**facts, "CPU capability": capability()}}
    if do == "load":
        work = Work(request)
        return {}
    if do == "step":
        current = Step(work)
        return {"facts": {}}
    if do == "operation":
        wanted = request["operation"]
        if work.manifest["layers"][wanted["layer"]]["kind"] not in ("conv2d", "dense"):
            return {"absent": True}
        current = Operation(work, wanted)
        return {"facts": {}}
    if do == "peak":
        current = Peak()
        return {"flops": 2 * Peak.SIDE**3}
    if do == "run":
        return current.run(request["times"])
    if do == "validate":
        return current.validate()
    raise ValueError(f"PyTorch does not know how to {do}")


def capability():
    found = re.findall(r"CPU capability usage: (\w+)", torch.__config__.show())
    return found[0] if found else "unknown"


work = None
current = None
die_with_parent()
for line in sys.stdin:
    try:
        told = answer(json.loads(line))
    except Exception as error:
        told = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(told), flush=True)
