import { createHash } from 'node:crypto';
import type { StoredArticle } from './cms-handles.ts';

/** A stored article with nothing left open. */
export interface Article {
  /** Strapi's number of the row: publishing makes a new row, and so another number. */
  readonly id: number;
  readonly documentId: string;
  readonly slug: string;
  readonly title: string;
  readonly body: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Null for a draft. */
  readonly publishedAt: string | null;
}

const NEW_YEAR_MS = Date.UTC(2025, 0, 1);
const MINUTES_OF_A_YEAR = 365 * 24 * 60;
const MINUTE_MS = 60_000;

/** ISO 8601, a minute later for each `id`; half a million of them stay within 2025. */
export const someDay = (id: number): string =>
  new Date(NEW_YEAR_MS + (id % MINUTES_OF_A_YEAR) * MINUTE_MS).toISOString();

export const toArticle = (stored: StoredArticle, id: number): Article => ({
  id,
  documentId: stored.documentId ?? documentIdOf(stored.slug),
  slug: stored.slug,
  title: stored.title,
  body: stored.body ?? null,
  createdAt: someDay(id),
  updatedAt: stored.updatedAt ?? someDay(id),
  publishedAt: stored.publishedAt === undefined ? someDay(id) : stored.publishedAt,
});

/** As long as Strapi's, and for ever the same for a slug. */
const documentIdOf = (slug: string): string => createHash('sha256').update(slug).digest('hex').slice(0, 24);
