import type { Call, Reply } from '../http/call.ts';
import type { HeaderMap } from '../http/header-map.ts';
import { toVaryNames } from './rules/vary.ts';

/** Whether an answer to one call is the answer to another of the same URL and principal: their headers decide. */
export const isAlike = (one: Call, other: Call, reply: Reply): boolean =>
  reply.stored
    ? toVaryNames(reply.stored.headers).every((name) => isSame(one.headers[name], other.headers[name]))
    : hasSameHeaders(one.headers, other.headers);

const hasSameHeaders = (one: HeaderMap, other: HeaderMap): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => isSame(one[name], other[name]));

const isSame = (one: HeaderMap[string], other: HeaderMap[string]): boolean =>
  one === undefined || other === undefined ? one === other : String(one) === String(other);
