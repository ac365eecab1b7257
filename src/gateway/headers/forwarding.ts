import type { HeaderMap } from '../../outbound/index.ts';
import { toForwardedNode, toQuotedNode, type ForwardedNode } from './forwarded-node.ts';
import type { Incoming } from './incoming.ts';
import { appendMember, splitMembers } from './list-members.ts';
import { toNamedHost } from './named-host.ts';

type Came = Incoming['headers'];

const DEFAULT_PORTS = { http: '80', https: '443' } as const;

/** A path as the part of ours that a proxy before us took off. */
const PREFIX = /^(?:\/[\w.~-]+){1,16}$/;

/**
 * Tells the upstream who asks, by which name, and how: `Forwarded` (RFC 7239), and what was usual before it. Only a peer that
 * is trusted is believed what it says of others, and has it passed on.
 * @param prefix what our callers have before the upstream's path, such as `/gateway/<name>`
 */
export const compileForwarding =
  (prefix: string) =>
  (incoming: Incoming, map: HeaderMap): void => {
    const { headers, protocol, isTrusted } = incoming;
    const node = toForwardedNode(incoming.peer);
    const host = toNamedHost(headers.host);
    const element = `for=${node.quoted}${host === undefined ? '' : `;host=${host.quoted}`};proto=${protocol}`;
    map['forwarded'] = element;
    map['x-forwarded-for'] = node.address;
    map['x-forwarded-host'] = host?.name;
    map['x-forwarded-proto'] = protocol;
    map['x-forwarded-port'] = host?.port ?? DEFAULT_PORTS[protocol];
    map['x-forwarded-prefix'] = prefix;
    if (isTrusted) passOn(headers, map, { node, element, prefix });
  };

interface Ours {
  readonly node: ForwardedNode;
  readonly element: string;
  readonly prefix: string;
}

/** Who asked comes before us in the lists. What they asked for is what the first of the proxies was asked for. */
const passOn = (came: Came, map: HeaderMap, { node, element, prefix }: Ours): void => {
  const callers = one(came['x-forwarded-for']);
  map['forwarded'] = appendMember(one(came['forwarded']) ?? toElements(callers, came), element);
  map['x-forwarded-for'] = appendMember(callers, node.address);
  const host = one(came['x-forwarded-host']);
  const proto = one(came['x-forwarded-proto']);
  const port = one(came['x-forwarded-port']);
  map['x-forwarded-host'] = host ?? map['x-forwarded-host'];
  map['x-forwarded-proto'] = proto ?? map['x-forwarded-proto'];
  map['x-forwarded-port'] = port ?? portOf(host, proto) ?? map['x-forwarded-port'];
  const before = one(came['x-forwarded-prefix']);
  if (before !== undefined && PREFIX.test(before)) map['x-forwarded-prefix'] = before + prefix;
};

const one = (field: string | string[] | undefined): string | undefined =>
  typeof field === 'string' || field === undefined ? field : field.join(', ');

/** What was told in the older form only (RFC 7239 §7.4); without it the last proxy would pass for the caller. */
const toElements = (callers: string | undefined, came: Came): string | undefined => {
  const members = callers === undefined ? undefined : splitMembers(callers);
  if (members === undefined || members.length === 0) return undefined;
  const [first, ...others] = members.map((member) => `for=${toQuotedNode(member)}`);
  const host = toNamedHost(one(came['x-forwarded-host']));
  const proto = one(came['x-forwarded-proto']);
  const known = proto === 'http' || proto === 'https' ? `;proto=${proto}` : '';
  return [`${first}${host === undefined ? '' : `;host=${host.quoted}`}${known}`, ...others].join(', ');
};

const portOf = (host: string | undefined, proto: string | undefined): string | undefined => {
  const named = toNamedHost(host);
  if (named?.port !== undefined) return named.port;
  return proto === 'http' || proto === 'https' ? DEFAULT_PORTS[proto] : undefined;
};
