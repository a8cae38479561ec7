import { setImmediate } from 'node:timers/promises';
import { INSTRUCTIONS, STOP } from './pickleInstructions.ts';
import { Machine, type PickleRules } from './pickleMachine.ts';
import { damaged, PickleError } from './pickleValues.ts';

/**
 * Python's pickle as data. A pickle is a program for a stack machine whose `GLOBAL` and `REDUCE` instructions name and
 * call any Python function; this machine has a table of the instructions (protocols 0 to 5), knows names only as text,
 * and hands calls to its rules, which are functions of Cutpoint. Nothing else can happen.
 * https://github.com/python/cpython/blob/main/Lib/pickletools.py
 *
 * The parsers on npm (pickleparser, jpickle) build objects of any class that a file names, have no limits, do not say
 * where a pickle ends, which PyTorch's older files need, and have not been kept since 2024.
 */

/**
 * More instructions than the losses of a million steps and the predictions for a hundred thousand images take; time and
 * memory are in proportion to them.
 */
const MAX_STEPS = 6_000_000;

/** After so many, some milliseconds, others have their turn. */
const STEPS_AT_ONCE = 100_000;

/**
 * The value of the pickle that begins at `start`, and the position after it. Values are null, booleans, numbers, bigints
 * (integers that a number cannot hold), strings, Buffers, arrays (lists and sets), PickleTuple, PickleDict, PickleName,
 * PickleObject and what the rules return.
 * @throws PickleError
 */
export async function unpickle(
  bytes: Buffer,
  start: number,
  rules: PickleRules,
): Promise<{ value: unknown; end: number }> {
  const machine = new Machine(bytes, start, rules);
  for (let step = 1; step < MAX_STEPS; step++) {
    if (step % STEPS_AT_ONCE === 0) await setImmediate();
    const code = machine.byte();
    if (code === STOP) return { value: machine.pop(), end: machine.at };
    const perform = INSTRUCTIONS.get(code);
    if (!perform) throw damaged(`it holds the instruction 0x${code.toString(16)}, which no checkpoint has`);
    perform(machine);
  }
  throw new PickleError('large', 'it has more instructions than any checkpoint');
}
