"""A network of PyTorch's own, its state dict as safetensors, and its logits: make.py IMAGES WEIGHTS LOGITS TYPE."""

import json
import sys

import numpy
import torch
from torch import nn

images, weights, logits, kind = sys.argv[1:]
TYPES = {"F32": torch.float32, "F64": torch.float64, "F16": torch.float16, "BF16": torch.bfloat16}
torch.manual_seed(4)
model = nn.Sequential(
    nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.ReLU(),
    nn.Conv2d(8, 12, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(12 * 12 * 12, 32), nn.ReLU(), nn.Dropout(), nn.Linear(32, 10),
)  # fmt: skip
pixels = torch.from_numpy(numpy.fromfile(images, numpy.uint8).reshape(-1, 1, 28, 28)).float() / 255
with torch.no_grad():
    model(pixels)  # so that the statistics are of something
    model.eval()
    # What it makes of images with the weights that the file will have.
    model.to(TYPES[kind]).float()
    model(pixels).numpy().tofile(logits)

floats = {
    name: value.to(TYPES[kind]).contiguous()
    for name, value in model.state_dict().items()
    if value.is_floating_point()
}
header, offset = {}, 0
for name, value in floats.items():
    size = value.element_size() * value.numel()
    header[name] = {"dtype": kind, "shape": list(value.shape), "data_offsets": [offset, offset + size]}
    offset += size
text = json.dumps(header).encode()
with open(weights, "wb") as file:
    file.write(len(text).to_bytes(8, "little") + text)
    for value in floats.values():
        # NumPy has no bfloat16; the bytes are the same whatever they are called.
        file.write((value.view(torch.int16) if value.element_size() == 2 else value).numpy().tobytes())
