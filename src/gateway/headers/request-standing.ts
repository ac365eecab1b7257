import type { RequestOptions } from '../routes/route-options.ts';
import { isClaim, OVERRIDES } from './claims.ts';
import { HOP_BY_HOP } from './hop-by-hop.ts';
import type { Incoming } from './incoming.ts';
import { remember } from './remember.ts';

/** What becomes of a header of the caller, by its name. */
export type Standing = 'passed' | 'dropped' | 'if-trusted' | 'with-body' | 'with-upgrade';

/** Said by us, whatever came. */
const OURS = [
  ...['host', 'via', 'forwarded', 'x-request-id', 'traceparent', 'tracestate', 'cookie', 'expect', 'max-forwards'],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-prefix'],
];

/** For us: limits that we keep, secrets of our own API. */
const FOR_US = ['x-request-timeout-ms', 'x-webhook-secret'];

const WITH_BODY: ReadonlySet<string> = new Set(['content-length', 'trailer']);

/** CGI and its like make the same variable of `X_Forwarded_For` and `X-Forwarded-For` (RFC 3875 §4.1.18). */
const ODD = /[^a-z\d-]/;
const ODD_CHARACTERS = /[^a-z\d]/g;

/** Says by a header's name what becomes of it. Each name is judged once. */
export const compileStanding = ({ headers, forward }: RequestOptions): ((name: string) => Standing) => {
  const dropped = new Set([
    ...HOP_BY_HOP,
    ...OVERRIDES,
    ...OURS,
    ...FOR_US,
    ...Object.keys(headers.set),
    ...headers.remove,
  ]);
  if (!forward.includes('authorization')) dropped.add('authorization');
  const judge = (name: string): Standing => {
    if (WITH_BODY.has(name)) return 'with-body';
    if (dropped.has(name)) return 'dropped';
    if (isClaim(name)) return 'if-trusted';
    // Outside a handshake they mean nothing (RFC 6455 §11.3).
    return name.startsWith('sec-websocket-') ? 'with-upgrade' : 'passed';
  };
  const isInDisguise = (name: string): boolean => {
    const plain = name.replace(ODD_CHARACTERS, '-');
    return judge(plain) !== 'passed' || Object.hasOwn(headers.add, plain);
  };
  return remember((name) => (ODD.test(name) && isInDisguise(name) ? 'dropped' : judge(name)));
};

/** Whether a header of that standing goes on with this request. */
export const isAdmitted = (standing: Standing, incoming: Incoming): boolean => {
  switch (standing) {
    case 'passed':
      return true;
    case 'dropped':
      return false;
    case 'if-trusted':
      return incoming.isTrusted;
    case 'with-body':
      return incoming.hasBody;
    case 'with-upgrade':
      return incoming.isUpgrade;
  }
};
