import type { z } from 'zod';
import { CutpointError, type ErrorReply } from '../contract/errors.ts';
import { contract, type Contract } from '../contract/index.ts';
import type { CallOf, HandlersOf, Method, MethodTable } from '../contract/method.ts';
import { cancelled, connectionLost, endOf } from './ends.ts';
import { callerMessage, type CalleeMessage } from './messages.ts';
import type { Transport } from './transport.ts';

type AnyHandler = (input: unknown, call: CallOf<never>) => unknown;

export interface Connection {
  /** Tells the caller how the engine process fares (for shells). */
  notify(engine: Extract<CalleeMessage, { kind: 'notice' }>['engine']): void;
  /** Aborts every call in progress, as a lost connection does, and closes the transport. */
  close(): void;
}

/**
 * Answers calls that arrive over `transport`. Input, progress and output are checked against the contract (or another
 * table of methods). A handler's `signal` aborts with CANCELLED when the caller cancels, and with CONNECTION_LOST when the
 * caller is gone. A method without a handler is METHOD_UNKNOWN. `onDefect` hears of errors that are ours, with their cause,
 * which does not cross to the caller.
 */
export function serve<T extends MethodTable = Contract>(
  transport: Transport,
  handlers: Partial<HandlersOf<T>>,
  options: { methods?: T; onDefect?: (method: string, error: CutpointError) => void } = {},
): Connection {
  const methods: MethodTable = options.methods ?? contract;
  const running = new Map<number, AbortController>();
  const send = (message: CalleeMessage) => transport.send(message);

  async function answer(id: number, method: string, input: unknown, abort: AbortController): Promise<unknown> {
    const { declaration, handler } = lookUp(method, methods, handlers);
    const parsed = declaration.input.safeParse(input);
    if (!parsed.success) throw inputInvalid(method, parsed.error);
    let seq = 0;
    const progress = (event: unknown) => {
      // A handler may report once more before it notices that nobody listens.
      if (abort.signal.aborted || running.get(id) !== abort) return;
      send({ kind: 'data', id, seq: seq++, event: checked(declaration.progress, event, `progress of '${method}'`) });
    };
    const output = await handler(parsed.data, { signal: abort.signal, progress: progress as never });
    return checked(declaration.output, output, `answer of '${method}'`);
  }

  async function run(id: number, method: string, input: unknown): Promise<void> {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const output = await answer(id, method, input, abort);
      if (abort.signal.aborted) throw endOf(abort.signal);
      send({ kind: 'result', id, output });
    } catch (thrown) {
      // Whatever a handler throws on its way out of a cancelled call, the caller asked for it.
      const error = abort.signal.aborted ? endOf(abort.signal) : CutpointError.from(thrown);
      if (error.kind === 'defect') options.onDefect?.(method, error);
      sendError(id, error);
    } finally {
      running.delete(id);
    }
  }

  function sendError(id: number, error: CutpointError): void {
    const { details, ...plain } = error.toReply();
    try {
      send({ kind: 'error', id, error: { ...plain, ...(details && { details }) } satisfies ErrorReply });
    } catch {
      // Details that no serialiser takes must not cost the caller the sentence.
      send({ kind: 'error', id, error: plain });
    }
  }

  const abortAll = () => {
    for (const abort of running.values()) abort.abort(connectionLost());
  };
  transport.listen({
    message(raw) {
      const message = callerMessage.safeParse(raw).data;
      if (message?.kind === 'cancel') running.get(message.id)?.abort(message.left ? connectionLost() : cancelled());
      if (message?.kind === 'call' && !running.has(message.id)) void run(message.id, message.method, message.input);
    },
    closed: abortAll,
  });
  return {
    notify: (engine) => send({ kind: 'notice', engine }),
    close() {
      abortAll();
      transport.close();
    },
  };
}

function lookUp(method: string, methods: MethodTable, handlers: object): { declaration: Method; handler: AnyHandler } {
  if (Object.hasOwn(methods, method) && Object.hasOwn(handlers, method)) {
    return { declaration: methods[method]!, handler: (handlers as Record<string, AnyHandler>)[method]! };
  }
  throw new CutpointError('METHOD_UNKNOWN', `The engine has no method '${method}'.`, {
    remedy: 'The window and the engine are of different versions: restart Cutpoint.',
    details: { method },
  });
}

/** What a method was asked is not what it takes. */
export function inputInvalid(method: string, error: z.ZodError): CutpointError {
  const fields = error.issues.map((issue) => ({ field: issue.path.join('.') || 'input', problem: issue.message }));
  const sentence = fields.map(({ field, problem }) => `${field} (${problem})`).join(', ');
  return new CutpointError('INPUT_INVALID', `Some settings are missing or not allowed: ${sentence}.`, {
    remedy: 'Correct the named settings and try again.',
    details: { method, fields },
  });
}

function checked(schema: z.ZodType | undefined, value: unknown, what: string): unknown {
  const parsed = schema?.safeParse(value);
  if (parsed?.success) return parsed.data;
  const fields = parsed ? parsed.error.issues.map((issue) => issue.path.join('.') || 'value') : ['not declared'];
  throw new CutpointError('DEFECT', `The ${what} does not keep to the contract: ${fields.join(', ')}.`, {
    cause: parsed?.error,
    details: { fields },
  });
}
