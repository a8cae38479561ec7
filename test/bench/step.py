"""One training step of ResNet-50 in PyTorch, channels-last, float32: the peer of test/bench/step.ts.
Usage: step.py BATCH SIZE STEPS; prints one JSON line. The network is torchvision's, written out (no torchvision needed)."""
import json, resource, sys, time
import torch
from torch import nn

batch, size, steps = map(int, sys.argv[1:4])
torch.set_num_threads(2)
torch.manual_seed(0)


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, width, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True),
            nn.Conv2d(width, width * 4, 1, bias=False), nn.BatchNorm2d(width * 4))
        self.relu = nn.ReLU(inplace=True)
        self.short = None
        if stride != 1 or inputs != width * 4:
            self.short = nn.Sequential(nn.Conv2d(inputs, width * 4, 1, stride, bias=False), nn.BatchNorm2d(width * 4))

    def forward(self, x):
        return self.relu(self.body(x) + (x if self.short is None else self.short(x)))


def resnet50(classes):
    layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for width, depth, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for i in range(depth):
            layers.append(Bottleneck(inputs, width, stride if i == 0 else 1))
            inputs = width * 4
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2048, classes))


net = resnet50(2).to(memory_format=torch.channels_last).train()
optimiser = torch.optim.Adam(net.parameters(), lr=1e-4, fused=True)
x = torch.randn(batch, 3, size, size).to(memory_format=torch.channels_last)
y = torch.arange(batch) % 2
seconds = []
for _ in range(steps):
    start = time.perf_counter()
    optimiser.zero_grad(set_to_none=True)
    nn.functional.cross_entropy(net(x), y).backward()
    optimiser.step()
    seconds.append(time.perf_counter() - start)
print(json.dumps({"seconds": seconds, "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
