/** An IPv4 address within an IPv6 one (RFC 4291 §2.5.5.2), as the URL parser writes it. */
const IPV4_MAPPED = /^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/;

/** Host as written, after credentials that are none and before the port; ASCII only. */
const WRITTEN_HOST = /^https?:\/\/([\x21-\x7e]*?)(:\d*)?([/?#]|$)/i;

/**
 * The URL with its host written as what it is, when `text` hides that: the URL parser takes `http://2130706433`,
 * `http://0177.1` and full-width digits for 127.0.0.1 and says nothing. Undefined when it is plain already.
 */
export const plainUrl = (text: string): string | undefined => {
  const url = new URL(text);
  const host = plainHost(url.hostname);
  const written = WRITTEN_HOST.exec(text)?.[1]?.toLowerCase();
  if (written === host) return undefined;
  return `${url.protocol}//${host}${url.port && `:${url.port}`}${url.pathname}`.replace(/\/$/, '');
};

const plainHost = (hostname: string): string => {
  const mapped = IPV4_MAPPED.exec(hostname);
  if (!mapped) return hostname.replace(/\.$/, '');
  const groups = mapped.slice(1).map((group) => Number.parseInt(group, 16));
  return groups.flatMap((group) => [group >> 8, group & 0xff]).join('.');
};
