"""Forward pass at inference and one training step of a torchvision network, channels-last, float32: the peer of
test/bench/zoo.ts. Usage: zoo.py BATCH SIZE STEPS NAME; prints one JSON line."""
import json, resource, sys, time
import torch, torchvision
from torch import nn

batch, size, steps = map(int, sys.argv[1:4])
torch.set_num_threads(2)
torch.manual_seed(0)
net = torchvision.models.get_model(sys.argv[4], weights=None, num_classes=2).to(memory_format=torch.channels_last)
optimiser = torch.optim.Adam(net.parameters(), lr=1e-4, fused=True)
x = torch.randn(batch, 3, size, size).to(memory_format=torch.channels_last)
y = torch.arange(batch) % 2


def timed(work):
    seconds = []
    for _ in range(steps):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def train():
    optimiser.zero_grad(set_to_none=True)
    nn.functional.cross_entropy(net(x), y).backward()
    optimiser.step()


net.eval()
with torch.no_grad():
    forward = timed(lambda: net(x))
net.train()
seconds = timed(train)
print(json.dumps({"forward": forward, "seconds": seconds,
                  "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
