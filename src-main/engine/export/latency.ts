import { cpus } from 'node:os';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import type { ImageSize } from '../../backbone/shapes.ts';
import type { Latency } from '../../contract/certificate.ts';
import { threadsHere } from '../host/limits.ts';
import { breathe } from '../breathe.ts';
import { ONNX_INPUT } from './onnx/network.ts';

const BATCHES = [1, 16] as const;
const WARM_UP = 3;
export const RUNS = 50;
/** Idle threads of one session would otherwise go on turning, on the processors that the next one is timed on. */
const NO_SPINNING = { session: { intra_op: { allow_spinning: '0' } } };

/**
 * The median time of a call on this machine's processor, in onnxruntime, for ONNX networks that take images of this size.
 * All are measured in turn, so that what else the machine does falls on them alike.
 * @throws the signal's reason when it is aborted
 */
export async function measureLatency(
  networks: Readonly<Partial<Record<'exported' | 'full', Uint8Array>>>,
  { height, width }: ImageSize,
  {
    batches = BATCHES,
    runs = RUNS,
    progress,
    signal,
  }: { batches?: readonly number[]; runs?: number; progress: (message: string) => void; signal: AbortSignal },
): Promise<Latency> {
  const threads = threadsHere();
  const sessions: { network: 'exported' | 'full'; session: InferenceSession }[] = [];
  try {
    for (const [network, bytes] of Object.entries(networks) as ['exported' | 'full', Uint8Array][]) {
      const options = { executionProviders: ['cpu'], intraOpNumThreads: threads, extra: NO_SPINNING };
      sessions.push({ network, session: await InferenceSession.create(bytes, options) });
    }
    const rows: Latency['rows'] = [];
    for (const batch of batches) {
      const pixels = Uint8Array.from({ length: batch * height * width * 3 }, (_, index) => (index * 31) % 256);
      const image = new Tensor('uint8', pixels, [batch, height, width, 3]);
      const times = sessions.map(() => [] as number[]);
      for (let run = -WARM_UP; run < runs; run++) {
        if (run % 10 === 0)
          progress(`Measuring how long ${batch === 1 ? 'one image takes' : `${batch} images take`}: ${run} of ${runs}`);
        for (const [index, { session }] of sessions.entries()) {
          signal.throwIfAborted();
          const start = performance.now();
          await session.run({ [ONNX_INPUT]: image });
          if (run >= 0) times[index]!.push(performance.now() - start);
          await breathe();
        }
      }
      sessions.forEach(({ network }, index) => rows.push({ network, batch, milliseconds: median(times[index]!) }));
    }
    return {
      runtime: `onnxruntime ${env.versions.node}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      threads,
      runs,
      rows,
    };
  } finally {
    for (const { session } of sessions) await session.release();
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
