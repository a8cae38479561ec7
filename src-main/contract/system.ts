import { z } from 'zod';
import { method } from './method.ts';

export const engineReport = z.object({
  engine: z.enum(['tensorflow', 'webgpu', 'wasm']),
  available: z.boolean(),
  /** What it computes on, e.g. `CPU, 2 threads` or the GPU's name. */
  device: z.string().nullable(),
  version: z.string().nullable(),
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
});
export type EngineReport = z.infer<typeof engineReport>;

export const doctorReport = z.object({
  version: z.string(),
  node: z.string(),
  platform: z.string(),
  cores: z.int(),
  /** Of the machine, or the container that the engine runs in. */
  memoryBytes: z.int(),
  /** What the process that computes keeps to now. */
  limits: z.object({ threads: z.int(), memoryBytes: z.int().nullable() }),
  workspace: z.string(),
  freeDiskBytes: z.int().nullable(),
  engines: z.array(engineReport),
  /** The engine that `auto` takes. */
  chosen: z.enum(['tensorflow', 'webgpu', 'wasm']).nullable(),
});
export type DoctorReport = z.infer<typeof doctorReport>;

export const systemMethods = {
  'system.doctor': method({ input: z.object({}), output: doctorReport }),
  /** Waits until no other program uses the engine, and tells how many do. */
  'system.alone': method({ input: z.object({}), output: z.null(), progress: z.object({ others: z.int() }) }),
};
