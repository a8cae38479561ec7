import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('./onnxProcess.ts', import.meta.url));

/** Milliseconds for opening a model and for one run of it; many times what the largest networks need on a slow machine. */
const DEADLINE = 120_000;

/** Milliseconds more for every byte of pixels: images of any size are resized in the graph. */
const PER_BYTE = 2e-3;

export type OnnxRequest =
  { model: Uint8Array } | { input: string; output: string; images: Uint8Array; shape: readonly number[] };
export type OnnxReply = { done: Float32Array | undefined } | { failed: string };

/** Why a model did not answer. */
export class OnnxFailure extends Error {
  readonly reason: 'failed' | 'late' | 'ended';
  constructor(reason: 'failed' | 'late' | 'ended', message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface OnnxSession {
  /**
   * The values of an output, or undefined where there is none of numbers.
   * @throws OnnxFailure
   */
  run(input: string, images: Uint8Array, shape: readonly number[], output: string): Promise<Float32Array | undefined>;
  close(): void;
}

/**
 * A model in a process of its own, which is ended where it does not answer in time: a file may hold loops without end or
 * ask for more memory than there is, and the engine's only thread must not wait for it.
 * @param deadline milliseconds for opening it and for each run
 * @throws OnnxFailure
 */
export async function openSession(model: Uint8Array, deadline = DEADLINE): Promise<OnnxSession> {
  const child = fork(ENTRY, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  const ask = (request: OnnxRequest, limit: number): Promise<Float32Array | undefined> => {
    const { promise, resolve, reject } = Promise.withResolvers<Float32Array | undefined>();
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new OnnxFailure('late', `it gave no answer in ${Math.round(limit / 1000)} seconds`));
    }, limit);
    const ended = () => reject(new OnnxFailure('ended', 'it ended the process that ran it, as a lack of memory does'));
    const heard = (reply: unknown) => {
      const told = reply as OnnxReply;
      if ('failed' in told) reject(new OnnxFailure('failed', told.failed));
      else resolve(told.done);
    };
    child.once('message', heard);
    child.once('exit', ended);
    child.once('error', ended);
    if (child.connected) child.send(request);
    else ended();
    return promise.finally(() => {
      clearTimeout(timer);
      child.off('message', heard);
      child.off('exit', ended);
      child.off('error', ended);
    });
  };
  const close = () => void child.kill('SIGKILL');
  // What comes after the last answer has been heard is nobody's.
  child.on('error', () => undefined);
  try {
    await ask({ model }, deadline);
  } catch (error) {
    close();
    throw error;
  }
  // One at a time: an answer does not say which question it belongs to.
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(input, images, shape, output) {
      const answer = last.then(() => ask({ input, output, images, shape }, deadline + PER_BYTE * images.length));
      last = answer.catch(() => undefined);
      return answer;
    },
    close,
  };
}
