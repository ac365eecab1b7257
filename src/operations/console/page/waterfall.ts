import { element } from './element.ts';
import { toMs, toShort } from './numbers.ts';
import { PHASES, phasesOf, spanOf, ticksOf, type Phase } from './phases.ts';
import type { AttemptBar, RemarkableCall } from './snapshot.ts';

const TICKS = 5;

/** Places something on the scale of a call; through the object model, which the policy of the page allows. */
type Place = (piece: HTMLElement, fromMs: number, toMs?: number) => HTMLElement;

const placeOn =
  (spanMs: number): Place =>
  (piece, fromMs, toMs) => {
    piece.style.left = `${(100 * fromMs) / spanMs}%`;
    if (toMs !== undefined) piece.style.width = `${(100 * (toMs - fromMs)) / spanMs}%`;
    return piece;
  };

/** A scale, a bar for each attempt with its phases, the waits between them, and what the colours mean. */
export const drawWaterfall = ({ durationMs, attempts, backoffsMs }: RemarkableCall): Node[] => {
  if (attempts.length === 0)
    return [element('p', { class: 'note' }, 'No attempt was made: nothing left this process.')];
  const spanMs = spanOf(durationMs, attempts);
  const place = placeOn(spanMs);
  const waits = [...backoffsMs];
  const rows = attempts.flatMap((attempt, index) => {
    const [before, next] = [attempts[index - 1], attempts[index + 1]];
    // Nothing was waited for between two that were made side by side.
    const waitMs = next?.isHedge ? undefined : waits.shift();
    const endMs = attempt.isHedge ? Math.max(endOf(attempt), endOf(before)) : endOf(attempt);
    const wait = waitMs === undefined ? [] : [drawWait(waitMs, endMs, next?.startedAtMs, place)];
    return [drawAttempt(attempt, index + 1, place), ...wait];
  });
  return [drawScale(spanMs, place), element('ol', { class: 'rows' }, ...rows), drawLegend()];
};

const endOf = (attempt: AttemptBar | undefined): number => (attempt ? attempt.startedAtMs + attempt.durationMs : 0);

const drawScale = (spanMs: number, place: Place): HTMLElement => {
  const ticks = ticksOf(spanMs, TICKS).map((ms) => {
    // The last one has no room to its right.
    const side = ms > 0.9 * spanMs ? 'end' : 'start';
    return place(element('span', { 'data-side': side }, toTick(ms)), ms);
  });
  return element('div', { class: 'scale', 'aria-hidden': 'true' }, ...ticks);
};

const toTick = (ms: number): string => {
  if (ms === 0) return '0';
  return ms < 1000 ? `${toShort(ms)} ms` : `${toShort(ms / 1000)} s`;
};

const drawAttempt = (attempt: AttemptBar, number: number, place: Place): HTMLElement => {
  const phases = phasesOf(attempt);
  const bar = element('div', { class: 'track', 'aria-hidden': 'true' }, ...phases.map((one) => drawPhase(one, place)));
  const row = element('li', { 'data-failed': String(attempt.error !== null) });
  row.append(
    element(
      'p',
      { class: 'row-head' },
      element('strong', {}, `Attempt ${number}${attempt.isHedge ? ', beside it' : ''}`),
      ` ${toResult(attempt)} `,
    ),
    bar,
    element('p', { class: 'row-phases' }, toTimes(phases)),
  );
  row.firstElementChild!.append(element('span', { class: 'total' }, toMs(attempt.durationMs)));
  return row;
};

const toResult = ({ status, error, server }: AttemptBar): string => {
  const result = error ?? (status === null ? 'answered' : `answered ${status}`);
  const known = error !== null && status !== null && !error.includes(String(status)) ? `${result} (${status})` : result;
  return server === null ? known : `${known}, at ${server}`;
};

const drawPhase = ({ name, fromMs, toMs: to }: Phase, place: Place): HTMLElement =>
  place(element('span', { 'data-phase': name, title: `${PHASES[name]}: ${toMs(to - fromMs)}` }), fromMs, to);

const toTimes = (phases: readonly Phase[]): string =>
  phases.map(({ name, fromMs, toMs: to }) => `${name} ${toMs(to - fromMs)}`).join(' · ');

const drawWait = (waitMs: number, fromMs: number, nextMs: number | undefined, place: Place): HTMLElement => {
  const piece = place(element('span', { 'data-phase': 'backoff' }), fromMs, nextMs ?? fromMs + waitMs);
  const words = element('p', { class: 'row-phases' }, `Waited ${toMs(waitMs)} before trying again`);
  return element('li', { class: 'wait' }, element('div', { class: 'track', 'aria-hidden': 'true' }, piece), words);
};

const drawLegend = (): HTMLElement =>
  element(
    'ul',
    { class: 'legend' },
    ...Object.entries({ ...PHASES, backoff: 'wait before trying again' }).map(([name, meaning]) =>
      element('li', {}, element('span', { 'data-phase': name, 'aria-hidden': 'true' }), meaning),
    ),
  );
