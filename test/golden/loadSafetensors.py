"""Puts the weights that `writeExports.ts` wrote as safetensors into torchvision's own networks, and compares.

    node test/golden/writeExports.ts FOLDER && python test/golden/loadSafetensors.py FOLDER

torch 2.15.0, torchvision 0.29.2, safetensors. The whole networks of torchvision's dialect are rebuilt: every tensor of the
file but the head's must find its place, and no parameter of the features may be left without one. Preprocessing, pooling
and the head `head_dense` are added here, as the file holds weights alone. Largest difference of a probability: 1e-4.
"""

import json
import pathlib
import sys

import numpy as np
import torch
import torchvision
from safetensors.torch import load_file

TOLERANCE = 1e-4
# Networks that the cases take whole, and what of torchvision's module is the classifier.
WHOLE = {
    'resnet50': ('fc',),
    'mobilenet_v3_small': ('classifier',),
    'efficientnet_b0': ('classifier',),
    'inception_v3': ('fc', 'AuxLogits'),
    'alexnet': ('classifier',),
    'convnext_tiny': ('classifier',),
}
folder = pathlib.Path(sys.argv[1])
golden = json.loads((folder / 'cases.json').read_text())
shape = (golden['images'], golden['height'], golden['width'], 3)
images = torch.from_numpy(np.fromfile(folder / 'images.bin', np.uint8).reshape(shape).astype(np.float32))


def features(network, model, x):
    if network == 'resnet50':
        x = model.maxpool(model.relu(model.bn1(model.conv1(x))))
        return model.layer4(model.layer3(model.layer2(model.layer1(x))))
    if network == 'inception_v3':
        kept = {}
        model.Mixed_7c.register_forward_hook(lambda _m, _i, output: kept.update(output=output))
        model._forward(x)
        return kept['output']
    return model.features(x)


worst = 0.0
for case in golden['cases']:
    network = case['network']
    if network not in WHOLE:
        continue
    weights = load_file(folder / f'{network}.safetensors')
    head = [weights.pop('head_dense.weight'), weights.pop('head_dense.bias')]
    options = {'transform_input': False, 'init_weights': False} if network == 'inception_v3' else {}
    model = getattr(torchvision.models, network)(weights=None, **options).eval()
    missing, unexpected = model.load_state_dict(weights, strict=False)
    left = [name for name in missing if not name.startswith(WHOLE[network]) and not name.endswith('num_batches_tracked')]
    assert not unexpected and not left, (unexpected, left)
    with torch.inference_mode():
        x = (images / 255 - torch.tensor(case['mean'])) / torch.tensor(case['std'])
        pooled = features(network, model, x.permute(0, 3, 1, 2)).mean((2, 3))
        probabilities = torch.softmax(torch.nn.functional.linear(pooled, *head), 1).numpy()
    figure = np.abs(probabilities - np.array(case['expected']).reshape(len(images), -1)).max()
    worst = max(worst, figure)
    print(f'{network}: {figure:.1e}')
print(f'largest difference {worst:.1e}')
assert worst <= TOLERANCE
