import type en from '../en/train.ts';
import type { Translation } from '../index.ts';

export default {} satisfies Translation<typeof en>;
