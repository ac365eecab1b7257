import { parseDictionary, Token, type BareItem } from 'structured-headers';
import type { HeaderMap } from '../../http/header-map.ts';
import { Directives, parseDirectives } from './directives.ts';

/** Fields addressed to caches such as this one, most specific first (RFC 9213 §2.2). */
const TARGETED_FIELDS = ['cdn-cache-control'];

/** What the response says to us: a valid targeted field, else `Cache-Control`. */
export interface ResponseDirectives {
  readonly directives: Directives;
  /** True when `Cache-Control` and `Expires` do not count. */
  readonly isTargeted: boolean;
}

export const toResponseDirectives = (headers: HeaderMap): ResponseDirectives => {
  for (const name of TARGETED_FIELDS) {
    const directives = headers[name] === undefined ? undefined : parseTargeted(headers[name]);
    if (directives && !directives.isEmpty) return { directives, isTargeted: true };
  }
  return { directives: parseDirectives(headers['cache-control']), isTargeted: false };
};

/** A structured dictionary; undefined when it is none, or a directive has a value of a wrong type. */
const parseTargeted = (field: string | string[]): Directives | undefined => {
  try {
    const values = new Map<string, string | true>();
    for (const [name, [value]] of parseDictionary([field].flat().join(', '))) {
      if (name.endsWith('max-age') || name.endsWith('maxage') ? !Number.isInteger(value) : Array.isArray(value)) {
        return undefined;
      }
      values.set(name, toArgument(value));
    }
    return new Directives(values);
  } catch {
    return undefined;
  }
};

const toArgument = (value: BareItem): string | true =>
  typeof value === 'number' || typeof value === 'string' || value instanceof Token ? String(value) : true;
