import { INSTRUCTIONS, STOP } from './pickleInstructions.ts';
import { Machine, type PickleRules } from './pickleMachine.ts';
import { damaged } from './pickleValues.ts';

/**
 * Python's pickle as data. A pickle is a program for a stack machine whose `GLOBAL` and `REDUCE` instructions name and
 * call any Python function; this machine has a table of the instructions (protocols 0 to 5), knows names only as text,
 * and hands calls to its rules, which are functions of Cutpoint. Nothing else can happen.
 * https://github.com/python/cpython/blob/main/Lib/pickletools.py
 *
 * The parsers on npm (pickleparser, jpickle) build objects of any class that a file names, have no limits, do not say
 * where a pickle ends, which PyTorch's older files need, and have not been kept since 2024.
 */

/** More instructions than a checkpoint with 30 000 tensors has; time and memory are in proportion to them. */
const MAX_STEPS = 1_000_000;

/**
 * The value of the pickle that begins at `start`, and the position after it. Values are null, booleans, numbers, bigints
 * (integers that a number cannot hold), strings, Buffers, arrays (lists and sets), PickleTuple, PickleDict, PickleName,
 * PickleObject and what the rules return.
 * @throws PickleError
 */
export function unpickle(bytes: Buffer, start: number, rules: PickleRules): { value: unknown; end: number } {
  const machine = new Machine(bytes, start, rules);
  for (let step = 0; step < MAX_STEPS; step++) {
    const code = machine.byte();
    if (code === STOP) return { value: machine.pop(), end: machine.at };
    const perform = INSTRUCTIONS.get(code);
    if (!perform) throw damaged(`it holds the instruction 0x${code.toString(16)}, which no checkpoint has`);
    perform(machine);
  }
  throw damaged('it has more instructions than any checkpoint');
}
