import type en from '../en/viewer.ts';
import type { Translation } from '../index.ts';

export default {} satisfies Translation<typeof en>;
