import type { CutpointError } from '../contract/errors.ts';

export interface TransportListener {
  message(message: unknown): void;
  /** Once, whoever closed; `reason` where the transport knows more than that the other side is gone. */
  closed(reason?: CutpointError): void;
}

/** An ordered, reliable channel of messages between two processes (or two parts of one). */
export interface Transport {
  /** Messages to a closed transport are dropped. Throws where the message cannot be serialised. */
  send(message: unknown): void;
  /** Called once; nothing is delivered, and nothing is lost, before. */
  listen(listener: TransportListener): void;
  close(): void;
}
