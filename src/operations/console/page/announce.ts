import { part, setAttribute } from './element.ts';

const SHOWN_MS = 12_000;

let timer: number | undefined;

/** Says what came of something: to be seen for a while, and read out. */
export const announce = (text: string, isTrouble = false): void => {
  const place = part('announcement');
  setAttribute(place, 'data-trouble', isTrouble ? '' : undefined);
  place.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (place.textContent = ''), SHOWN_MS);
};
