"""Reads raw images with an exported model: read.py FOLDER IMAGES HEIGHT WIDTH CHANNELS LOGITS."""

import importlib.util
import json
import sys
import types
from pathlib import Path

import numpy
import torch


def load_file(path):
    """What safetensors.torch has, for a Python without that package; float32 alone."""
    data = Path(path).read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = numpy.frombuffer(data[start:end], numpy.float32).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


if importlib.util.find_spec("safetensors") is None:
    package, module = types.ModuleType("safetensors"), types.ModuleType("safetensors.torch")
    module.load_file = load_file
    sys.modules.update({"safetensors": package, "safetensors.torch": module})

folder, images, height, width, channels, logits = sys.argv[1:]
sys.path.insert(0, folder)
from model import load  # noqa: E402

shape = (-1, int(height), int(width), int(channels))
pixels = torch.from_numpy(numpy.fromfile(images, numpy.uint8).reshape(shape))
with torch.no_grad():
    load()(pixels).numpy().astype(numpy.float32).tofile(logits)
