import { loadavg } from 'node:os';

/** One figure of a benchmark. */
export interface Figure {
  figure: string;
  unit: string;
  ours: number;
  /** The same of a peer; where it is missing, why; left out where there is none to compare with. */
  peer?: number | string;
  /** The most or least that is aimed at, of the figure itself or of its ratio to the peer's. */
  target?: { of: 'figure' | 'ratio'; most: number } | { of: 'figure' | 'ratio'; least: number };
  /** What this machine allows, and how much of it is reached. */
  limit?: string;
  /** Below the table. */
  note?: string;
  /** Of the machine in the last minute, when it was measured. */
  load: number;
}

/** Whether the figures are wanted as one line of JSON: taken from the arguments, so that each benchmark reads its own. */
const at = process.argv.indexOf('--json');
const asJson = at >= 0;
if (asJson) process.argv.splice(at, 1);

export const figure = (of: Omit<Figure, 'load'>): Figure => ({ ...of, load: loadavg()[0]! });

/** With `--json` the last line of what a benchmark prints. */
export function handOver(figures: readonly Figure[]): void {
  if (asJson) console.log(JSON.stringify({ figures }));
}

/** The same, and else the table, of benchmarks that print no other. */
export function tell(figures: readonly Figure[]): void {
  if (asJson) handOver(figures);
  else console.log(tableOf(figures));
}

/** The figures in what a benchmark printed. @throws where there are none */
export function figuresIn(printed: string): Figure[] {
  return (JSON.parse(printed.trim().split('\n').at(-1)!) as { figures: Figure[] }).figures;
}

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((each) => {
    const { figure: name, unit, ours, peer, limit = '', load } = each;
    const other = typeof peer === 'number' ? `${shown(peer)} ${unit}` : (peer ?? '');
    return `| ${[name, `${shown(ours)} ${unit}`, other, ratioOf(each)?.toFixed(2) ?? '', verdict(each), limit, load.toFixed(1)].join(' | ')} |`;
  });
  const notes = figures.flatMap(({ figure: name, note }) => (note ? [`- ${name}: ${note}`] : []));
  const head = '| figure | Cutpoint | peer | ratio | target | limit | load |\n|---|---:|---:|---:|---|---|---:|';
  return [head, ...rows, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

export const median = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;

const ratioOf = ({ ours, peer }: Figure): number | undefined => (typeof peer === 'number' ? ours / peer : undefined);

const shown = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

function verdict(each: Figure): string {
  const { target } = each;
  if (!target) return '';
  const [bound, words] = 'most' in target ? [target.most, 'at most'] : [target.least, 'at least'];
  const value = target.of === 'ratio' ? ratioOf(each) : each.ours;
  const aim = `${words} ${bound}${target.of === 'ratio' ? ' ×' : ''}`;
  if (value === undefined) return aim;
  return `${aim}: ${('most' in target ? value <= bound : value >= bound) ? 'met' : 'missed'}`;
}
