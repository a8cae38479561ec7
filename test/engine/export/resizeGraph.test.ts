import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { fit } from '../../../src-main/contract/plan.ts';
import { resample } from '../../../src-main/engine/data/prepare.ts';
import { DataType, OnnxBuilder } from '../../../src-main/engine/export/onnx/builder.ts';
import { encodeFile } from '../../../src-main/engine/export/onnx/file.ts';
import { writeResize } from '../../../src-main/engine/export/onnx/resize.ts';
import { hashes } from '../explain/hashes.ts';

const SIZE = 32;
/** Larger and smaller than the square, in one axis and in both, whole multiples and not, one pixel wide, hundreds of boxes. */
const SIZES = [[32, 32], [64, 64], [65, 63], [1, 1], [1, 500], [700, 2], [33, 31], [20, 90], [5, 3], [129, 131], [400, 300], [1030, 257]] as const; // prettier-ignore

/** A file that only resizes. */
async function resizer(frame: (typeof fit.options)[number]) {
  const builder = new OnnxBuilder();
  const name = writeResize(builder, builder.claim('image'), { height: SIZE, width: SIZE }, frame);
  const image = { name: 'image', type: DataType.UINT8, dims: ['N', 'height', 'width', 3] };
  const outputs = [{ name, type: DataType.FLOAT, dims: ['N', 3, SIZE, SIZE] }];
  const session = await InferenceSession.create(encodeFile(builder, { name: 'resize', inputs: [image], outputs, metadata: {} })); // prettier-ignore
  return {
    session,
    async run(pixels: Uint8Array, dims: readonly number[]) {
      const answer = await session.run({ image: new Tensor('uint8', pixels, dims) });
      return answer[name]!.data as Float32Array;
    },
  };
}

test.each(fit.options)('the graph resizes to the bit as the application does: %s', async (frame) => {
  const { session, run } = await resizer(frame);
  for (const [width, height] of SIZES) {
    // Noise of all bytes overshoots at both ends.
    const pixels = Uint8Array.from(hashes(`${width}`, width * height * 3), (value) => value >>> 24);
    const wanted = resample({ width, height, channels: 3, pixels }, { size: SIZE, fit: frame });
    const found = await run(pixels, [1, height, width, 3]);
    const turned = Uint8Array.from(wanted, (_, at) => found[(at % 3) * SIZE ** 2 + Math.floor(at / 3)]!);
    expect(Buffer.compare(turned, wanted), `${width} × ${height}`).toBe(0);
    const twice = await run(Buffer.concat([pixels, pixels]), [2, height, width, 3]);
    expect(twice.subarray(found.length)).toEqual(found);
  }
  await session.release();
});
