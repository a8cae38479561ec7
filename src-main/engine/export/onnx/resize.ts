import type { ImageSize } from '../../../backbone/shapes.ts';
import type { Fit } from '../../../contract/plan.ts';
import { REDUCING_GAP, WEIGHT_BITS } from '../../data/resize/resize.ts';
import { DataType, type OnnxBuilder } from './builder.ts';
import { Expressions } from './expressions.ts';

/**
 * Writes the application's resizing (engine/data/resize) with operations of ONNX: uint8 [N, h, w, 3] of any height and
 * width to whole float values [N, 3, size, size] of 0 to 255. It is the same arithmetic: whole numbers where there are
 * whole numbers, double precision for the weights; the order in which a runtime adds up whole numbers changes nothing.
 * Returns the name of the result.
 */
export function writeResize(builder: OnnxBuilder, image: string, { height: size }: ImageSize, fit: Fit): string {
  const x = new Expressions(builder, 'preprocessing/resize');
  const shape = x.apply('Shape', image);
  const lengths = [x.element(shape, 1), x.element(shape, 2)] as const;
  const shared = { letterbox: () => x.apply('Max', ...lengths), crop: () => x.apply('Min', ...lengths), stretch: () => null }[fit](); // prettier-ignore
  const place = (length: string) => placed(x, length, { size, fit, side: shared ?? length });
  const [down, across] = [place(lengths[0]), place(lengths[1])];
  const reduced = x.transpose(reduce(x, image, down, across), [0, 3, 1, 2]);
  const columns = x.transpose(weights(x, across, size), [1, 0]);
  const rows = to8Bits(x, x.apply('MatMul', x.toDouble(reduced), columns));
  return x.toFloat(to8Bits(x, x.apply('MatMul', weights(x, down, size), rows)));
}

/** One axis of the image (data/resize/placement.ts); whole numbers without dimensions. */
interface Axis {
  length: string;
  whole: string;
  offset: string;
  /** Pixels that are averaged before the kernel is applied, and what is left then. */
  box: string;
  boxes: string;
}

function placed(x: Expressions, length: string, { size, fit, side }: { size: number; fit: Fit; side: string }): Axis {
  const one = x.int(1);
  const doubled = x.add(x.multiply(length, x.int(2 * size)), side);
  const whole = x.apply('Max', one, x.divide(doubled, x.multiply(side, x.int(2))));
  const box = x.apply('Max', one, x.divide(length, x.multiply(whole, x.int(REDUCING_GAP))));
  // Division cuts off; what is negative is to be rounded down.
  const outside = () => x.divide(x.add(x.subtract(whole, x.int(size)), one), x.int(2));
  const offset = fit === 'crop' ? x.apply('Neg', outside()) : x.divide(x.subtract(x.int(size), whole), x.int(2));
  const boxes = x.divide(x.subtract(x.add(length, box), one), box);
  return { length, whole, offset, box, boxes };
}

/** Means of boxes, as data/resize/reduce.ts: uint8 [N, h, w, 3] → int64 [N, rows, columns, 3] */
function reduce(x: Expressions, image: string, down: Axis, across: Axis): string {
  const missing = ({ length, box, boxes }: Axis) => x.subtract(x.multiply(boxes, box), length);
  const pads = x.vector([0, 0, 0, 0, 0, missing(down), missing(across), 0]);
  const full = x.node('Cast', [x.apply('Pad', image, pads)], { to: DataType.INT32 });
  const line = x.multiply(across.boxes, x.multiply(across.box, x.int(3)));
  const one = x.ints(1);
  const summed = x.node('ReduceSum', [x.reshape(full, [-1, down.box, line]), one], { keepdims: 0 });
  const sums = x.node('ReduceSum', [x.reshape(summed, [-1, across.box, 3]), one], { keepdims: 0 });
  const held = ({ length, box, boxes }: Axis) =>
    x.apply('Min', box, x.subtract(length, x.multiply(x.range(boxes), box)));
  const count = x.multiply(x.reshape(held(down), [-1, 1, 1]), x.reshape(held(across), [1, -1, 1]));
  const places = 2 ** 24;
  const factor = x.toInt(x.divide(x.toFloat(x.int(places)), x.toFloat(count)));
  const means = x.toInt(x.reshape(sums, [-1, down.boxes, across.boxes, 3]));
  const rounded = x.add(means, x.divide(count, x.int(2)));
  return x.divide(x.multiply(rounded, factor), x.int(places));
}

/** Which of the boxes count in each pixel of the square, and by how much: whole numbers as float64 [size, boxes]. */
function weights(x: Expressions, { length, whole, offset, box, boxes }: Axis, size: number): string {
  const one = x.double(1);
  const exact = x.divide(x.toDouble(length), x.toDouble(box));
  const scale = x.divide(x.toDouble(x.toFloat(exact)), x.toDouble(whole));
  const stretch = x.apply('Max', one, scale);
  const target = x.subtract(x.reshape(x.range(x.int(size)), [-1, 1]), offset);
  const half = x.double(0.5);
  const centre = x.multiply(x.add(x.toDouble(target), half), scale);
  const apart = x.add(x.subtract(x.toDouble(x.range(boxes)), centre), half);
  const kernel = cubic(x, x.apply('Abs', x.multiply(apart, x.divide(one, stretch))));
  const shares = x.divide(kernel, x.apply('ReduceSum', kernel, x.ints(1)));
  const scaled = x.multiply(shares, x.double(2 ** WEIGHT_BITS));
  const [up, cut] = [x.apply('Floor', x.add(scaled, half)), x.apply('Ceil', x.subtract(scaled, half))];
  const nearest = x.apply('Where', x.apply('Less', scaled, x.double(0)), cut, up);
  const inside = x.apply('And', x.apply('GreaterOrEqual', target, x.int(0)), x.apply('Less', target, whole));
  return x.apply('Where', inside, nearest, x.double(0));
}

/** Keys's kernel with a = −½, of distances. */
function cubic(x: Expressions, d: string): string {
  const inner = x.multiply(x.multiply(x.subtract(x.multiply(x.double(1.5), d), x.double(2.5)), d), d);
  const square = x.add(x.multiply(x.subtract(d, x.double(5)), d), x.double(8));
  const outer = x.multiply(x.subtract(x.multiply(square, d), x.double(4)), x.double(-0.5));
  const far = x.apply('Where', x.apply('Less', d, x.double(2)), outer, x.double(0));
  return x.apply('Where', x.apply('Less', d, x.double(1)), x.add(inner, x.double(1)), far);
}

/** Sums of weights of 2⁻²² to the nearest level. */
function to8Bits(x: Expressions, sums: string): string {
  const places = 2 ** WEIGHT_BITS;
  const nearest = x.apply('Floor', x.divide(x.add(sums, x.double(places / 2)), x.double(places)));
  return x.apply('Clip', nearest, x.double(0), x.double(255));
}
