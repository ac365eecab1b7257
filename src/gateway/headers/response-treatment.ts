import type { HeaderMap } from '../../outbound/index.ts';
import type { ResponseOptions } from '../routes/route-options.ts';
import type { Answer } from './answer.ts';
import { HOP_BY_HOP } from './hop-by-hop.ts';
import { isForCdns, isOriginWide } from './origin-wide.ts';
import { compilePathBack } from './path-back.ts';
import { compileReferences } from './references.ts';
import { compileCookieRewriting, passCookie, type ToOurCookie } from './returned-cookies.ts';

export interface ResponseSurroundings {
  readonly routeName: string;
  readonly isPublic: boolean;
  /** Before the path of every request, without a slash at its end; may be empty. */
  readonly basePath: string;
  /** What the upstream calls itself in absolute references, such as `http://10.0.0.1:8000`. */
  readonly ownOrigins: () => readonly string[];
}

type Value = NonNullable<HeaderMap[string]>;

/** Writes one header of an answer to the list, as it goes on. */
export type Treatment = (list: string[], name: string, value: Value, answer: Answer) => void;

export const pass: Treatment = (list, name, value) => {
  if (typeof value === 'string') list.push(name, value);
  else for (const one of value) list.push(name, one);
};

export const drop: Treatment = () => undefined;

const first = (value: Value): string | undefined => (typeof value === 'string' ? value : value[0]);

/** RFC 9110 §8.6: none where there can be no body, and never two. */
const length: Treatment = (list, name, value, { status }) => {
  if (status >= 200 && status !== 204) list.push(name, first(value) ?? '0');
};

/** Node refuses to announce trailers where it sends no chunks. */
const trailer: Treatment = (list, name, value, answer) => {
  const { status, mayTrail, headers } = answer;
  const hasChunks = mayTrail && status >= 200 && status !== 204 && status !== 304;
  if (hasChunks && headers['content-length'] === undefined) pass(list, name, value, answer);
};

type ToOurReference = ReturnType<typeof compileReferences>;

const reference =
  (toOurs: ToOurReference): Treatment =>
  (list, name, value, answer) => {
    const ours = toOurs(first(value) ?? '', answer);
    if (ours !== undefined) list.push(name, ours);
  };

const REFRESH = /^(\s*\d+(?:\.\d*)?\s*[;,]\s*url\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^"'\s]+))\s*$/i;

/** Anything but a number and an address is left to those who can read it. */
const refresh =
  (toOurs: ToOurReference): Treatment =>
  (list, name, value, answer) => {
    const text = first(value) ?? '';
    const [, start, ...addresses] = REFRESH.exec(text) ?? [];
    const address = addresses.find((one) => one !== undefined);
    const ours = address === undefined ? undefined : toOurs(address, answer);
    if (address === undefined) list.push(name, text);
    else if (ours !== undefined) list.push(name, `${start}${ours}`);
  };

const cookies =
  (toOurs: ToOurCookie): Treatment =>
  (list, name, value, { stripped }) => {
    for (const setCookie of [value].flat()) {
      const ours = toOurs(setCookie, stripped);
      if (ours !== undefined) list.push(name, ours);
    }
  };

/** Says what becomes of the header of that name, rules and what we say ourselves left aside. */
export const compileTreatments = (
  options: ResponseOptions,
  { isPublic, ownOrigins, ...path }: ResponseSurroundings,
): ((name: string) => Treatment) => {
  const toOurPath = compilePathBack(path);
  const toOurs = compileReferences({ toOurPath, ownOrigins });
  const special = new Map<string, Treatment>([
    ['content-length', length],
    ['trailer', trailer],
  ]);
  if (options.location === 'rewrite') {
    special.set('location', reference(toOurs)).set('refresh', refresh(toOurs));
  }
  const toOurCookie = options.cookies === 'pass' ? passCookie : compileCookieRewriting(toOurPath, path.basePath);
  special.set('set-cookie', options.cookies === 'drop' ? drop : cookies(toOurCookie));
  return (name) => {
    if (HOP_BY_HOP.has(name) || isOriginWide(name)) return drop;
    if (!isPublic && isForCdns(name)) return drop;
    return special.get(name) ?? pass;
  };
};
