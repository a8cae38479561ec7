import type { FileHeader, HeaderRow } from '../../contract/viewer.ts';
import { readBytes } from './places/contents.ts';
import { looksLikeDicom } from './readers/dicom/header.ts';
import { dicomHeader } from './readers/dicom/headerTable.ts';
import { libvips } from './readers/libvips.ts';
import { readImage } from './readers/read.ts';

/** What a file says of its image, without what could tell whose it is. Throws as `readImage` does. */
export async function headerOf(path: string): Promise<FileHeader> {
  const bytes = await readBytes(path);
  if (looksLikeDicom(bytes)) return { format: 'DICOM', bytes: bytes.length, rows: dicomHeader(bytes) };
  const { format, picture, frames } = await readImage(path);
  const { width, height, channels, samples } = picture;
  const sharp = await libvips();
  const found = await sharp(bytes).metadata().catch(() => undefined); // prettier-ignore
  // Cameras and microscopes write names, places and dates there.
  const sizes = (['exif', 'xmp', 'iptc', 'comments'] as const).filter((name) => found?.[name] !== undefined);
  return {
    format,
    bytes: bytes.length,
    rows: [
      row('Width', String(width)),
      row('Height', String(height)),
      row('Channels', String(found?.channels ?? channels)),
      row('Bits', String(samples.BYTES_PER_ELEMENT * 8)),
      ...(found?.space ? [row('Colour space', found.space)] : []),
      ...(found?.density ? [row('Density', `${found.density} dpi`)] : []),
      ...(found?.compression ? [row('Compression', found.compression)] : []),
      ...(found?.hasAlpha ? [row('Transparency', 'yes')] : []),
      ...(found?.icc ? [row('Colour profile', `${found.icc.length} bytes`)] : []),
      ...(found?.orientation ? [row('Orientation', String(found.orientation))] : []),
      ...(frames > 1 ? [row('Pages', String(frames))] : []),
      ...sizes.map((name): HeaderRow => ({ ...row(name.toUpperCase(), null), masked: true })),
    ],
  };
}

const row = (keyword: string, value: string | null): HeaderRow => ({
  ...{ tag: null, keyword, vr: null, value, masked: false, depth: 0 },
});
