const PORT = /:\d*$/;

/**
 * Whether a `Host` field names this host: letters in any case (RFC 3986 §3.2.2), whatever its port, with the dot of the
 * root or without.
 * @param expected lower case, without port and without a dot at its end
 */
export const isHost = (field: string, expected: string): boolean =>
  field === expected || field.replace(PORT, '').replace(/\.$/, '').toLowerCase() === expected;
