/** Why a path is not passed on: a sentence for the `detail` of a 400. */
export interface PathRefusal {
  readonly refusal: string;
}

const refusal = (text: string): PathRefusal => Object.freeze({ refusal: text });

const UNROOTED = refusal('The path does not begin with a slash');
const FORBIDDEN = refusal('The path holds a character that has to be percent-encoded');
const MALFORMED = refusal('The path holds a percent sign that begins no encoding; write %25 for it');
const NUL = refusal('The path holds %00');
const ENCODED_SLASH = refusal('The path holds an encoded slash or backslash, which this route does not pass on');
const DOTS = refusal('The path holds a segment that is . or ..');
const NO_UTF8 = refusal('The path holds encodings that are no UTF-8');

/** Characters of a path that need no encoding (`pchar`, RFC 3986 §3.3), and no segment that begins with a dot. */
const PLAIN = /^(?:\/(?:[\w~!$&'()*+,;=:@-][\w.~!$&'()*+,;=:@-]*)?)+$/;

const SOUND = /^[\w.~!$&'()*+,;=:@/%-]*$/;
const NO_ENCODING = /%(?![\da-f]{2})/i;
const ENCODING = /%[\da-f]{2}/gi;
const UNRESERVED = /^[\w.~-]$/;
const SLASH = /%2F|%5C/;
const BEYOND_ASCII = /%[89A-F]/;

/** Also with parameters, which some servers cut off first (RFC 3986 §3.3), and between encoded slashes. */
const DOT_SEGMENT = /(?:\/|%2F|%5C)\.{1,2}(?=;|%3B|\/|%2F|%5C|$)/;

/**
 * What follows `/gateway/<name>` in a request target, without its query, in the one form that rules and upstreams see
 * (RFC 3986 §6.2.2): encodings in upper case, none where none is needed; `/` where there is nothing.
 * What is encoded twice stays so: it is data. Empty segments stay, and are never merged: `//` is not `/`.
 * What was normalised once does not change again.
 * @param raw as on the wire
 * @returns a refusal when servers could take it for another path than we do
 */
export const normalisePath = (raw: string, allowEncodedSlashes: boolean): string | PathRefusal => {
  if (raw === '') return '/';
  return PLAIN.test(raw) ? raw : normalise(raw, allowEncodedSlashes);
};

const normalise = (raw: string, allowEncodedSlashes: boolean): string | PathRefusal => {
  if (!raw.startsWith('/')) return UNROOTED;
  if (!SOUND.test(raw)) return FORBIDDEN;
  if (NO_ENCODING.test(raw)) return MALFORMED;
  const path = raw.replace(ENCODING, plainest);
  if (path.includes('%00')) return NUL;
  if (!allowEncodedSlashes && SLASH.test(path)) return ENCODED_SLASH;
  if (DOT_SEGMENT.test(path)) return DOTS;
  return BEYOND_ASCII.test(path) && !isUtf8(path) ? NO_UTF8 : path;
};

const plainest = (encoding: string): string => {
  const character = String.fromCharCode(Number.parseInt(encoding.slice(1), 16));
  return UNRESERVED.test(character) ? character : encoding.toUpperCase();
};

/** Overlong forms, surrogates and what is beyond Unicode are none either (RFC 3629 §3). */
const isUtf8 = (path: string): boolean => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};
