import type { FastifyReply } from 'fastify';

/** An answer as it is kept. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Larger answers are not kept. */
export const MAX_STORED_BYTES = 256 * 1_024;

/** What belongs to the answer itself; all else is of the one exchange, or on every answer anyway. */
const STORED_HEADERS = [
  ...['cache-control', 'content-language', 'content-location', 'content-type', 'etag', 'last-modified', 'link'],
  ...['location', 'preference-applied', 'retry-after', 'vary'],
] as const;

/** These a problem has overwritten. */
const OF_PROBLEMS: ReadonlySet<string> = new Set(['cache-control', 'content-type', 'retry-after']);

/** Says that an answer was given before. */
const REPLAYED = 'idempotency-replayed';

interface GivenAnswer {
  readonly reply: FastifyReply;
  /** What the handler returned. */
  readonly value: unknown;
  /** Set when it came too late: its caller got a problem, at the deadline. The status it would have had. */
  readonly lateStatus: number | undefined;
}

/** What the value is answered as, or would have been; null when that is too large to be kept, or no text. */
export const toStoredAnswer = ({ reply, value, lateStatus }: GivenAnswer): StoredAnswer | null => {
  const isLate = lateStatus !== undefined;
  const content = reply.sent && !isLate ? undefined : toContent(value);
  if (content === undefined || Buffer.byteLength(content.body) > MAX_STORED_BYTES) return null;
  const headers: Record<string, string> = content.type === undefined ? {} : { 'content-type': content.type };
  for (const name of STORED_HEADERS) {
    const own = isLate && OF_PROBLEMS.has(name) ? undefined : reply.getHeader(name);
    if (own !== undefined) headers[name] = String(own);
  }
  return { status: lateStatus ?? reply.statusCode, headers, body: content.body };
};

/** Puts the answer's head in place. Returns its body. */
export const replay = ({ status, headers, body }: StoredAnswer, reply: FastifyReply): Buffer | undefined => {
  reply
    .code(status)
    .headers({ ...headers })
    .header(REPLAYED, 'true');
  return body === '' ? undefined : Buffer.from(body);
};

/** As the server does it. */
const toContent = (value: unknown): { readonly type?: string; readonly body: string } | undefined => {
  if (value === undefined) return { body: '' };
  if (typeof value === 'string') return { type: 'text/plain; charset=utf-8', body: value };
  if (isBinary(value)) return undefined;
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
};

const isBinary = (value: unknown): boolean =>
  ArrayBuffer.isView(value) ||
  (typeof value === 'object' && value !== null && ('pipe' in value || 'getStream' in value || 'getReader' in value));
