const SVG = 'http://www.w3.org/2000/svg';

/** What the page says of how things are drawn, which a file must say itself. */
const DRAWN = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity'],
  ...['font-family', 'font-size', 'font-weight'],
] as const;

/** Words around a drawing; places are pixels of the file. */
export interface Caption {
  text: string;
  x: number;
  y: number;
  colour: string;
  /** Whether `x` is where they end. */
  ends?: boolean;
  bold?: boolean;
}

export interface Sheet {
  /** Of the file, in pixels. */
  width: number;
  height: number;
  /** Where the drawing begins in it. */
  left: number;
  top: number;
  background: string;
  captions: readonly Caption[];
}

/** A file, as text, with its size. */
export interface Drawn extends Pick<Sheet, 'width' | 'height'> {
  text: string;
}

/**
 * A drawing of the page as a file of its own: as it looks now, with captions around it, and without what is only there for
 * the hand (`data-hand`).
 */
export function drawingOf(svg: SVGSVGElement, sheet: Sheet): Drawn {
  const page = svg.ownerDocument;
  const root = element(page, 'svg', { xmlns: SVG, width: sheet.width, height: sheet.height });
  root.append(element(page, 'rect', { width: sheet.width, height: sheet.height, fill: sheet.background }));
  const inner = copyOf(svg);
  for (const each of inner.querySelectorAll('[data-hand]')) each.remove();
  inner.setAttribute('x', String(sheet.left));
  inner.setAttribute('y', String(sheet.top));
  root.append(inner);
  const { fontFamily } = getComputedStyle(svg);
  for (const { text, x, y, colour, ends, bold } of sheet.captions) {
    const words = element(page, 'text', {
      ...{ x, y, fill: colour, 'font-family': fontFamily, 'font-size': 12 },
      ...{ 'text-anchor': ends ? 'end' : 'start', 'font-weight': bold ? 600 : 400 },
    });
    words.textContent = text;
    root.append(words);
  }
  return { width: sheet.width, height: sheet.height, text: new XMLSerializer().serializeToString(root) };
}

/** A drawing as the address of a PNG image, twice as large. */
export async function pngOf({ text, width, height }: Drawn): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}

function copyOf(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const own = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  own.forEach((each, at) => {
    const look = getComputedStyle(each);
    copies[at]!.removeAttribute('class');
    for (const name of DRAWN) copies[at]!.style.setProperty(name, look.getPropertyValue(name));
  });
  return copy;
}

function element(page: Document, name: string, attributes: Record<string, string | number>): SVGElement {
  const made = page.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
