import type { Conditions } from '../findings/results.ts';
import { element, escapeText, label, toCharacters, wrap } from './svg.ts';

/** A part of a drawing, from its own top. */
export interface Block {
  svg: string;
  height: number;
}

export const pageWidth = 960;
export const margin = 24;
/** Of all text but headings and small print. */
export const fontPx = 13;

const smallPx = 11;
const lineHeight = 17;
const mostDoubts = 8;

const light = {
  paper: '#ffffff',
  text: '#1f2328',
  muted: '#59636e',
  grid: '#d8dee4',
  ours: '#0969da',
  theirs: '#afb8c1',
  reached: '#1a7f37',
  missed: '#cf222e',
  refused: '#9a6700',
};

const dark: typeof light = {
  paper: '#0d1117',
  text: '#e6edf3',
  muted: '#9198a1',
  grid: '#30363d',
  ours: '#388bfd',
  theirs: '#5b6470',
  reached: '#3fb950',
  missed: '#ff7b72',
  refused: '#d29922',
};

const toRules = (colours: typeof light): string =>
  [
    ...Object.entries(colours).map(([name, colour]) => `.${name}{fill:${colour}}`),
    `.gridline{stroke:${colours.grid}}.whisker{stroke:${colours.text};stroke-width:1.5;fill:none}`,
    `.wanted{stroke:${colours.text};stroke-width:1.5}.empty{fill:none;stroke:${colours.refused};stroke-dasharray:4 3}`,
  ].join('');

// Nothing but names of classes, fonts and colours, none of them from a figure.
const style = `text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:${fontPx}px}
.heading{font-size:18px;font-weight:600}.strong{font-weight:600}.small{font-size:${smallPx}px}
.figure{font-variant-numeric:tabular-nums}
${toRules(light)}
@media (prefers-color-scheme:dark){${toRules(dark)}}`;

const toSmallPrint = (paragraphs: readonly string[], colour: string): Block => {
  const room = toCharacters(pageWidth - 2 * margin, smallPx);
  const lines = paragraphs.flatMap((paragraph) => wrap(paragraph, room));
  const svg = lines.map((line, index) =>
    label(line, room, { x: margin, y: (index + 1) * lineHeight - 4, class: `small ${colour}` }),
  );
  return { svg: svg.join('\n'), height: lines.length * lineHeight };
};

/** Why some figures are refused, as small print; nothing when there is no reason. */
export const drawDoubts = (doubts: readonly string[]): Block[] => {
  if (doubts.length === 0) return [];
  const more = doubts.length > mostDoubts ? [`and ${doubts.length - mostDoubts} more`] : [];
  return [toSmallPrint([...doubts.slice(0, mostDoubts).map((doubt) => `refused – ${doubt}`), ...more], 'refused')];
};

const formatDate = (isoDate: string): string => `${isoDate.slice(0, 16).replace('T', ' ')} UTC`;

/** What the figures depend on, as small print. */
export const drawConditions = (conditions: Conditions, more: readonly string[]): Block => {
  const { measuredAt, node, processor, cores, rounds, secondsPerRound } = conditions;
  const general = [formatDate(measuredAt), `Node ${node}`, `${cores} × ${processor}`];
  return toSmallPrint([[...general, `${rounds} rounds of ${secondsPerRound} s`, ...more].join(' · ')], 'muted');
};

const gap = 16;
const headingHeight = 34;

/** Blocks below each other, under a heading: a file that stands alone. */
export const drawPage = (heading: string, blocks: readonly Block[]): string => {
  let y = margin + headingHeight;
  const placed = blocks.map(({ svg, height }) => {
    const group = element('g', { transform: `translate(0 ${y})` }, `\n${svg}\n`);
    y += height + gap;
    return group;
  });
  const size = { width: pageWidth, height: y - gap + margin };
  const frame = { xmlns: 'http://www.w3.org/2000/svg', ...size, viewBox: `0 0 ${size.width} ${size.height}` };
  const content = [
    element('title', {}, escapeText(heading)),
    `<style>${style}</style>`,
    element('rect', { ...size, rx: 8, class: 'paper' }),
    label(heading, 90, { x: margin, y: margin + 16, class: 'heading text' }),
    ...placed,
  ];
  return `${element('svg', { ...frame, role: 'img' }, `\n${content.join('\n')}\n`)}\n`;
};
