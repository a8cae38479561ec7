import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { CutpointError, type ErrorReply } from '../../src-main/contract/errors.ts';
import type { Client } from '../../src-main/contract/index.ts';
import type { DoctorReport } from '../../src-main/contract/system.ts';
import { openConnection, type Connection, type EngineNotice } from './connection.ts';

const engineCrashed: ErrorReply = {
  code: 'ENGINE_CRASHED',
  message: 'The engine stopped unexpectedly. Every finished epoch is kept.',
};

/** Milliseconds before a lost connection is tried again; twice as many after each attempt, up to the longest. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 20_000;
/** Milliseconds before something is asked again at the soonest. */
const SOON = 50;

/** The way to the engine, and how the engine is. */
export const useConnection = defineStore('connection', () => {
  const connection = shallowRef<Connection | null>(null);
  const engine = shallowRef<EngineNotice>({ state: 'starting' });
  /** Counts the engine's crashes while this window was open. */
  const crashes = ref(0);
  /** The last crash, until it is dismissed. */
  const crash = shallowRef<ErrorReply | null>(null);
  const lost = shallowRef<ErrorReply | null>(null);
  const doctor = shallowRef<DoctorReport | null>(null);
  /** What the engine said of the workspace when it opened it, until it is dismissed. */
  const notes = shallowRef<readonly string[]>([]);

  /** The connection is gone, whether or not the person still wants to read of it. */
  const broken = ref(false);
  const reachable = computed(() => connection.value !== null && !broken.value && engine.value.state === 'ready');
  let trying: ReturnType<typeof setTimeout> | undefined;
  /** Of several attempts the last one counts. */
  let latest: object = {};

  /** Connects, or says why not. */
  async function open(): Promise<void> {
    clearTimeout(trying);
    lost.value = null;
    try {
      await attempt();
    } catch (thrown) {
      lose(CutpointError.from(thrown).toReply());
    }
  }

  async function attempt(): Promise<void> {
    const mine = (latest = {});
    const opened = await openConnection({
      onEngine: (notice) => {
        if (notice.state === 'crashed') {
          crashes.value += 1;
          crash.value = notice.error ?? engineCrashed;
        }
        engine.value = notice;
        if (notice.notes) notes.value = notice.notes;
        // Where this fails, the next notice says why.
        if (notice.state === 'ready') examine().catch(() => {});
      },
      onLost: (error) => {
        if (latest === mine) lose(error);
      },
    });
    if (latest !== mine) return opened.client.close();
    connection.value = opened;
    await examine();
  }

  function lose(error: ErrorReply): void {
    lost.value = error;
    broken.value = true;
    clearTimeout(trying);
    // Whom the shell does not admit, it will not admit later.
    if (error.code === 'CONNECTION_LOST') tryLater(FIRST_PAUSE);
  }

  /** A laptop that slept, a shell that was started again: the connection comes back by itself. */
  function tryLater(pause: number): void {
    clearTimeout(trying);
    trying = setTimeout(() => {
      attempt().catch(() => {
        if (lost.value?.code !== 'TOKEN_INVALID') tryLater(Math.min(2 * pause, LONGEST_PAUSE));
      });
    }, pause);
  }

  /** Resolves once the engine can be asked again, soon at best. @throws CutpointError CANCELLED where the signal aborts before */
  async function again(signal?: AbortSignal): Promise<void> {
    // Whatever happens: who asks again and again lets the window live.
    await new Promise((done) => setTimeout(done, SOON));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => reject(new CutpointError('CANCELLED', 'The task was cancelled.'));
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted) leave();
    const stop = watch(reachable, (is) => is && resolve(), { immediate: true });
    await promise.finally(() => {
      stop();
      signal?.removeEventListener('abort', leave);
    });
  }

  /** Which engines run here. An answer also proves that the engine is up, and the way to it. */
  async function examine(): Promise<void> {
    doctor.value = await call('system.doctor', {});
    engine.value = { state: 'ready' };
    broken.value = false;
    lost.value = null;
  }

  const call: Client['call'] = (method, input, options) => {
    if (!connection.value) {
      throw new CutpointError('CONNECTION_LOST', 'This window is not connected to Cutpoint.', {
        remedy: 'Check that Cutpoint is still running, then load this page again.',
      });
    }
    return connection.value.client.call(method, input, options);
  };

  return { connection, engine, crashes, crash, lost, doctor, notes, reachable, open, again, examine, call };
});
