import type { CacheEntry } from '../cache-entry.ts';

/** What the objects around an entry take, its place in the maps included: measured, rounded up. */
const ENTRY_BYTES = 1_024;
/** A string's own header, and its place in the object or list that holds it. */
const STRING_BYTES = 40;

/** About what `entry` takes of the heap under `key`, in bytes; without what a schema made of its body. */
export const entrySize = (key: string, { body, headers, tags }: CacheEntry): number => {
  let bytes = ENTRY_BYTES + body.byteLength + key.length;
  for (const tag of tags) bytes += STRING_BYTES + tag.length;
  for (const name in headers) bytes += STRING_BYTES + name.length + headerSize(headers[name]);
  return bytes;
};

const headerSize = (value: string | string[] | undefined): number =>
  typeof value === 'string'
    ? STRING_BYTES + value.length
    : (value ?? []).reduce((bytes, item) => bytes + STRING_BYTES + item.length, 0);
