import type { AuditReport } from './data.ts';

type Colours = Pick<AuditReport, 'images' | 'grey'>;

/**
 * Whether mirroring left and right may teach what is not so. Grey images are mostly of radiology, where the side of the body
 * counts: a mirrored chest has its heart on the right.
 */
export const mirroringDoubtful = ({ images, grey = 0 }: Colours): boolean => images > 0 && grey * 2 > images;

/** Whether images are mirrored left and right where nobody has said. @param images those of training; null: not known */
export const mirrorsAtFirst = (images: Colours | null): boolean => images === null || !mirroringDoubtful(images);
