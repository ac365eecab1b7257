type Claims = Readonly<Record<string, unknown>>;

/**
 * Why that is no bearer token for an API, although the server vouches for it. One that is bound to a key (RFC 7800) is
 * worth nothing without a proof of that key, which we do not ask for; `events` are what security events are made of,
 * such as logout tokens (RFC 8417 §2.2).
 */
export const findMisuse = ({ cnf, events }: Claims): string | undefined => {
  if (cnf !== undefined) return 'bound to a key';
  return events === undefined ? undefined : 'not an access token';
};
