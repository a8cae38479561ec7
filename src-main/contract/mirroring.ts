import type { AuditReport } from './data.ts';

/**
 * Why mirroring left and right is doubtful for these images, in a sentence; null: nothing known speaks against it. Grey
 * images are mostly of radiology, where the side of the body counts: a mirrored chest has its heart on the right.
 */
export function mirroringDoubt({ images, grey = 0 }: Pick<AuditReport, 'images' | 'grey'>): string | null {
  if (images === 0 || grey * 2 <= images) return null;
  return 'Most of the images are grey, as X-rays, CT and ultrasound are: there it mostly counts on which side of the body something is. Mirroring left and right is off; switch it on where the side says nothing.';
}
