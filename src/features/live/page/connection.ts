import { part } from './element.ts';

type State = 'connecting' | 'live' | 'offline';

const streams = new Map<string, boolean>();
let storedAt: Date | undefined;
/** When something last came over the network. */
let heardAt: Date | undefined;

/** Whether a stream of events that the page wants is open; undefined: it is not wanted any more. */
export const noteStream = (topic: string, isOpen: boolean | undefined): void => {
  if (isOpen === undefined) streams.delete(topic);
  else streams.set(topic, isOpen);
  if (isOpen === true) noteHeard();
  show();
};

/** Something came over the network. */
export const noteHeard = (): void => {
  heardAt = new Date();
  storedAt = undefined;
  show();
};

/** What is shown is from the store of the service worker. */
export const noteStored = (at: Date): void => {
  storedAt = at;
  show();
};

const show = (): void => {
  const [state, text] = describe();
  const place = part('connection');
  // Said again only when it changed: it is read out to those who cannot see it.
  if (place.textContent === text) return;
  place.dataset['state'] = state;
  place.textContent = text;
};

const describe = (): readonly [State, string] => {
  const since = storedAt ?? heardAt;
  const known = since === undefined ? '' : `: this is from ${since.toLocaleTimeString()}`;
  if (!navigator.onLine || storedAt !== undefined) return ['offline', `Offline${known}`];
  if ([...streams.values()].every(Boolean)) return ['live', 'Live'];
  return ['connecting', heardAt === undefined ? 'Connecting …' : `Reconnecting${known}`];
};

addEventListener('online', show);
addEventListener('offline', show);
