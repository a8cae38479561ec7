import type en from '../en/results.ts';
import type { Translation } from '../index.ts';

export default {} satisfies Translation<typeof en>;
