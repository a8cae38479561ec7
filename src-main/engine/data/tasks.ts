import type { ImagePixels } from '../../contract/data.ts';
import type { FileHeader } from '../../contract/viewer.ts';
import type { AppliedScale } from '../../contract/greyScale.ts';
import { headerOf } from './header.ts';
import { lookOf, type Look } from './look/look.ts';
import { pixelsOf } from './pixels.ts';
import { prepareFile, type Preparation, type PreparedFile } from './prepare.ts';
import { readIdentity } from './readers/dicom/identity.ts';
import { type DicomTag, readTags } from './readers/dicom/tags.ts';
import { isGrey, type DicomFacts, type Identity, type Note } from './readers/picture.ts';
import { type Levels, toLevels } from './readers/display.ts';
import { type Extent, extentOf } from './readers/scale.ts';
import { readImage, readLevels } from './readers/read.ts';
import { type Thumbnail, thumbnailOf, type ThumbnailOptions } from './thumbnail.ts';

/** What a file holds, found by decoding it whole. */
export interface Probe {
  format: string;
  width: number;
  height: number;
  bytes: number;
  sha256: string;
  /** Of the whole file, where this is one of its frames. */
  fileSha256?: string;
  /** Without those on the levels of an image without a window, which depend on the scale. */
  notes: Note[];
  /** Of an image without a window that has more than 8 bits. */
  extent?: Extent;
  /** Bits of a sample that count. */
  bits: number;
  frames: number;
  /** It has no colour, whether it is stored so or not. */
  grey: boolean;
  look: Look;
  /** Of DICOM files. */
  identity?: Identity;
  dicom?: DicomFacts;
}

export interface ReadLevels {
  levels: Levels;
  notes: Note[];
  identity?: Identity;
}

/** What a reader thread can be asked. */
export const tasks = {
  async probe({ path }: { path: string }): Promise<Probe> {
    const { picture, frame: _frame, ...file } = await readImage(path);
    const { width, height, samples, stored } = picture;
    const extent = extentOf(picture);
    const grey = isGrey(picture);
    const bits = stored?.bitsStored ?? samples.BYTES_PER_ELEMENT * 8;
    // All the way to levels, so that what fails does it here.
    const look = lookOf(toLevels(picture));
    return { ...file, width, height, bits, grey, look, ...(extent && { extent }) };
  },
  /** Who the image of a DICOM file is of, without decoding it. */
  identity: ({ path }: { path: string }): Promise<Identity> => readIdentity(path),
  /** Values of the header, see `readTags`. */
  tags: ({ path, tags }: { path: string; tags: readonly DicomTag[] }): Promise<string[] | null> => readTags(path, tags),
  prepare: ({ path, ...preparation }: { path: string } & Preparation): Promise<PreparedFile> =>
    prepareFile(path, preparation),
  thumbnail: ({ path, ...options }: { path: string } & ThumbnailOptions): Promise<Thumbnail> =>
    thumbnailOf(path, options),
  pixels: ({ path, frame }: { path: string; frame?: number }): Promise<ImagePixels> => pixelsOf(path, frame),
  header: ({ path }: { path: string }): Promise<FileHeader> => headerOf(path),
  /** An image in its own size, as 8-bit levels; `identity` as in a {@link Probe}. */
  levels: ({ path, scale }: { path: string; scale?: AppliedScale }): Promise<ReadLevels> => readLevels(path, scale),
};

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
export type TaskInput<K extends TaskName> = Parameters<Tasks[K]>[0];
export type TaskOutput<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>;
