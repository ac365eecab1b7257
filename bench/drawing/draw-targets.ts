import { toVerdict, type Target, type Verdict } from '../findings/findings.ts';
import { formatFigure } from '../findings/format-figure.ts';
import type { Conditions, Finding } from '../findings/results.ts';
import { formatWanted } from '../findings/targets-report.ts';
import { drawConditions, drawDoubts, drawPage, fontPx, margin, type Block } from './draw-page.ts';
import { element, label, toCharacters } from './svg.ts';

const bars = { left: 390, width: 240 };
const measuredRight = 732;
const wantedRight = 816;
const rowHeight = 30;
const barHeight = 18;
const headHeight = 30;
/** What is further beyond its target ends here. */
const greatestShare = 1.5;

const marks: Record<Verdict, string> = { reached: '✓ reached', missed: '✗ missed', refused: 'refused' };

/** 1 when it is just what is wanted, more when it is better. */
export const toShare = ({ value, bound, wanted }: Target): number => {
  const share = bound === 'at least' ? value / wanted : wanted / value;
  return Number.isNaN(share) ? 1 : Math.min(greatestShare, Math.max(0, share));
};

const drawBar = (target: Target, verdict: Verdict, middle: number): string => {
  const place = { x: bars.left, y: middle - barHeight / 2, height: barHeight, rx: 2 };
  if (verdict === 'refused') return element('rect', { ...place, width: bars.width / greatestShare, class: 'empty' });
  return element('rect', { ...place, width: (toShare(target) / greatestShare) * bars.width, class: verdict });
};

const drawTarget = (workload: string, target: Target, top: number): string => {
  const verdict = toVerdict(target);
  const [middle, baseline] = [top + rowHeight / 2, top + rowHeight / 2 + 4.5];
  const measured = verdict === 'refused' ? '–' : formatFigure(target.value, target.unit);
  const room = toCharacters(bars.left - margin - 12, fontPx);
  const toTheRight = (x: number, colour: string): Record<string, string | number> => ({
    ...{ x, y: baseline, 'text-anchor': 'end' },
    class: `figure ${colour}`,
  });
  return [
    label(`${workload}, ${target.what}`, room, { x: margin, y: baseline, class: 'text' }),
    drawBar(target, verdict, middle),
    label(measured, 14, toTheRight(measuredRight, 'text strong')),
    label(formatWanted(target), 14, toTheRight(wantedRight, 'muted')),
    label(marks[verdict], 14, { x: wantedRight + 20, y: baseline, class: `${verdict} strong` }),
  ].join('');
};

const drawHead = (bottom: number): string => {
  const x = bars.left + bars.width / greatestShare;
  const small = (text: string, x: number, anchor: string): string =>
    label(text, 40, { x, y: 12, 'text-anchor': anchor, class: 'small muted' });
  return [
    small('worse', bars.left, 'start'),
    small('better', bars.left + bars.width, 'end'),
    small('wanted', x, 'middle'),
    small('measured', measuredRight, 'end'),
    small('wanted', wantedRight, 'end'),
    element('line', { x1: x, x2: x, y1: headHeight - 12, y2: bottom + 4, class: 'wanted' }),
  ].join('');
};

const drawAll = (findings: readonly Finding[]): Block => {
  const rows = findings.flatMap(({ workload, targets }) => targets.map((target) => ({ workload, target })));
  const bottom = headHeight + rows.length * rowHeight;
  const svg = rows.map(({ workload, target }, index) => drawTarget(workload, target, headHeight + index * rowHeight));
  return { svg: [...svg, drawHead(bottom)].join('\n'), height: bottom + 4 };
};

/** All that is wanted of a run as SVG, each figure measured against what is wanted of it. */
export const drawTargets = (findings: readonly Finding[], conditions: Conditions): string => {
  const doubts = findings.flatMap(({ workload, targets, failure }) => [
    ...targets.flatMap(({ what, doubts }) => doubts.map((doubt) => `${workload}, ${what}: ${doubt}`)),
    ...(failure === undefined ? [] : [`${workload} was not measured: ${failure}`]),
  ]);
  const blocks = [
    drawAll(findings),
    ...drawDoubts(doubts),
    drawConditions(conditions, [`load by ${conditions.load}, ${conditions.connections} connections`]),
  ];
  return drawPage('Breakwater · what is wanted, and what was measured', blocks);
};
