import type en from '../en/data.ts';
import type { Translation } from '../index.ts';

export default {} satisfies Translation<typeof en>;
