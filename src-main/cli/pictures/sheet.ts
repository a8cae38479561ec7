import sharp from 'sharp';

/** Pixels between images. */
const GAP = 4;

/** Square images of one size in rows on white, in reading order, as one PNG. */
export async function contactSheet(pngs: readonly Uint8Array[]): Promise<Buffer> {
  const { width: size } = await sharp(pngs[0]).metadata();
  const columns = Math.ceil(Math.sqrt(pngs.length));
  const rows = Math.ceil(pngs.length / columns);
  const length = (count: number): number => count * size + (count + 1) * GAP;
  return sharp({ create: { width: length(columns), height: length(rows), channels: 3, background: '#fff' } })
    .composite(
      pngs.map((png, i) => ({
        input: Buffer.from(png),
        left: GAP + (i % columns) * (size + GAP),
        top: GAP + Math.floor(i / columns) * (size + GAP),
      })),
    )
    .png()
    .toBuffer();
}
