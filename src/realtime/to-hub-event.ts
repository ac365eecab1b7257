import type { HubEvent } from './event-hub.ts';
import { toFrame } from './to-frame.ts';
import type { SoundEvent } from './to-sound-event.ts';

/** Its data is what JSON has left of it: the same for all who listen, here and in other instances. */
export const toHubEvent = (topic: string, id: string, { type, json, owner }: SoundEvent): HubEvent => ({
  id,
  topic,
  type,
  data: JSON.parse(json) as unknown,
  ...(owner === undefined ? {} : { owner }),
  frame: toFrame({ id, type, json }),
});
