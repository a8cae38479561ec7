import { readFileSync } from 'node:fs';

/** What Linux calls it, on x86 and on Arm. */
const FLAGS = ['avx512_bf16', 'amx_bf16', 'bf16'];

/**
 * Whether the processor computes on bfloat16 by itself; null where the system does not tell. `CUTPOINT_BFLOAT16=0` says no,
 * so that what is left open is trained in float32: which is the faster one is timed, and another time may say otherwise.
 */
export function hasBfloat16(): boolean | null {
  if (process.env.CUTPOINT_BFLOAT16 === '0') return false;
  try {
    const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' ');
    return flags ? FLAGS.some((flag) => flags.includes(flag)) : null;
  } catch {
    return null;
  }
}
