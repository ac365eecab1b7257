import type { CacheStore } from '../../../src/outbound/cache/stores/cache-store.ts';

/** From now on tells of every entry that is to be kept: its key, headers and body. */
export const noteStored = (store: CacheStore, note: (output: string) => void): void => {
  const reserve = store.reserve.bind(store);
  store.reserve = (tags, isUnlikely) => {
    const reservation = reserve(tags, isUnlikely);
    const keep: typeof reservation.keep = (key, entry) => {
      note(`${key}\n${JSON.stringify(entry.headers)}\n${entry.body.toString('utf8')}`);
      return reservation.keep(key, entry);
    };
    return { keep, allows: (entry) => reservation.allows(entry), release: () => reservation.release() };
  };
};
