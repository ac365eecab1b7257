import type { HeaderMap } from '../../outbound/index.ts';
import type { RequestOptions } from '../routes/route-options.ts';
import { compileForwarding } from './forwarding.ts';
import { toConnectionNames } from './hop-by-hop.ts';
import type { Incoming } from './incoming.ts';
import { withoutOwnCookies } from './own-cookies.ts';
import { compileRequestRules } from './request-rules.ts';
import { compileStanding, isAdmitted, type Standing } from './request-standing.ts';

/**
 * Makes what the upstream is told of what a caller said. Names are in lower case; what came more than once is a list. There
 * is never a `host`, unless the caller's is preserved or a rule sets it, and nothing about the connection.
 */
export const compileRequestHeaders = (
  options: RequestOptions,
  { routeName }: { readonly routeName: string },
): ((incoming: Incoming) => HeaderMap) => {
  const standingOf = compileStanding(options);
  const addForwarding = compileForwarding(`/gateway/${routeName}`);
  const applyRules = compileRequestRules(options.headers);
  const keepsHost = options.host === 'preserve';
  const forwardsCookies = options.forward.includes('cookie');
  return (incoming) => {
    const map = begin(incoming);
    if (incoming.tracestate !== undefined) map['tracestate'] = incoming.tracestate;
    addForwarding(incoming, map);
    copy(incoming, map, standingOf);
    addOneByOne(incoming, map);
    const { cookie, host } = incoming.headers;
    if (forwardsCookies && cookie !== undefined) map['cookie'] = withoutOwnCookies(cookie);
    if (keepsHost && host !== undefined) map['host'] = host;
    applyRules(map);
    return map;
  };
};

/** Names without a value are left at that, where others would fill in their own. */
const begin = ({ headers, httpVersion, requestId, traceparent }: Incoming): HeaderMap => {
  const ours = httpVersion === '1.0' ? '1.0 breakwater' : '1.1 breakwater';
  return {
    accept: undefined,
    // Nothing is coded for a caller that did not ask for it (RFC 9110 §12.5.3).
    'accept-encoding': 'identity',
    'user-agent': undefined,
    'x-request-id': requestId,
    traceparent,
    // RFC 9110 §7.6.3.
    via: headers.via === undefined ? ours : `${headers.via}, ${ours}`,
  };
};

const copy = (incoming: Incoming, map: HeaderMap, standingOf: (name: string) => Standing): void => {
  const { headers, rawHeaders } = incoming;
  const named = toConnectionNames(headers.connection);
  let count = 0;
  for (const name in headers) {
    count++;
    if (isAdmitted(standingOf(name), incoming) && !named?.has(name)) map[name] = headers[name];
  }
  if (count * 2 !== rawHeaders.length) separate(incoming, map, standingOf);
};

/** We go by the first of these, so that is the one to go on. */
const FIRST_ONLY: ReadonlySet<string> = new Set(['content-length', 'authorization']);

/** Node drops some repetitions and joins others; they go on as they came. */
const separate = (incoming: Incoming, map: HeaderMap, standingOf: (name: string) => Standing): void => {
  const { rawHeaders } = incoming;
  const values = new Map<string, string[]>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    const value = rawHeaders[at + 1]!;
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  for (const [name, list] of values) {
    const goesOn = list.length > 1 && Object.hasOwn(map, name) && !FIRST_ONLY.has(name);
    if (goesOn && isAdmitted(standingOf(name), incoming)) map[name] = list;
  }
};

const addOneByOne = ({ headers, hasBody }: Incoming, map: HeaderMap): void => {
  if (hasBody && headers.expect?.toLowerCase() === '100-continue') map['expect'] = '100-continue';
  const left = headers['max-forwards'];
  // RFC 9110 §7.6.2. Whoever is to answer at 0 is us, before it comes to this.
  if (typeof left === 'string' && /^\d{1,9}$/.test(left)) map['max-forwards'] = String(Math.max(0, Number(left) - 1));
};
