import type { HeaderMap } from '../../outbound/index.ts';
import type { ResponseOptions } from '../routes/route-options.ts';
import type { Answer } from './answer.ts';
import { toConnectionNames } from './hop-by-hop.ts';
import { isDocument } from './is-document.ts';
import { appendMember } from './list-members.ts';
import { remember } from './remember.ts';
import { isFraming } from './request-rules.ts';
import { compileTreatments, drop, type ResponseSurroundings } from './response-treatment.ts';
import { toCallersVary, toPrivate } from './to-private.ts';

/** What we say in an answer ourselves; undefined for nothing. */
type Say = (answer: Answer) => string | undefined;

/** In place of what came, or after it in the same list. */
const SAID: readonly (readonly [string, Say])[] = [
  ['via', ({ headers: { via } }) => (via === undefined ? '1.1 breakwater' : `${String(via)}, 1.1 breakwater`)],
  ['x-request-id', ({ requestId }) => requestId],
  ['x-content-type-options', () => 'nosniff'],
  ['proxy-status', ({ headers, proxyStatus }) => appendMember(headers['proxy-status'], proxyStatus)],
  [
    'cache-status',
    ({ headers, cacheStatus }) =>
      cacheStatus === undefined
        ? optional(headers['cache-status'])
        : appendMember(headers['cache-status'], cacheStatus),
  ],
];

/** For one caller: no cache of many people may keep it. */
const SAID_TO_ONE: typeof SAID = [
  ['cache-control', ({ headers }) => toPrivate(headers['cache-control'])],
  ['vary', ({ headers }) => toCallersVary(headers['vary'])],
];

/**
 * Beside what the upstream says: a document of somebody else is served from our origin, and must not act as us. Of 304 without
 * a type, what is kept already has it.
 */
const sandboxed =
  (typeOf: (answer: Answer) => HeaderMap[string]): Say =>
  (answer) => {
    const { status } = answer;
    if (status < 200 || status === 204) return undefined;
    const type = typeOf(answer);
    return (type !== undefined || status !== 304) && isDocument(type) ? 'sandbox' : undefined;
  };

const optional = (value: string | string[] | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

/**
 * Makes what a caller is told of what the upstream answered: names and values in turn, as `writeHead` takes them. Nothing
 * about the connection, and never two lengths.
 */
export const compileResponseHeaders = (
  options: ResponseOptions,
  surroundings: ResponseSurroundings,
): ((answer: Answer) => string[]) => {
  const { set, add, remove } = options.headers;
  const ruled = new Set([...Object.keys(set), ...remove].filter((name) => !isFraming(name)));
  const replacing = surroundings.isPublic ? SAID : [...SAID, ...SAID_TO_ONE];
  const typeOf = ruled.has('content-type')
    ? (): string | undefined => set['content-type']
    : ({ headers }: Answer): HeaderMap[string] => headers['content-type'];
  const beside = [['content-security-policy', sandboxed(typeOf)]] as const;
  const said = [...replacing, ...beside].filter(([name]) => !ruled.has(name));
  const treat = compileTreatments(options, surroundings);
  const replaced = new Set([...ruled, ...replacing.map(([name]) => name)]);
  const treatmentOf = remember((name) => (replaced.has(name) ? drop : treat(name)));
  const rules = [...Object.entries(set), ...Object.entries(add)].filter(([name]) => !isFraming(name)).flat();
  return (answer) => {
    const { headers } = answer;
    const named = toConnectionNames(headers['connection']);
    const list: string[] = [];
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined && !named?.has(name)) treatmentOf(name)(list, name, value, answer);
    }
    for (const [name, say] of said) {
      const value = say(answer);
      if (value !== undefined) list.push(name, value);
    }
    for (const text of rules) list.push(text);
    return list;
  };
};
