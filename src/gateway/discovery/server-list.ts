import { parse } from 'yaml';
import type { Endpoint } from '../../outbound/index.ts';
import { MAX_SERVERS } from './found-servers.ts';

/** What a file says: servers, or what is wrong with it, a sentence each. */
export type ServerList =
  { readonly servers: readonly Endpoint[] } | { readonly mistakes: readonly [string, ...string[]] };

const KEYS: ReadonlySet<string> = new Set(['url', 'weight', 'priority']);
const MOST = 65_535;

const LIST = 'give a list of servers, or `endpoints:` with one';
const ORIGIN = 'give http:// or https:// with a host and perhaps a port, without path, query and credentials';

/** Reads YAML, which JSON is part of. No sentence repeats what stands in the file but for keys. */
export const readServerList = (text: string): ServerList => {
  try {
    const items = toItems(parse(text, { logLevel: 'error' }));
    if (items === undefined) return { mistakes: [LIST] };
    if (items.length > MAX_SERVERS) return { mistakes: [`${items.length} servers: ${MAX_SERVERS} are the most`] };
    return judge(items.map(toEntry));
  } catch (error) {
    return { mistakes: [String((error as Error).message.split('\n')[0])] };
  }
};

const toItems = (content: unknown): readonly unknown[] | undefined => {
  const list = isRecord(content) && Object.keys(content).join() === 'endpoints' ? content['endpoints'] : content;
  return Array.isArray(list) ? (list as unknown[]) : undefined;
};

interface Entry {
  readonly server: Endpoint;
  readonly mistakes: readonly string[];
}

const judge = (entries: readonly Entry[]): ServerList => {
  const [mistake, ...more] = entries.flatMap(({ mistakes }) => mistakes);
  if (mistake !== undefined) return { mistakes: [mistake, ...more] };
  const servers = entries.map(({ server }) => server);
  const schemes = new Set(servers.map(({ origin }) => URL.parse(origin)?.protocol));
  return schemes.size > 1 ? { mistakes: ['http:// and https:// in one list: decide for one of them'] } : { servers };
};

const toEntry = (item: unknown, index: number): Entry => {
  const fields = isRecord(item) ? item : { url: item };
  const { url, weight = 1, priority = 0 } = fields;
  const origin = toOrigin(url);
  const at = `endpoints[${index}]`;
  const mistakes = [
    ...(origin === undefined ? [`${at}.url: ${ORIGIN}`] : []),
    ...(isShare(weight) ? [] : [`${at}.weight: give a number from 0 to ${MOST}`]),
    ...(isShare(priority) && Number.isInteger(priority) ? [] : [`${at}.priority: give a whole number to ${MOST}`]),
    ...Object.keys(fields).flatMap((key) => (KEYS.has(key) ? [] : [`${at}.${key.slice(0, 40)}: unknown, take it out`])),
  ];
  const server = { id: origin ?? '', origin: origin ?? '', weight: Number(weight), priority: Number(priority) };
  return { server, mistakes };
};

const toOrigin = (text: unknown): string | undefined => {
  const url = typeof text === 'string' ? URL.parse(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return undefined;
  const extras = url.username + url.password + url.search + url.hash;
  return extras === '' && url.pathname === '/' ? url.origin : undefined;
};

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= MOST;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
