import { isIP } from 'node:net';
import { reachOf, type Network } from '../../outbound/index.ts';

/** Longest URL, in characters, as it was written and as it is kept. */
export const MAX_URL_LENGTH = 2_048;

const RULE = `must be an https:// URL of at most ${MAX_URL_LENGTH} characters, without blanks, credentials and a fragment`;
const NOT_OUTSIDE = 'must lead to a public address';

export type JudgedUrl = { readonly url: URL } | { readonly mistake: string };

/** Written as the URL parser would not show it. */
const ODD = /[\s\p{C}#]/u;

/**
 * What a caller may name as a receiver, by the URL alone: callers are strangers, so unlike a provider's URL theirs may not
 * name an address of our own. Where a name leads is seen each time a connection is made.
 */
export const judgeReceiverUrl = (text: string, network: Network): JudgedUrl => {
  const url = text.length > MAX_URL_LENGTH || ODD.test(text) ? null : URL.parse(text);
  if (url === null || url.href.length > MAX_URL_LENGTH || url.username + url.password !== '') return { mistake: RULE };
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && network === 'private')) return { mistake: RULE };
  return mayLeadTo(url.hostname, network) ? { url } : { mistake: NOT_OUTSIDE };
};

const isPublic = reachOf('anybody.example', 'public');
const isOurs = reachOf('ours.internal', 'public');

/** What a name that can only be ours reaches, one of each kind. */
const OURS = ['127.0.0.1', '10.0.0.1'];

/** The parser has made plain addresses of decimal, octal, hexadecimal and full-width ones. */
const mayLeadTo = (hostname: string, network: Network): boolean => {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host)) return isPublic(host) || (network === 'private' && isOurs(host));
  return network === 'private' || !OURS.some(reachOf(hostname, 'public'));
};
