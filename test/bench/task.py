"""A plain script that fine-tunes MobileNetV2 cut behind each of its blocks: the peer of test/bench/task.ts.
Usage: task.py FOLDER SIZE BATCH SHARE VALIDATION; FOLDER has a labels.csv with the columns file, label and group; SHARE of its
groups are taken, and of all groups VALIDATION are validated on. Prints one JSON line: the seconds of an epoch at each cut,
measured over two, decoding and validation included."""
import csv, json, sys, time
import torch, torchvision
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import v2

folder, size, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
share, validation = map(float, sys.argv[4:6])
EPOCHS = 2
torch.set_num_threads(2)
torch.manual_seed(0)

with open(f'{folder}/labels.csv') as file:
    rows = [(row['file'], row['label'], row['group']) for row in csv.DictReader(file)]
classes = sorted({label for _, label, _ in rows})
groups = sorted({group for _, _, group in rows})
order = [groups[at] for at in torch.randperm(len(groups)).tolist()]
held = set(order[:round(validation * len(groups))])
learnt = set(order[len(held):round(share * len(groups))])

plain = [v2.Resize((size, size)), v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([0.5] * 3, [0.5] * 3)]
seen = [v2.RandomHorizontalFlip(), v2.RandomAffine(10, scale=(1, 1.1)), v2.ColorJitter(brightness=0.1)]


class Pictures(Dataset):
    def __init__(self, of, steps):
        self.rows = [row for row in rows if row[2] in of]
        self.steps = v2.Compose(steps)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, at):
        file, label, _ = self.rows[at]
        return self.steps(Image.open(f'{folder}/{file}').convert('RGB')), classes.index(label)


train = DataLoader(Pictures(learnt, [*seen, *plain]), batch, shuffle=True, num_workers=2)
validate = DataLoader(Pictures(held, plain), batch, num_workers=2)
last = torch.channels_last
seconds = []
features = torchvision.models.mobilenet_v2(weights=None).features
for cut in range(1, len(features) + 1):
    net = nn.Sequential(*torchvision.models.mobilenet_v2(weights=None).features[:cut])
    width = net(torch.zeros(2, 3, size, size)).shape[1]
    net = nn.Sequential(net, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(width, len(classes)))
    net = net.to(memory_format=last)
    optimiser = torch.optim.Adam(net.parameters(), lr=3e-4, fused=True)
    started = time.perf_counter()
    for _ in range(EPOCHS):
        net.train()
        for x, y in train:
            optimiser.zero_grad(set_to_none=True)
            nn.functional.cross_entropy(net(x.to(memory_format=last)), y).backward()
            optimiser.step()
        net.eval()
        with torch.no_grad():
            for x, _ in validate:
                net(x.to(memory_format=last)).softmax(1)
    seconds.append((time.perf_counter() - started) / EPOCHS)
print(json.dumps({'seconds': seconds}))
