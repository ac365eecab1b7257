const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Parsers of URLs drop blanks and needless slashes, and take a backslash for a slash: this means the same to all. */
const PLAIN = /^https?:\/\/(?![/?#])[\x21-\x5b\x5d-\x7e]+$/i;

/**
 * Whether our callers may be sent there: an absolute https URL without a name and password in it. Plain http only to this
 * machine, where stand-ins are.
 */
export const isSafeLocation = (location: string | undefined): boolean => {
  if (location === undefined || !PLAIN.test(location)) return false;
  const url = URL.parse(location);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || THIS_MACHINE.test(url.hostname);
};
