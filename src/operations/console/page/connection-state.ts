import { element, part, setHidden, setText } from './element.ts';
import { makeTime, serverNow, setTime, toTimeOfDay } from './server-time.ts';

/** `ended`: the login has, and somebody has to log in anew. */
type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'ended';

let state: ConnectionState = 'connecting';
/** When the last snapshot came; undefined before the first. */
let lastMs: number | undefined;

/** Shows whether the page is live, and since when it is not. Said again only when it changes: it is read out. */
export const noteConnection = (now: ConnectionState): void => {
  if (now === 'live') lastMs = serverNow();
  if (now === state) return;
  const wasLive = state === 'live';
  state = now;
  document.body.dataset['connection'] = state;
  setText(part('connection'), toSentence());
  if (wasLive || now === 'live' || now === 'ended') showAge();
};

const toSentence = (): string => {
  if (state === 'live') return 'Live';
  if (state === 'ended') return 'Your login has ended';
  return lastMs === undefined ? 'Connecting …' : `Reconnecting since ${toTimeOfDay(lastMs)}`;
};

/** What is shown is not how it is any more, and says so. */
const showAge = (): void => {
  const place = part('stale');
  setHidden(place, state === 'live' || (state === 'reconnecting' && lastMs === undefined));
  if (place.hidden) return;
  const again = element('a', { href: '/console' }, 'Log in again');
  const since = makeTime('ago');
  if (lastMs !== undefined) setTime(since, new Date(lastMs).toISOString());
  const age = lastMs === undefined ? [] : [`Not live: what you see is from ${toTimeOfDay(lastMs)}, `, since, '. '];
  place.replaceChildren(...age, ...(state === 'ended' ? [again, '.'] : []));
};
