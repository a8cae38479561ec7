import type en from '../en/export.ts';
import type { Translation } from '../index.ts';

export default {} satisfies Translation<typeof en>;
