import { InvalidQuery, invalidKey } from './strapi-error.ts';

/** What `a[b][c]=v` says, in the order it came: path `['a', 'b', 'c']`, value `v`. */
export interface Parameter {
  readonly path: readonly string[];
  readonly value: string;
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['filters', 'sort', 'fields', 'populate', 'pagination'],
  ...['status', 'locale', '_q', 'hasPublishedVersion', 'publicationFilter'],
]);

const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['id', 'documentId', 'title', 'slug', 'body', 'createdAt', 'updatedAt', 'publishedAt'],
]);

/** @throws InvalidQuery for a parameter that Strapi does not know. */
export const readParameters = (query: URLSearchParams): Parameter[] =>
  [...query].map(([key, value]) => {
    const path = [...key.matchAll(/[^[\]]+/g)].map(([segment]) => segment);
    const first = path[0] ?? '';
    if (!KNOWN.has(first)) throw invalidKey(first, null);
    return { path, value };
  });

/** The parameters below `name`, each with the rest of its path. */
export const below = (parameters: readonly Parameter[], name: string): Parameter[] =>
  parameters.filter(({ path }) => path[0] === name).map(({ path, value }) => ({ path: path.slice(1), value }));

/** `name=a,b` and `name[0]=a&name[1]=b` are the same list. */
export const listOf = (parameters: readonly Parameter[], name: string): string[] =>
  below(parameters, name).flatMap(({ value }) => value.split(',').map((item) => item.trim()));

/** @throws InvalidQuery for an attribute that articles do not have. */
export const checkAttribute = (name: string): string => {
  if (!ATTRIBUTES.has(name)) throw invalidKey(name);
  return name;
};

/** Which versions are meant: published ones unless drafts are asked for. */
export const readStatus = (parameters: readonly Parameter[]): 'draft' | 'published' => {
  const status = below(parameters, 'status').at(-1)?.value ?? 'published';
  if (status !== 'draft' && status !== 'published') throw new InvalidQuery('Invalid status');
  return status;
};
