import { hash } from 'node:crypto';
import { acceptsCoding } from './accepts-coding.ts';

/** What an answer may be compressed with, the best first. */
export const CODINGS = ['br', 'gzip'] as const;

/** A strong tag (RFC 9110 §8.8.3): the same bytes have the same. */
export const toEntityTag = (payload: string | Buffer): string => `"${hash('sha1', payload, 'base64url')}"`;

/** Other bytes, another strong tag: that of the same content when it is compressed (RFC 9110 §8.8.3.3). */
export const toCodedTag = (tag: string, coding: string): string => `${tag.slice(0, -1)}-${coding}"`;

/** What decides whether the caller has the answer already. */
export interface Condition {
  readonly ifNoneMatch: string;
  readonly acceptEncoding: string | undefined;
}

/**
 * The tag by which the caller knows what bears `tag`; undefined when it has to be sent (RFC 9110 §13.1.2).
 * A compressed one counts only for who accepts it now: a cache may hold it on behalf of others.
 */
export const findKnownTag = (tag: string, { ifNoneMatch, acceptEncoding }: Condition): string | undefined => {
  if (ifNoneMatch.trim() === '*') return tag;
  const opaque = toOpaque(tag);
  for (let start = ifNoneMatch.indexOf('"'); start >= 0;) {
    const end = ifNoneMatch.indexOf('"', start + 1);
    if (end < 0) return undefined;
    const known = ifNoneMatch.slice(start, end + 1);
    if (known === opaque) return tag;
    if (isCodedForm(known, tag, acceptEncoding)) return known;
    start = ifNoneMatch.indexOf('"', end + 1);
  }
  return undefined;
};

/** Weak comparison (RFC 9110 §8.8.3.2). */
const toOpaque = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag);

const isCodedForm = (known: string, tag: string, acceptEncoding: string | undefined): boolean =>
  CODINGS.some((coding) => known === toCodedTag(tag, coding) && acceptsCoding(acceptEncoding, coding));
