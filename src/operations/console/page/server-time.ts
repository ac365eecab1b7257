import { element, setAttribute, setText } from './element.ts';
import { toDuration } from './numbers.ts';

/** `ago` tells when something was, `for` how long it has been so. */
type Manner = 'ago' | 'for';

const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
const OF_DAY = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** The clock of the server counts: that of this machine may be wrong. */
let serverMs = Date.now();
let heardAt = performance.now();

/** The server says what time it is. */
export const noteServerTime = (iso: string): void => {
  serverMs = Date.parse(iso);
  heardAt = performance.now();
};

/** In ms since 1970, as the server counts. */
export const serverNow = (): number => serverMs + performance.now() - heardAt;

/** Such as `14:03:12`. */
export const toTimeOfDay = (ms: number): string => OF_DAY.format(ms);

/** Such as `22 Nov 2025, 14:03:12 CET`. */
export const toExactTime = (iso: string): string => EXACT.format(new Date(iso));

/** An element that tells a time relative to now, and the exact one to who asks. */
export const makeTime = (manner: Manner, iso?: string): HTMLTimeElement => {
  const made = element('time', { 'data-manner': manner });
  if (iso !== undefined) setTime(made, iso);
  return made;
};

export const setTime = (place: HTMLTimeElement, iso: string): void => {
  if (place.dateTime === iso) return;
  setAttribute(place, 'datetime', iso);
  setAttribute(place, 'title', toExactTime(iso));
  showTime(place);
};

const showTime = (place: HTMLTimeElement): void => {
  const passed = toDuration((serverNow() - Date.parse(place.dateTime)) / 1000);
  setText(place, place.dataset['manner'] === 'for' ? `for ${passed}` : `${passed} ago`);
};

/** Tells all times anew. */
export const showTimes = (): void => {
  document.querySelectorAll<HTMLTimeElement>('time[data-manner][datetime]').forEach(showTime);
};
