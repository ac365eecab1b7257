import { hash } from 'node:crypto';
import { toFieldNames } from '../../http/field-names.ts';
import type { HeaderMap } from '../../http/header-map.ts';

/** Set anew for every attempt, further in: what varies on them matches no other call. */
const NEVER_THE_SAME: ReadonlySet<string> = new Set(['*', 'x-request-id', 'traceparent', 'tracestate']);

/** What they say stands in no key. */
const SECRET: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** A variant's values longer than this stand in its key as their hash. */
const MAX_PLAIN_LENGTH = 256;

/** The request headers that an answer was chosen by: lower case, sorted, each once (RFC 9110 §12.5.5). */
export const toVaryNames = ({ vary }: HeaderMap): string[] => [...new Set(toFieldNames(vary))].sort();

/** RFC 9111 §4.1: `Vary: *` never matches. */
export const variesOnEverything = (headers: HeaderMap): boolean =>
  headers['vary'] !== undefined && toVaryNames(headers).some((name) => NEVER_THE_SAME.has(name));

/** The key of the variant that `headers` select: white space around commas and the number of lines do not matter. */
export const toVariantKey = (key: string, names: readonly string[], headers: HeaderMap): string => {
  let values = '';
  for (const name of names) {
    const value = headers[name];
    values += value === undefined ? `\n${name}` : `\n${name}:${normalise(name, value)}`;
  }
  const isHashed = values.length > MAX_PLAIN_LENGTH || names.some((name) => SECRET.has(name));
  return `${key}${isHashed ? `\n${hash('sha256', values, 'base64url')}` : values}`;
};

/** Headers whose values mean the same in any case. */
const CASELESS: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'accept-language']);

const normalise = (name: string, value: string | string[]): string => {
  const tidy = [value]
    .flat()
    .join(',')
    .split(',')
    .map((part) => part.trim())
    .join(',');
  return CASELESS.has(name) && !tidy.includes('"') ? tidy.toLowerCase() : tidy;
};
