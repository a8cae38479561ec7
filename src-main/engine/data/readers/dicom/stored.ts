import type { StoredValues } from '../picture.ts';
import { hasTable, rescaleOf, windowSource } from './grey.ts';
import type { DicomFile } from './header.ts';
import type { PixelLayout } from './layout.ts';
import { windowsIn } from './window.ts';

/** What a header says of grey samples: how they become values, and values levels. */
export function storedGrey({ data }: DicomFile, layout: PixelLayout, frame: number): StoredValues {
  const tables = { modality: hasTable(data, frame, 'modality'), voi: hasTable(data, frame, 'voi') };
  const rescale = tables.modality ? undefined : rescaleOf(data, frame);
  const windows = windowSource(data, frame);
  return {
    bitsStored: layout.bitsStored,
    photometric: layout.photometric,
    // A slope of 0 makes one value of all: it is not used.
    rescale: rescale && rescale.slope !== 0 ? rescale : null,
    windows: windows ? windowsIn(windows) : [],
    tables,
  };
}

/** Of colours, which are RGB by now. */
export const storedColour = (bitsStored: number): StoredValues => ({
  ...{ bitsStored, photometric: 'RGB', rescale: null, windows: [] },
  tables: { modality: false, voi: false },
});
