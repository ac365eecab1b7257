import { below, type Parameter } from './strapi-parameters.ts';
import { InvalidQuery, invalidKey } from './strapi-error.ts';

export interface StrapiPage {
  readonly start: number;
  readonly limit: number;
  /** What `meta.pagination` says of it. */
  toMeta(total: number): object;
}

const DEFAULT_LIMIT = 25;
const KEYS = ['start', 'limit', 'page', 'pageSize', 'withCount'];

/** Either `start` and `limit` or `page` and `pageSize`; what is too large becomes `maxPage`, without a word. */
export const readPage = (parameters: readonly Parameter[], maxPage: number): StrapiPage => {
  const given = new Map(below(parameters, 'pagination').map(({ path, value }) => [path.join('.'), value]));
  for (const key of given.keys()) if (!KEYS.includes(key)) throw invalidKey(key, 'pagination');
  const byOffset = given.has('start') || given.has('limit');
  if (byOffset && (given.has('page') || given.has('pageSize'))) {
    throw new InvalidQuery('Cannot use both page & offset pagination in the same query', {}, 'PaginationError');
  }
  const counts = readCounts(given.get('withCount'));
  const limit = capped(integer(given, byOffset ? 'limit' : 'pageSize', DEFAULT_LIMIT), byOffset, maxPage);
  const page = Math.max(1, integer(given, 'page', 1));
  const start = byOffset ? Math.max(0, integer(given, 'start', 0)) : (page - 1) * limit;
  return {
    start,
    limit,
    toMeta: (total) =>
      byOffset
        ? { start, limit, ...(counts && { total }) }
        : { page, pageSize: limit, ...(counts && { pageCount: Math.ceil(total / limit), total }) },
  };
};

/** A limit of -1 means as many as are allowed. */
const capped = (wanted: number, byOffset: boolean, maxPage: number): number =>
  byOffset && wanted === -1 ? maxPage : Math.min(Math.max(1, wanted), maxPage);

const integer = (given: ReadonlyMap<string, string>, key: string, fallback: number): number => {
  const text = given.get(key);
  if (text === undefined) return fallback;
  if (!/^-?\d{1,15}$/.test(text)) throw new InvalidQuery(`Invalid pagination ${key}: expected an integer, got ${text}`);
  return Number(text);
};

const readCounts = (text = 'true'): boolean => {
  if (['true', 't', '1'].includes(text)) return true;
  if (['false', 'f', '0'].includes(text)) return false;
  throw new InvalidQuery('Invalid withCount parameter. Expected "t","1","true","false","0","f"');
};
