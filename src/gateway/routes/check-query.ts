const NONE: readonly string[] = Object.freeze([]);

/** Some servers part keys at semicolons too: what is allowed to one of them must be allowed to all. */
const SEPARATORS = /[&;]/;
const NO_ENCODING = /%(?![\da-f]{2})/i;

/**
 * Which keys of a query a route does not take: decoded (`+` is a blank), each once; as they stand where they, or their
 * values, are encoded wrongly. What an upstream could read otherwise than we do counts as not allowed.
 * @param allowed decoded; without it nothing is checked
 * @returns takes the query as on the wire, without its `?`
 */
export const compileQuery = (allowed: readonly string[] | undefined): ((query: string) => readonly string[]) => {
  if (allowed === undefined) return () => NONE;
  const known = new Set(allowed);
  return (query) => (query === '' ? NONE : findRefused(query, known));
};

const findRefused = (query: string, known: ReadonlySet<string>): readonly string[] => {
  const refused = new Set<string>();
  for (const piece of query.split(SEPARATORS)) {
    if (piece === '') continue;
    const written = keyOf(piece);
    const key = decode(written);
    if (key === undefined || !known.has(key) || NO_ENCODING.test(piece)) refused.add(key ?? written);
  }
  return refused.size === 0 ? NONE : [...refused];
};

const keyOf = (piece: string): string => {
  const end = piece.indexOf('=');
  return end === -1 ? piece : piece.slice(0, end);
};

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};
