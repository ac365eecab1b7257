import { element, setText } from './element.ts';
import type { Verdict } from './snapshot.ts';

interface Look {
  readonly word: string;
  /** In a square of 16: each verdict has a shape of its own, for who cannot tell the colours. */
  readonly shape: string;
}

/** In order of trouble. */
const LOOKS: Readonly<Record<Verdict, Look>> = {
  failing: {
    word: 'Failing',
    shape: 'M5 1h6l4 4v6l-4 4H5l-4-4V5zM4.5 6 6 4.5l2 2 2-2L11.5 6l-2 2 2 2-1.5 1.5-2-2-2 2L4.5 10l2-2z',
  },
  slow: { word: 'Slow', shape: 'M8 1 15.5 14.5H.5zM7 6v4h2V6zm0 5v2h2v-2z' },
  isolated: { word: 'Isolated', shape: 'M2 2h12v12H2zM5 5v6h2V5zm4 0v6h2V5z' },
  healthy: {
    word: 'Healthy',
    shape: 'M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1zM4.2 8.3l2.9 2.9 5-5-1.3-1.3-3.7 3.7-1.6-1.6z',
  },
  idle: { word: 'Idle', shape: 'M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1zM8 3a5 5 0 1 0 0 10A5 5 0 1 0 8 3z' },
  off: { word: 'Off', shape: 'M2 7h12v2H2z' },
};

const ORDER = Object.keys(LOOKS) as readonly Verdict[];
const SVG = 'http://www.w3.org/2000/svg';

interface Judged {
  readonly name: string;
  readonly verdict: Verdict;
}

/** The most troubled first. */
export const byTrouble = (a: Judged, b: Judged): number =>
  ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || a.name.localeCompare(b.name);

/** Such as `1 failing, 3 healthy`. */
export const summarise = (all: readonly Judged[]): string =>
  ORDER.map((verdict) => [all.filter((one) => one.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map((pair) => pair.join(' '))
    .join(', ');

/** Shape and word; the colour is the style sheet's. */
export const makeVerdict = (): HTMLElement => {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  const path = drawing.appendChild(document.createElementNS(SVG, 'path'));
  path.setAttribute('fill-rule', 'evenodd');
  return element('span', { class: 'verdict' }, drawing, element('span'));
};

export const setVerdict = (place: HTMLElement, verdict: Verdict): void => {
  if (place.dataset['verdict'] === verdict) return;
  place.dataset['verdict'] = verdict;
  place.querySelector('path')!.setAttribute('d', LOOKS[verdict].shape);
  setText(place.lastElementChild!, LOOKS[verdict].word);
};
