"""What PyTorch takes to load a file of weights: the peer of test/bench/import.ts. Usage: import.py FILE; prints one JSON
line, or fails for a file that PyTorch does not read."""
import json, resource, sys, time
import torch

path = sys.argv[1]
if path.endswith('.safetensors'):
    from safetensors.torch import load_file as load
elif path.endswith('.pth'):
    load = lambda path: torch.load(path, weights_only=True)
else:
    sys.exit('not a format of PyTorch')
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
before, started = peak(), time.perf_counter()
# A copy of each tensor, because a mapped file is not in memory before it is used.
tensors = {name: tensor.clone() for name, tensor in load(path).items()}
seconds = time.perf_counter() - started
print(json.dumps({'seconds': seconds, 'growth': peak() - before}))
