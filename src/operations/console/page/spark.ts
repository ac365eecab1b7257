import { element, setAttribute, setText } from './element.ts';
import { describe, lonePoints, type Series } from './series.ts';
import { toTimeOfDay } from './server-time.ts';
import UPlot from './uplot.js';

export interface Spark {
  readonly root: HTMLElement;
  readonly update: (series: Series, now: string) => void;
}

interface SparkOptions {
  /** What it shows: `Calls`. */
  readonly name: string;
  readonly format: (value: number) => string;
  /** The top of the chart at the least; it grows with its values unless they are ratios. */
  readonly top: number;
}

const SHOWN_S = 300;
const HEIGHT_PX = 28;
/** Until the page says otherwise. */
const WIDTH_PX = 120;

/** A name, a line of the last 5 minutes and the number now; pointing at it tells the number then. */
export const makeSpark = ({ name, format, top }: SparkOptions): Spark => {
  const chart = element('div', { class: 'chart', role: 'img' });
  const number = element('span', { class: 'number' });
  const root = element('div', { class: 'spark', 'data-series': name }, element('span', { class: 'name' }, name));
  root.append(chart, number);
  let nowText = '';
  let drawnAt: number | undefined;
  const tell = ({ cursor: { idx }, data }: UPlot): void => {
    const at = typeof idx === 'number' ? data[0][idx] : undefined;
    const value = typeof idx === 'number' ? data[1]![idx] : undefined;
    const isThen = typeof value === 'number' && at !== undefined;
    setText(number, isThen ? format(value) : nowText);
    setAttribute(number, 'title', isThen ? `At ${toTimeOfDay(at * 1000)}` : undefined);
  };
  const plot = draw(chart, top, tell);
  return {
    root,
    update: (series, now) => {
      nowText = now;
      tell(plot);
      if (drawnAt === series.atS.at(-1)) return;
      drawnAt = series.atS.at(-1);
      plot.setData([series.atS, series.values]);
      setAttribute(chart, 'aria-label', `${name}: ${describe(series, format)}`);
    },
  };
};

const draw = (place: HTMLElement, top: number, tell: (plot: UPlot) => void): UPlot => {
  // A canvas knows no style sheets: the colour is that of its surroundings, as it is now.
  const colour = ({ root }: UPlot): string => getComputedStyle(root).color;
  const faint = (plot: UPlot): string => colour(plot).replace(/^rgb\((.*)\)$/, 'rgba($1, 0.16)');
  const plot: UPlot = new UPlot(
    {
      width: WIDTH_PX,
      height: HEIGHT_PX,
      padding: [3, 3, 3, 3],
      pxAlign: false,
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 5 } },
      scales: {
        x: { range: (_, _first, last) => [last - SHOWN_S, last] },
        y: { range: (_, _least, most) => [0, Math.max(top, most ?? 0)] },
      },
      series: [{}, { stroke: colour, fill: faint, width: 1.5, points: { show: true, size: 3, fill: colour, filter } }],
      hooks: { setCursor: [tell] },
    },
    [[], []],
    place,
  );
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT_PX })).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
  return plot;
};

const filter = ({ data }: UPlot): number[] => lonePoints([...data[1]!]);
