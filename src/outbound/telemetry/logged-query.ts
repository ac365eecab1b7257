const MAX_LENGTH = 100;

/** Of the query in `path`, the values whose names are declared; several of one name are one text. Undefined: there are none. */
export const readLoggedQuery = (path: string, names: readonly string[]): Record<string, string> | undefined => {
  const queryAt = path.indexOf('?');
  if (queryAt < 0) return undefined;
  const given = new URLSearchParams(path.slice(queryAt + 1));
  const present = names.filter((name) => given.has(name));
  if (present.length === 0) return undefined;
  return Object.fromEntries(present.map((name) => [name, given.getAll(name).join(', ').slice(0, MAX_LENGTH)]));
};
