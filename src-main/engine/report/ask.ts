import type { InputOf, MethodName, OutputOf } from '../../contract/index.ts';
import type { Workspace } from '../store/workspace.ts';

/** What a report is gathered with: what is stored, and answers of the engine to whoever asks. */
export interface Sources {
  workspace: Workspace;
  ask<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  progress(message: string): void;
  signal: AbortSignal;
  /** Images of patients are shown. */
  images: boolean;
}
