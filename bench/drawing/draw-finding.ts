import type { Bar, Chart, Verdict } from '../findings/findings.ts';
import { formatFigure, formatNumber } from '../findings/format-figure.ts';
import type { Conditions, Finding } from '../findings/results.ts';
import { drawConditions, drawDoubts, drawPage, fontPx, margin, pageWidth, type Block } from './draw-page.ts';
import { toTicks } from './scale.ts';
import { element, label, toCharacters } from './svg.ts';

const bars = { left: 240, width: 330 };
const valueRight = 682;
const noteLeft = 700;
const rowHeight = 30;
const barHeight = 18;
const titleHeight = 26;
const axisHeight = 20;

const marks: Record<Verdict, string> = { reached: '✓ ', missed: '✗ ', refused: '' };

const isOurs = (name: string): boolean => /^(app|breakwater)\b/i.test(name);

const toX = (value: number, greatest: number): number =>
  bars.left + Math.max(0, Math.min(1, value / greatest)) * bars.width;

const drawWhisker = ({ low, high }: Bar, greatest: number, middle: number): string => {
  if (low === undefined || high === undefined || !Number.isFinite(low) || !Number.isFinite(high)) return '';
  const [left, right] = [toX(low, greatest), toX(high, greatest)].map((x) => x.toFixed(1));
  const [top, bottom] = [middle - 4, middle + 4];
  const d = `M${left} ${top}V${bottom}M${left} ${middle}H${right}M${right} ${top}V${bottom}`;
  return element('path', { d, class: 'whisker' });
};

const drawBar = (bar: Bar, chart: Chart, greatest: number, top: number): string => {
  const { name, value, note, verdict } = bar;
  const [middle, baseline] = [top + rowHeight / 2, top + rowHeight / 2 + 4.5];
  const width = Number.isFinite(value) ? toX(value, greatest) - bars.left : 0;
  const manner = isOurs(name) ? 'ours' : 'theirs';
  const place = { x: bars.left, y: middle - barHeight / 2, width, height: barHeight, rx: 2 };
  const nameRoom = toCharacters(bars.left - margin - 12, fontPx);
  const noteRoom = toCharacters(pageWidth - margin - noteLeft, fontPx);
  const noteText = note === undefined ? '' : `${verdict === undefined ? '' : marks[verdict]}${note}`;
  return [
    label(name, nameRoom, { x: margin, y: baseline, class: isOurs(name) ? 'text strong' : 'text' }),
    element('rect', { ...place, class: manner }),
    drawWhisker(bar, greatest, middle),
    label(formatFigure(value, chart.unit), 20, {
      ...{ x: valueRight, y: baseline, 'text-anchor': 'end' },
      class: 'text figure',
    }),
    noteText === '' ? '' : label(noteText, noteRoom, { x: noteLeft, y: baseline, class: verdict ?? 'muted' }),
  ].join('');
};

const drawAxis = (ticks: number[], greatest: number, bottom: number): string =>
  ticks
    .map((tick) => {
      const x = toX(tick, greatest);
      const line = element('line', { x1: x, x2: x, y1: titleHeight, y2: bottom, class: 'gridline' });
      const place = { x, y: bottom + 14, 'text-anchor': 'middle', class: 'small muted figure' };
      return line + label(formatNumber(tick), 12, place);
    })
    .join('');

const drawChart = (chart: Chart): Block => {
  const all = chart.bars.flatMap(({ value, high = 0 }) => [value, high]).filter((value) => Number.isFinite(value));
  const ticks = toTicks(Math.max(0, ...all));
  const greatest = ticks.at(-1) ?? 1;
  const bottom = titleHeight + chart.bars.length * rowHeight;
  const svg = [
    label(chart.title, 80, { x: margin, y: 14, class: 'text strong' }),
    label(`${chart.unit}, ${chart.better} is better`, 40, {
      ...{ x: pageWidth - margin, y: 14, 'text-anchor': 'end' },
      class: 'small muted',
    }),
    drawAxis(ticks, greatest, bottom),
    ...chart.bars.map((bar, index) => drawBar(bar, chart, greatest, titleHeight + index * rowHeight)),
  ];
  return { svg: svg.join('\n'), height: bottom + axisHeight };
};

/** The bars of one workload as SVG; the same figures give the same text. */
export const drawFinding = (finding: Finding, conditions: Conditions): string =>
  drawPage(`Breakwater · ${finding.workload}`, [
    ...finding.charts.map(drawChart),
    ...drawDoubts(finding.doubts),
    drawConditions(conditions, finding.conditions),
  ]);
