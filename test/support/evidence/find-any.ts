/** Texts are told apart by their first bytes; a shorter one is not looked for. */
const HEAD_BYTES = 8;

/** One bit of a hash for each place: most bytes of a text begin nothing that is looked for. */
const FILTER_SIZE = 2 ** 24;

/**
 * Where each of many texts occurs first, for those that do: one pass over all, however many are looked for. A run of the
 * tests has tens of thousands of secrets and tens of megabytes to find them in.
 */
export const findAny = (all: Buffer, texts: readonly string[]): Map<string, number> => {
  const byHead = new Map<number, string[]>();
  const filter = new Uint8Array(FILTER_SIZE);
  for (const text of texts) {
    const bytes = Buffer.from(text);
    if (bytes.length < HEAD_BYTES) throw new RangeError(`"${text}" is too short to be looked for`);
    const hash = hashAt(bytes, 0);
    filter[hash % FILTER_SIZE] = 1;
    byHead.set(hash, [...(byHead.get(hash) ?? []), text]);
  }
  const found = new Map<string, number>();
  for (let at = 0; at <= all.length - HEAD_BYTES; at += 1) {
    const hash = hashAt(all, at);
    if (filter[hash % FILTER_SIZE] === 0) continue;
    for (const text of byHead.get(hash) ?? []) if (!found.has(text) && isAt(all, at, text)) found.set(text, at);
  }
  return found;
};

const hashAt = (bytes: Buffer, at: number): number => {
  const low = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  const high = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
  return (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0;
};

const isAt = (all: Buffer, at: number, text: string): boolean => {
  const bytes = Buffer.from(text);
  return all.compare(bytes, 0, bytes.length, at, Math.min(all.length, at + bytes.length)) === 0;
};
