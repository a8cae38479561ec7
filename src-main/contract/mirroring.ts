import type { AuditReport } from './data.ts';

/**
 * Whether mirroring left and right may teach what is not so. Grey images are mostly of radiology, where the side of the body
 * counts: a mirrored chest has its heart on the right.
 */
export const mirroringDoubtful = ({ images, grey = 0 }: Pick<AuditReport, 'images' | 'grey'>): boolean =>
  images > 0 && grey * 2 > images;
