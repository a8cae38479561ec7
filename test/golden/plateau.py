"""Learning rates by torch.optim.lr_scheduler.ReduceLROnPlateau, for test/engine/train/schedule.test.ts.

PyTorch 2.13.0, CPU. `eps` is 0: Cutpoint lowers the rate however little that is. Where training ends below a minimum, PyTorch
has none (min_lr 0), and the caller stops, as in appendix A.1 of Peng et al. 2023: `trained` is the number of epochs that are
trained then. Tolerance of the test: 1e-12 relative. -P, because this folder has a statistics.py:

    python -P test/golden/plateau.py > test/golden/plateau.json
"""

import json
import random

import torch


def rates(values, *, mode, minimum=0.0, **options):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimiser = torch.optim.SGD([parameter], lr=0.1)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimiser, mode=mode, min_lr=minimum, eps=0, **options)
    found = []
    for value in values:
        optimiser.step()
        scheduler.step(value)
        found.append(optimiser.param_groups[0]["lr"])
    return found


drawn = random.Random(13)
# Gains that become smaller than the thresholds, with noise.
score = [round(0.9 - 0.4 * 0.8**epoch + drawn.uniform(-0.004, 0.004), 4) for epoch in range(60)]
loss = [round(0.3 + 0.9 * 0.8**epoch + drawn.uniform(-0.006, 0.006), 4) for epoch in range(60)]

cases = []
for mode, values in (("max", score), ("min", loss)):
    for threshold_mode, threshold in (("rel", 1e-4), ("rel", 0.02), ("abs", 1e-4), ("abs", 0.01)):
        options = dict(factor=0.5, patience=2, threshold=threshold, threshold_mode=threshold_mode)
        stays = rates(values, mode=mode, minimum=0.01, **options)
        free = rates(values, mode=mode, **options)
        # The epoch after which the rate is below 0.01 for the first time is the last one.
        trained = next((epoch for epoch, rate in enumerate(free, 1) if rate < 0.01), len(values))
        cases.append(
            dict(mode=mode, threshold=threshold, thresholdMode=threshold_mode, stays=stays, free=free, trained=trained)
        )

print(json.dumps(dict(torch=torch.__version__, score=score, loss=loss, cases=cases), indent=1))
