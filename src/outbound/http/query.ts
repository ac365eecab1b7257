type QueryValue = string | number | boolean | undefined;

export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/** `?name=value&…`, encoded; an empty string when there is nothing to say. */
export const toQuery = (query: Query | undefined): string => {
  if (query === undefined) return '';
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? (value as readonly QueryValue[]) : [value as QueryValue];
    for (const single of values) if (single !== undefined) params.append(name, String(single));
  }
  return params.size === 0 ? '' : `?${params}`;
};
