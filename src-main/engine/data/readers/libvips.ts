import type { default as Sharp } from 'sharp';

let loaded: Promise<typeof Sharp> | undefined;

/**
 * libvips, through sharp, from when it is first needed on: threads that read plain PNG, plain JPEG or DICOM files start without.
 * One image at a time per thread: threads inside libvips and its cache would only compete with them.
 */
export function libvips(): Promise<typeof Sharp> {
  return (loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  }));
}
