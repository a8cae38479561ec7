// One import in a process of its own: importWorker.ts FILE BACKBONE; prints one JSON line. See test/bench/import.ts.
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { importWeights } from '../../src-main/engine/weights/import.ts';

const [path, name] = process.argv.slice(2) as [string, string];
const backbone = findBackbone(name);
const before = process.memoryUsage.rss();
const started = performance.now();
const { report } = await importWeights(path, backbone);
const seconds = (performance.now() - started) / 1000;
if (report.missing.length + report.mismatched.length > 0) throw new Error('the weights do not fit');
console.log(JSON.stringify({ seconds, growth: process.resourceUsage().maxRSS * 1024 - before }));
