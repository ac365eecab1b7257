import type { Answer } from './answer.ts';
import type { ToOurPath } from './path-back.ts';

/** Those parts of an answer that references in it depend on. */
export type Place = Pick<Answer, 'upstreamPath' | 'stripped' | 'host' | 'protocol'>;

export interface ReferenceParts {
  readonly toOurPath: ToOurPath;
  /** Such as `http://10.0.0.1:8000`. */
  readonly ownOrigins: () => readonly string[];
}

/** Stands for the upstream in references that name no host. */
const UPSTREAM = 'upstream.invalid';

const WEB = /^https?:$/;
const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Makes of a reference in an answer, such as a `Location`, one that leads to the same thing through us: a path. One to
 * another host stays as it is.
 *
 * What would lead to a part of us that is not this upstream's is undefined: a path outside its base, or our own host. A caller
 * that follows 307 would repeat its request there, with its credential, because somebody else said so.
 */
export const compileReferences =
  ({ toOurPath, ownOrigins }: ReferenceParts) =>
  (reference: string, place: Place): string | undefined => {
    // Within the same path, which is right on either side.
    if (reference.startsWith('?') || reference.startsWith('#')) return reference;
    const url = URL.parse(toText(reference), `http://${UPSTREAM}${place.upstreamPath}`);
    if (url === null) return undefined;
    if (!WEB.test(url.protocol)) return reference;
    const isTheirs = url.host === UPSTREAM || ownOrigins().some((origin) => URL.parse(origin)?.host === url.host);
    if (!isTheirs && url.host !== ourHost(place)) return reference;
    const path = toOurPath(url.pathname, place.stripped);
    return path === undefined ? undefined : path + url.search + url.hash;
  };

const ourHost = ({ host, protocol }: Place): string | undefined => URL.parse(`${protocol}://${host}`)?.host;

/** Headers are bytes, read as Latin-1; in addresses they are meant as UTF-8. */
const toText = (header: string): string => (NOT_ASCII.test(header) ? Buffer.from(header, 'latin1').toString() : header);
