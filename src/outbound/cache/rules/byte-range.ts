import type { HeaderMap } from '../../http/header-map.ts';

/** The answer to a request for part of a body. */
export interface PartialAnswer {
  readonly status: 206 | 416;
  readonly headers: HeaderMap;
  readonly body: Buffer;
}

const SINGLE_RANGE = /^bytes=(?:(\d{1,15})-(\d{1,15})?|-(\d{1,15}))$/;

/**
 * Cuts one range out of a whole body (RFC 9110 §14.2). Undefined for several ranges and for what is no range:
 * these may be answered with the whole.
 */
export const toPartialAnswer = (range: HeaderMap[string], whole: Buffer): PartialAnswer | undefined => {
  const [, first, last, suffix] = SINGLE_RANGE.exec(String(range)) ?? [];
  if (first === undefined && suffix === undefined) return undefined;
  const size = whole.length;
  const start = first === undefined ? Math.max(0, size - Number(suffix)) : Number(first);
  const end = Math.min(size - 1, first === undefined || last === undefined ? size - 1 : Number(last));
  if (last !== undefined && Number(last) < Number(first)) return undefined;
  // The last bytes of nothing are all of it, which no Content-Range can say.
  if (size === 0 && Number(suffix) > 0) return undefined;
  if (start > end) return { status: 416, headers: toUnsatisfied(size), body: Buffer.alloc(0) };
  const body = whole.subarray(start, end + 1);
  const headers = { 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': String(body.length) };
  return { status: 206, headers, body };
};

const toUnsatisfied = (size: number): HeaderMap => ({ 'content-range': `bytes */${size}`, 'content-length': '0' });
