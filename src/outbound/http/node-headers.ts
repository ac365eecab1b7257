import type { HeaderMap } from './header-map.ts';

/** Names and values in turn, as Node's parser gives them. What came more than once is a list, nothing is joined. */
export const toHeaderMap = (raw: readonly string[]): HeaderMap => {
  // Without a prototype: `__proto__` is a name like any other.
  const headers = Object.create(null) as HeaderMap;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    const value = raw[at + 1]!;
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (typeof before === 'string') headers[name] = [before, value];
    else before.push(value);
  }
  return headers;
};
