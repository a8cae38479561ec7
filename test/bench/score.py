"""Scores images with a torchvision network, eager, channels-last, behind a loader with two workers: the peer of
test/bench/score.ts. Usage: score.py SIZE NAME FILE…; prints one JSON line."""
import json, sys, time
import numpy as np
import torch, torchvision
from PIL import Image
from torch.utils.data import DataLoader, Dataset

size, name, paths = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
torch.set_num_threads(2)
mean, std = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])


class Pictures(Dataset):
    def __len__(self):
        return len(paths)

    def __getitem__(self, at):
        picture = Image.open(paths[at]).convert('RGB')
        scale = size / max(picture.size)
        small = picture.resize([max(1, round(side * scale)) for side in picture.size], Image.BICUBIC)
        square = Image.new('RGB', (size, size))
        square.paste(small, tuple((size - side) // 2 for side in small.size))
        return torch.from_numpy((np.asarray(square, np.float32) / 255 - mean) / std).permute(2, 0, 1)


net = torchvision.models.get_model(name, weights=None, num_classes=2).to(memory_format=torch.channels_last).eval()
with torch.no_grad():
    net(torch.zeros(16, 3, size, size).to(memory_format=torch.channels_last))
    started = time.perf_counter()
    for batch in DataLoader(Pictures(), batch_size=16, num_workers=2):
        torch.softmax(net(batch.to(memory_format=torch.channels_last)), 1).tolist()
print(json.dumps({"rate": len(paths) / (time.perf_counter() - started)}))
