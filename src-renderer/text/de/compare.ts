import type en from '../en/compare.ts';
import type { Translation } from '../index.ts';

export default {} satisfies Translation<typeof en>;
