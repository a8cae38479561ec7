import type { Element, Fragment } from 'dicom-parser';
import { corrupt } from '../picture.ts';
import type { DicomFile } from './header.ts';
import type { PixelLayout } from './layout.ts';

/** Bytes of the uncompressed pixel data, all frames. Throws IMAGE_CORRUPT when the file ends within them. */
export function nativeBytes(file: DicomFile, element: Element, layout: PixelLayout): Buffer {
  const end = element.dataOffset + element.length;
  if (end > file.bytes.length) throw corrupt('its pixel data end early');
  const bytes = file.bytes.subarray(element.dataOffset, end);
  // Big-endian words of bytes: two pixels each, exchanged (PS3.5, 8.1.2).
  if (file.bigEndian && layout.bitsAllocated <= 8 && element.vr === 'OW' && bytes.length % 2 === 0)
    return Buffer.from(bytes).swap16();
  return bytes;
}

/** The compressed bytes of one frame, put together from its fragments. */
export function encapsulatedFrame(file: DicomFile, element: Element, frame: number, frames: number): Buffer {
  const fragments = element.fragments ?? [];
  if (fragments.length === 0) throw corrupt('its compressed pixel data are empty');
  const last = fragments.at(-1)!;
  if (last.position + last.length > file.bytes.length) throw corrupt('its compressed pixel data end early');
  const [start, end] = fragmentRange(file, element, { fragments, frame, frames });
  const parts = fragments.slice(start, end);
  return Buffer.concat(parts.map(({ position, length }) => file.bytes.subarray(position, position + length)));
}

function fragmentRange(
  file: DicomFile,
  element: Element,
  { fragments, frame, frames }: { fragments: Fragment[]; frame: number; frames: number },
): [start: number, end: number] {
  if (frames === 1) return [0, fragments.length];
  if (fragments.length === frames) return [frame, frame + 1];
  const starts = tableStarts(file, element, fragments, frames) ?? scannedStarts(file, fragments);
  if (starts.length !== frames) throw corrupt(`it should hold ${frames} frames, but ${starts.length} were found`);
  return [starts[frame]!, starts[frame + 1] ?? fragments.length];
}

/** Index of each frame's first fragment by the extended or basic offset table, where one is there and right. */
function tableStarts(
  { data, bytes }: DicomFile,
  element: Element,
  fragments: Fragment[],
  frames: number,
): number[] | undefined {
  const extended = data.elements.x7fe00001;
  const offsets =
    extended && extended.length === frames * 8
      ? Array.from({ length: frames }, (_, index) => Number(bytes.readBigUInt64LE(extended.dataOffset + index * 8)))
      : element.basicOffsetTable;
  if (offsets?.length !== frames) return undefined;
  const starts = offsets.map((offset) => fragments.findIndex((fragment) => fragment.offset === offset));
  const right = starts[0] === 0 && starts.every((start, frame) => frame === 0 || start > starts[frame - 1]!);
  return right ? starts : undefined;
}

/** Without a table: a frame starts where a fragment starts an image (JPEG FFD8 FF, JPEG 2000 FF4F FF51). */
function scannedStarts({ bytes }: DicomFile, fragments: Fragment[]): number[] {
  return fragments.flatMap(({ position }, index) => {
    const marker = bytes.readUInt32BE(position);
    return marker >>> 8 === 0xffd8ff || marker === 0xff4fff51 ? [index] : [];
  });
}
