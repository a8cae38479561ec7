#!/usr/bin/env node
// Plain JavaScript, because it may be an older Node that reads it: the rest of Cutpoint is TypeScript, which Node 24 runs
// as it is. An older Node hands over to the Node 24 that set-up put into node_modules.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { keepCompiled } from '../scripts/setup/compiled.mjs';
import { isRecent, node24 } from '../scripts/setup/places.mjs';
import { handOver } from '../scripts/setup/process.mjs';

if (isRecent(process.versions.node)) {
  keepCompiled();
  await import('../src-main/cli/main.ts');
} else if (existsSync(node24)) {
  process.exitCode = await handOver(node24, [fileURLToPath(import.meta.url), ...process.argv.slice(2)]);
} else {
  console.error('Cutpoint is not set up here yet. Run `npm run setup` in its folder first.');
  process.exitCode = 1;
}
