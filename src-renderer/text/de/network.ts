import type en from '../en/network.ts';
import type { Translation } from '../index.ts';

export default {} satisfies Translation<typeof en>;
