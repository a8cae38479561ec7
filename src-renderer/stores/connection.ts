import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { CutpointError, type ErrorReply } from '../../src-main/contract/errors.ts';
import type { Client } from '../../src-main/contract/index.ts';
import type { DoctorReport } from '../../src-main/contract/system.ts';
import { openConnection, type Connection, type EngineNotice } from '../connection.ts';

const engineCrashed: ErrorReply = {
  code: 'ENGINE_CRASHED',
  message: 'The engine stopped unexpectedly. Every finished epoch is kept.',
};

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

  async function open(): Promise<void> {
    lost.value = null;
    try {
      connection.value = await openConnection({
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
        onLost: (error) => (lost.value = error),
      });
      await examine();
    } catch (thrown) {
      lost.value = CutpointError.from(thrown).toReply();
    }
  }

  /** Which engines run here. An answer also proves that the engine is up. */
  async function examine(): Promise<void> {
    doctor.value = await call('system.doctor', {});
    engine.value = { state: 'ready' };
  }

  const call: Client['call'] = (method, input, options) => {
    if (!connection.value) {
      throw new CutpointError('CONNECTION_LOST', 'This window is not connected to Cutpoint.', {
        remedy: 'Check that Cutpoint is still running, then load this page again.',
      });
    }
    return connection.value.client.call(method, input, options);
  };

  return { connection, engine, crashes, crash, lost, doctor, notes, open, examine, call };
});
