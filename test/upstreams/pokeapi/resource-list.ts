import type { CatalogueEntry } from './catalogue.ts';

const DEFAULT_LIMIT = 20;

/** The document of a list; `limit=0` and nonsense give the default, and there is no maximum. */
export function resourceList(endpointUrl: string, entries: readonly CatalogueEntry[], query: URLSearchParams): object {
  const limit = natural(query.get('limit')) || DEFAULT_LIMIT;
  const offset = natural(query.get('offset'));
  const left = entries.length - (offset + limit);
  return {
    count: entries.length,
    next: left > 0 ? pageUrl(endpointUrl, offset + limit, Math.min(limit, left)) : null,
    previous: offset > 0 ? pageUrl(endpointUrl, Math.max(0, offset - limit), Math.min(limit, offset)) : null,
    results: entries.slice(offset, offset + limit).map((entry) => toResult(endpointUrl, entry)),
  };
}

function toResult(endpointUrl: string, { id, name }: CatalogueEntry): object {
  const url = `${endpointUrl}/${id}/`;
  return name === undefined ? { url } : { name, url };
}

function pageUrl(endpointUrl: string, offset: number, limit: number): string {
  return `${endpointUrl}?offset=${offset}&limit=${limit}`;
}

function natural(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
