/** How an image lies on its stage. */
export interface View {
  /** 1: all of it is in view. */
  zoom: number;
  /** Screen pixels from the middle of the stage to that of the image. */
  x: number;
  y: number;
}
export interface Size {
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

const LEAST_ZOOM = 0.05;
/** Screen pixels that one of the image has at most. */
const MOST_SCALE = 40;

export const WHOLE: View = { zoom: 1, x: 0, y: 0 };

/** Screen pixels to one of the image, where all of it is in view; 1 while the stage has no size. */
export const fittingScale = (stage: Size, image: Size): number =>
  Math.min(stage.width / image.width, stage.height / image.height) || 1;

/**
 * Nearer or farther, within limits.
 * @param at the place of the stage that stays where it is, from its middle
 * @param fitting see {@link fittingScale}
 */
export function zoomed(view: View, factor: number, at: Point, fitting: number): View {
  const zoom = Math.min(MOST_SCALE / fitting, Math.max(LEAST_ZOOM, view.zoom * factor));
  const moved = zoom / view.zoom;
  return { zoom, x: at.x - (at.x - view.x) * moved, y: at.y - (at.y - view.y) * moved };
}

export const moved = (view: View, { x, y }: Point): View => ({ ...view, x: view.x + x, y: view.y + y });

/** The pixel of the image at a place of the stage, from its middle; null beside the image. @param scale screen pixels to one */
export function pixelAt(at: Point, view: View, scale: number, image: Size): Point | null {
  const x = Math.floor((at.x - view.x) / scale + image.width / 2);
  const y = Math.floor((at.y - view.y) / scale + image.height / 2);
  return x < 0 || y < 0 || x >= image.width || y >= image.height ? null : { x, y };
}
