import { createHash } from 'node:crypto';

/** The same UUID for the same kind and number, in every run. */
export const stableId = (kind: string, number: number): string => {
  const hex = createHash('sha256').update(`${kind} ${number}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The same for commits: 40 hex digits. */
export const stableSha = (number: number): string => createHash('sha1').update(`commit ${number}`).digest('hex');

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);
