import { element, setHidden, setText } from './element.ts';
import { makeTime, setTime } from './server-time.ts';
import type { ProviderCard } from './snapshot.ts';

/** Tells what failed last, and when. */
export const showLastError = (place: HTMLElement, error: ProviderCard['lastError']): void => {
  setHidden(place, error === null);
  if (error === null) return;
  if (place.childElementCount === 0) place.append('Last error ', makeTime('ago'), ': ', element('span'));
  setTime(place.querySelector('time')!, error.at);
  setText(place.lastElementChild!, `${error.operation}, ${error.code}: ${error.reason}`);
};
