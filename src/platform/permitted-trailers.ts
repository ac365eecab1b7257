/**
 * What a message must have said before its body, or never in one that was passed on (RFC 9110 §6.5.1): framing, routing,
 * the connection, authentication, conditions, caching, and how the body is to be read.
 */
const FORBIDDEN = new RegExp(
  `^(${[
    'transfer-encoding|content-(length|encoding|type|range|location)|trailer',
    'host|forwarded|via|x-forwarded-.*|x-real-ip',
    'connection|keep-alive|proxy-connection|upgrade|te|expect|max-forwards|http2-settings',
    'authorization|www-authenticate|proxy-.*|cookie2?|set-cookie2?',
    'if-.*|range',
    'age|cache-(control|status)|date|expires|location|pragma|retry-after|vary|warning|x-request-id',
  ].join('|')})$`,
);

/** What Node refuses to send; parsers are not as strict. */
const UNSAYABLE = /[^\t\x20-\x7e\x80-\xff]/;

/** Of `trailers`, names in lower case, those that may be passed on. @param announced only these. Default: any */
export const permittedTrailers = (
  trailers: Readonly<Record<string, string | string[] | undefined>>,
  announced?: readonly string[],
): Record<string, string | string[]> => {
  const permitted: Record<string, string | string[]> = {};
  for (const name in trailers) {
    const value = trailers[name];
    if (value === undefined || FORBIDDEN.test(name) || [value].flat().some(isUnsayable)) continue;
    if (announced === undefined || announced.includes(name)) permitted[name] = value;
  }
  return permitted;
};

const isUnsayable = (value: string): boolean => UNSAYABLE.test(value);
