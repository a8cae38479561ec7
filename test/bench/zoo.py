"""Forward pass at inference and one training step of a torchvision network, channels-last: the peer of test/bench/zoo.ts and
test/bench/gpu.ts. Usage: zoo.py BATCH SIZE STEPS NAME [PRECISION [DEVICE [compiled]]]; float32 and cpu where they are left
out. With bfloat16, training is under autocast; with `compiled`, by torch.compile, which needs a C++ compiler. Prints one JSON
line."""
import json, resource, sys, time
import torch, torchvision
from torch import nn

batch, size, steps = map(int, sys.argv[1:4])
name, precision, device = (sys.argv[4:] + ['float32', 'cpu'][max(0, len(sys.argv) - 5):])[:3]
compiled = sys.argv[7:] == ['compiled']
cuda = device == 'cuda'
torch.set_num_threads(2)
torch.manual_seed(0)
last = torch.channels_last
net = torchvision.models.get_model(name, weights=None, num_classes=2).to(device, memory_format=last)
if compiled:
    net = torch.compile(net)
optimiser = torch.optim.Adam(net.parameters(), lr=1e-4, fused=True)
x = torch.randn(batch, 3, size, size).to(device, memory_format=last)
y = (torch.arange(batch) % 2).to(device)


def timed(work):
    seconds = []
    for _ in range(steps):
        start = time.perf_counter()
        work()
        if cuda:
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
    return seconds


def train():
    optimiser.zero_grad(set_to_none=True)
    with torch.autocast(device, torch.bfloat16, enabled=precision == 'bfloat16'):
        loss = nn.functional.cross_entropy(net(x), y)
    loss.backward()
    optimiser.step()


net.eval()
with torch.no_grad():
    forward = timed(lambda: net(x))
net.train()
seconds = timed(train)
peak = torch.cuda.max_memory_allocated() if cuda else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"forward": forward, "seconds": seconds, "peakBytes": peak}))
