import type { CutpointError } from '../contract/errors.ts';

export interface TransportListener {
  message(message: unknown): void;
  /** Once, whoever closed; `reason` where the transport knows more than that the other side is gone. */
  closed(reason?: CutpointError): void;
}

/**
 * An ordered, reliable channel of messages between two processes (or two parts of one). The same holds over each:
 *
 * - Lists, records, strings, booleans, null and numbers arrive as they are, NaN and the infinities too; the sign of a zero
 *   may be lost.
 * - A property that is undefined arrives as none. Items of a list are never undefined.
 * - Bytes, a `Uint8Array` or what derives from it, arrive as a `Uint8Array` with a buffer of its own: of a part of a larger
 *   buffer only the part travels, and what arrives can be read as samples of any size.
 * - From a window, a reactive proxy is sent as what it stands for.
 * - Functions cannot be sent, and of other typed arrays, dates and maps nothing is promised.
 */
export interface Transport {
  /** Messages to a closed transport are dropped. Throws where the message cannot be serialised. */
  send(message: unknown): void;
  /** Called once; nothing is delivered, and nothing is lost, before. */
  listen(listener: TransportListener): void;
  close(): void;
}
