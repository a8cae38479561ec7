#!/usr/bin/env node
// Plain JavaScript, because it may be an older Node that reads it: the rest of Cutpoint is TypeScript, which Node 24 runs
// as it is. An older Node hands over to the Node 24 that set-up put into node_modules.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { node24 } from '../scripts/setup/places.mjs';

if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import('../src-main/cli/main.ts');
} else if (existsSync(node24)) {
  const child = spawn(node24, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal's Ctrl+C reaches the child by itself; this process stays to pass on how it ended.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (status, signal) => {
    if (!signal) process.exit(status ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
} else {
  console.error('Cutpoint is not set up here yet. Run `npm run setup` in its folder first.');
  process.exit(1);
}
