import type { NewEvent, Topic } from './event-hub.ts';

export const MAX_DATA_BYTES = 32_768;

const TYPE = /^[A-Za-z\d._]{1,64}$/;
const MAX_OWNER_LENGTH = 128;

/** An event that can be told: what it says of itself, and its data as JSON. */
export interface SoundEvent {
  readonly type: string;
  readonly json: string;
  readonly owner?: string;
}

/** What is wrong with an event. Never shows any of it. */
export interface Unsound {
  readonly refusal: string;
}

export const toSoundEvent = ({ isOwned = false }: Topic, { type, data, owner }: NewEvent): SoundEvent | Unsound => {
  if (!TYPE.test(type)) return { refusal: 'its type is not made of letters, digits, dots and underscores' };
  if (isOwned !== (owner !== undefined)) return { refusal: isOwned ? 'it has no owner' : 'its topic has no owners' };
  if (owner !== undefined && (owner === '' || owner.length > MAX_OWNER_LENGTH)) return { refusal: 'its owner is none' };
  const json = toJson(data);
  if (json === undefined) return { refusal: 'its data is no JSON' };
  if (Buffer.byteLength(json) > MAX_DATA_BYTES) return { refusal: `its data has more than ${MAX_DATA_BYTES} bytes` };
  return { type, json, ...(owner === undefined ? {} : { owner }) };
};

/** A listener always gets some data: without, browsers would not tell of the event. */
const toJson = (data: unknown): string | undefined => {
  try {
    return JSON.stringify(data);
  } catch {
    return undefined;
  }
};
