import type en from '../en/explain.ts';
import type { Translation } from '../index.ts';

export default {} satisfies Translation<typeof en>;
