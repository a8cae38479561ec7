import type { z } from 'zod';
import { backboneMethods } from './backbone.ts';
import { catalogueMethods } from './catalogue.ts';
import { dataMethods } from './data.ts';
import { explainMethods } from './explain.ts';
import { modelMethods } from './model.ts';
import { probeMethods } from './probe.ts';
import { runMethods } from './run.ts';
import { similarityMethods } from './similarity.ts';
import { sourceMethods } from './source.ts';
import { storageMethods } from './storage.ts';
import { studyMethods } from './study/index.ts';
import { systemMethods } from './system.ts';

/** Every method of the engine, declared once; shells and renderer know nothing else of it. */
export const contract = {
  ...systemMethods,
  ...dataMethods,
  ...backboneMethods,
  ...sourceMethods,
  ...catalogueMethods,
  ...runMethods,
  ...studyMethods,
  ...modelMethods,
  ...probeMethods,
  ...similarityMethods,
  ...explainMethods,
  ...storageMethods,
};

export type Contract = typeof contract;
export type MethodName = keyof Contract;
/** What a caller passes (defaults may be left out). */
export type InputOf<M extends MethodName> = z.input<Contract[M]['input']>;
/** What a handler receives (defaults filled in). */
export type ParsedInputOf<M extends MethodName> = z.output<Contract[M]['input']>;
export type OutputOf<M extends MethodName> = z.output<Contract[M]['output']>;
export type ProgressOf<M extends MethodName> = Contract[M] extends { progress?: infer P }
  ? P extends z.ZodType
    ? z.output<P>
    : never
  : never;

/** What a handler may do besides answering: report progress, and learn that nobody waits for the answer any more. */
export interface CallContext<M extends MethodName> {
  signal: AbortSignal;
  progress(event: ProgressOf<M>): void;
}

/** The engine's side of the contract. */
export type Handlers = {
  [M in MethodName]: (input: ParsedInputOf<M>, call: CallContext<M>) => Promise<OutputOf<M>> | OutputOf<M>;
};

/** The caller's side of the contract, the same over every transport. Throws CutpointError. */
export interface Client {
  call<M extends MethodName>(
    method: M,
    input: InputOf<M>,
    options?: { signal?: AbortSignal; onProgress?: (event: ProgressOf<M>) => void },
  ): Promise<OutputOf<M>>;
  close(): void;
}
