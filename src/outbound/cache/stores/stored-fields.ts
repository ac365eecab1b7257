import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { CacheEntry } from '../cache-entry.ts';
import { toOwnBody } from '../own-body.ts';
import type { FoundFields } from './redis-scripts.ts';

/** An entry as it is kept outside of this process. */
export interface StoredFields {
  readonly head: string;
  readonly body: Buffer;
  /** Over head and body. */
  readonly checksum: string;
}

/** The longest that anything is kept. */
export const LONGEST_KEPT_MS = 30 * 86_400_000;

const duration = z.number().nonnegative().finite();
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/);
// What a server refuses to send would break the request that is answered with it.
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/);

const storedHead = z.object({
  status: z.int().min(200).max(599),
  headers: z.record(headerName, z.union([headerValue, z.array(headerValue)])),
  freshness: z.object({
    lifetimeMs: duration,
    browserLifetimeMs: duration,
    staleWhileRevalidateMs: duration,
    staleIfErrorMs: duration,
    mayServeStale: z.boolean(),
  }),
  initialAgeMs: duration,
  /** How long it had been kept elsewhere when it was written. */
  heldMs: duration,
  keepMs: duration,
  tags: z.array(z.string()),
  variesOn: z.array(z.string()).optional(),
});

const checksumOf = (head: string | Buffer, body: Buffer): string => crc32(body, crc32(head)).toString(16);

export const toStoredFields = (entry: CacheEntry, now: number): StoredFields => {
  const { status, headers, freshness, initialAgeMs, keepMs, tags, variesOn, body } = entry;
  const heldMs = Math.max(0, now - entry.receivedAt);
  const head = JSON.stringify({ status, headers, freshness, initialAgeMs, heldMs, keepMs, tags, variesOn });
  return { head, body, checksum: checksumOf(head, body) };
};

/**
 * The entry that `fields` are, which were asked for at `askedAt`; undefined when nobody of our version wrote them.
 * They may be anything: others have access to where they were.
 */
export const toEntry = (fields: NonNullable<FoundFields>, askedAt: number): CacheEntry | undefined => {
  const [head, body, checksum, keptMs, leftMs] = fields;
  if (![head, body, checksum, keptMs].every((field) => Buffer.isBuffer(field))) return undefined;
  const elapsedMs = Number(keptMs) - leftMs;
  // A negative one means that Redis's clock was set back: how old the entry is, nobody knows.
  if (!(elapsedMs >= 0 && elapsedMs <= LONGEST_KEPT_MS) || checksum.toString() !== checksumOf(head, body)) return;
  const read = storedHead.safeParse(parseJson(head.toString()));
  if (!read.success) return undefined;
  const { heldMs, ...parts } = read.data;
  return new CacheEntry({ ...parts, body: toOwnBody(body), receivedAt: askedAt - elapsedMs - heldMs });
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
