import { written } from '../logic/locale.ts';

const ROLES = [
  'text',
  'muted',
  'line',
  'surface',
  'accent',
  'second',
  'good',
  'attention',
  'critical',
  'ground',
] as const;

/** The colours of the theme that is shown, for what is drawn on a canvas; `series` are told apart in both themes. */
export function chartColours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const roles = Object.fromEntries(ROLES.map((role) => [role, colour(`--${role}`)])) as Record<
    (typeof ROLES)[number],
    string
  >;
  // A large screen is looked at from further away.
  const font = Math.round(0.82 * Number.parseFloat(getComputedStyle(document.body).fontSize)) || 12;
  return { ...roles, font, series: [1, 2, 3, 4, 5, 6, 7, 8].map((place) => colour(`--series-${place}`)) };
}
export type Colours = ReturnType<typeof chartColours>;

/** Calls back whenever the theme changes, see `theme.ts`. @returns what ends it */
export function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** A number at an axis or in a tooltip as the language writes it; names as they are. */
const chartLabel = (value: unknown): string =>
  typeof value === 'number' ? written(value, { maximumSignificantDigits: 6 }) : String(value ?? '–');

/** Axes and legend that all charts share; a tooltip of HTML would need inline styles, which the policy may refuse. */
export const chartBase = (colours: Colours) => ({
  animation: false,
  textStyle: { color: colours.text, fontFamily: 'inherit', fontSize: colours.font },
  tooltip: {
    renderMode: 'richText',
    confine: true,
    backgroundColor: colours.surface,
    borderColor: colours.line,
    textStyle: { color: colours.text },
    valueFormatter: (value: unknown) => [value].flat().map(chartLabel).join(', '),
  },
});
export const chartAxis = (colours: Colours) => ({
  axisLine: { lineStyle: { color: colours.line } },
  axisLabel: { color: colours.muted, fontSize: colours.font, formatter: chartLabel },
  nameTextStyle: { color: colours.muted, fontSize: colours.font },
  splitLine: { lineStyle: { color: colours.line } },
});
