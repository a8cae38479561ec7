import { corrupt } from './picture.ts';

export type CodecName = keyof typeof START;
type Decoder = new () => CornerstoneDecoder;

const quiet = () => undefined;
/** A new object for each start: Emscripten makes it the codec's instance. */
const silent = () => ({ print: quiet, printErr: quiet });
/** Starts of the Cornerstone codecs, about 50 ms each. */
const START = {
  'JPEG-LS': async (): Promise<Decoder> =>
    (await (await import('@cornerstonejs/codec-charls/decodewasmjs')).default(silent())).JpegLSDecoder,
  'JPEG 2000': async (): Promise<Decoder> =>
    (await (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default(silent())).J2KDecoder,
  HTJ2K: async (): Promise<Decoder> =>
    (await (await import('@cornerstonejs/codec-openjph/wasmjs')).default(silent())).HTJ2KDecoder,
  JPEG: async (): Promise<Decoder> =>
    (await (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs')).default(silent())).JPEGDecoder,
};
/** Codecs started by this thread: when first needed, and anew after an error, which may have spoilt their memory. */
const started = new Map<CodecName, Promise<Decoder>>();

/**
 * The raw samples of a codestream, as the codec gives them; JPEG is of 8 bits, and colours become RGB.
 * @throws CutpointError IMAGE_CORRUPT
 */
export async function decodeBy(codec: CodecName, frame: Buffer): Promise<Uint8Array> {
  const start = started.get(codec) ?? START[codec]();
  started.set(codec, start);
  try {
    const decoder = new (await start)();
    decoder.getEncodedBuffer(frame.length).set(frame);
    decoder.decode();
    const raw = new Uint8Array(decoder.getDecodedBuffer());
    decoder.delete();
    return raw;
  } catch (cause) {
    started.delete(codec);
    // Emscripten throws numbers (addresses of C++ exceptions): no cause worth keeping.
    throw corrupt(`its ${codec} data cannot be decoded`, cause instanceof Error ? cause : undefined);
  }
}
