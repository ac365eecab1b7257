import { isIP } from 'node:net';

/** Who sent a request, written as each of two conventions wants it. */
export interface ForwardedNode {
  /** For `X-Forwarded-For`: the bare address. */
  readonly address: string;
  /** For `Forwarded`: IPv6 in brackets, and so in quotes (RFC 7239 §6). */
  readonly quoted: string;
}

const UNKNOWN: ForwardedNode = { address: 'unknown', quoted: 'unknown' };

const MAPPED = '::ffff:';

/** Who is at the other end of a socket; IPv4 as such, wherever it was mapped into IPv6. */
export const toForwardedNode = (peer: string): ForwardedNode => {
  if (!peer.includes(':')) return peer === '' ? UNKNOWN : { address: peer, quoted: peer };
  if (peer.startsWith(MAPPED) && peer.includes('.')) return toForwardedNode(peer.slice(MAPPED.length));
  // The zone of a link-local address means something on this machine only.
  const zone = peer.indexOf('%');
  const address = zone === -1 ? peer : peer.slice(0, zone);
  return { address, quoted: `"[${address}]"` };
};

const WITH_PORT = /^(?:\[([\da-f:.]+)\]|([\d.]+))(?::(\d{1,5}))?$/i;

/** A member of `X-Forwarded-For` as `Forwarded` writes it (RFC 7239 §7.4); `unknown` for what is no address. */
export const toQuotedNode = (member: string): string => {
  const text = member.trim();
  if (isIP(text) !== 0) return toForwardedNode(text).quoted;
  const [, v6, v4, port] = WITH_PORT.exec(text) ?? [];
  const address = v6 ?? v4;
  if (address === undefined || isIP(address) !== (v6 === undefined ? 4 : 6)) return UNKNOWN.quoted;
  const node = v6 === undefined ? address : `[${address}]`;
  return port === undefined && v6 === undefined ? node : `"${node}${port === undefined ? '' : `:${port}`}"`;
};
