import { CutpointError } from '../contract/errors.ts';
import type { Contract } from '../contract/index.ts';
import type { ClientOf, InputOfMethod, MethodTable, OutputOfMethod, ProgressOfMethod } from '../contract/method.ts';
import { connectionLost, endOf, hasLeft } from './ends.ts';
import { calleeMessage, type CallerMessage, type EngineState } from './messages.ts';
import type { Transport } from './transport.ts';

interface Pending {
  /** Number of the next progress event. */
  seq: number;
  progress(event: unknown): void;
  resolve(output: unknown): void;
  reject(error: CutpointError): void;
}

/**
 * The caller's side over `transport`. A call whose signal aborts rejects with CANCELLED at once; the other side hears
 * whether that was said or, the reason being CONNECTION_LOST, whoever asked here is gone. When the connection ends every
 * pending and later call rejects with the transport's reason, or CONNECTION_LOST. Needs no Node.
 */
export function connect<T extends MethodTable = Contract>(
  transport: Transport,
  options: { onNotice?: (state: EngineState) => void } = {},
): ClientOf<T> {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let lost: CutpointError | undefined;
  const send = (message: CallerMessage) => transport.send(message);

  function lose(reason: CutpointError): void {
    lost ??= reason;
    for (const call of [...pending.values()]) call.reject(lost);
  }

  function receive(raw: unknown): void {
    const message = calleeMessage.safeParse(raw).data;
    if (message?.kind === 'notice') return options.onNotice?.(message.engine);
    // An id that is not pending was cancelled: what still arrives for it is late.
    const call = message && pending.get(message.id);
    if (message?.kind === 'result') call?.resolve(message.output);
    if (message?.kind === 'error') call?.reject(CutpointError.fromReply(message.error));
    if (message?.kind === 'data' && call) {
      if (message.seq === call.seq++) call.progress(message.event);
      else call.reject(new CutpointError('DEFECT', 'Progress of a task arrived out of order.'));
    }
  }

  transport.listen({ message: receive, closed: (reason) => lose(reason ?? connectionLost()) });

  return {
    call<M extends keyof T & string>(
      method: M,
      input: InputOfMethod<T[M]>,
      { signal, onProgress }: { signal?: AbortSignal; onProgress?: (event: ProgressOfMethod<T[M]>) => void } = {},
    ): Promise<OutputOfMethod<T[M]>> {
      return new Promise<OutputOfMethod<T[M]>>((resolve, reject) => {
        if (lost) return reject(lost);
        if (signal?.aborted) return reject(endOf(signal));
        const id = nextId++;
        const settle = () => {
          pending.delete(id);
          signal?.removeEventListener('abort', cancel);
        };
        const abandon = (error: unknown) => {
          settle();
          send({ kind: 'cancel', id, ...(signal && hasLeft(signal) && { left: true }) });
          reject(error);
        };
        const cancel = () => abandon(signal && endOf(signal));
        pending.set(id, {
          seq: 0,
          progress(event) {
            try {
              onProgress?.(event as ProgressOfMethod<T[M]>);
            } catch (thrown) {
              abandon(thrown);
            }
          },
          resolve(output) {
            settle();
            resolve(output as OutputOfMethod<T[M]>);
          },
          reject(error) {
            settle();
            reject(error);
          },
        });
        signal?.addEventListener('abort', cancel);
        try {
          send({ kind: 'call', id, method, input });
        } catch (thrown) {
          pending.get(id)?.reject(CutpointError.from(thrown));
        }
      });
    },
    close() {
      lose(new CutpointError('CANCELLED', 'The connection to the engine was closed.'));
      transport.close();
    },
  };
}
