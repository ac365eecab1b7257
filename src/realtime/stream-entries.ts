import type { HubEvent, Topic } from './event-hub.ts';
import { toHubEvent } from './to-hub-event.ts';
import { toSoundEvent, type SoundEvent } from './to-sound-event.ts';

/** As Redis hands it out. */
export type StreamEntry = readonly [id: string, fields: readonly string[]];

/** Changes with the format of entries: instances of different versions would not understand each other. */
export const toStreamKey = (topic: string): string => `breakwater:events:${topic}`;

/** Put into a stream that is empty, so that there always is an id to go on from. No event. */
export const MARK = ['mark', '1'] as const;

export const toFields = ({ type, json, owner }: SoundEvent): string[] => [
  ...['type', type, 'data', json],
  ...(owner === undefined ? [] : ['owner', owner]),
];

/** The event of an entry; undefined when it is none: what comes from Redis is checked like anybody's input. */
export const readEntry = (topic: Topic, [id, fields]: StreamEntry): HubEvent | undefined => {
  const { type, data: text, owner } = toRecord(fields);
  if (type === undefined || text === undefined) return undefined;
  try {
    const data = JSON.parse(text) as unknown;
    const sound = toSoundEvent(topic, { type, data, ...(owner === undefined ? {} : { owner }) });
    return 'refusal' in sound ? undefined : toHubEvent(topic.name, id, sound);
  } catch {
    return undefined;
  }
};

const toRecord = (fields: readonly string[]): Partial<Record<string, string>> => {
  const record: Partial<Record<string, string>> = {};
  for (let at = 0; at + 1 < fields.length; at += 2) record[fields[at]!] = fields[at + 1]!;
  return record;
};

const STREAM_ID = /^(\d{1,15})-(\d{1,15})$/;

/** Whether one id of a stream comes after another; false when either is none. */
export const isLater = (one: string, other: string): boolean => {
  const [left, right] = [STREAM_ID.exec(one), STREAM_ID.exec(other)];
  if (!left || !right) return false;
  const difference = Number(left[1]) - Number(right[1]);
  return difference === 0 ? Number(left[2]) > Number(right[2]) : difference > 0;
};
