import type { Identity } from '../picture.ts';
import { ofHeader } from './beginning.ts';
import { identityIn } from './dicom.ts';

/** Who the image of a DICOM file is of; reads no more of it than it has to. Throws as `readImage` does. */
export const readIdentity = (path: string): Promise<Identity> => ofHeader(path, identityIn);
