import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** A browser bears five of them at a time with each request, sealed: 6 KB. */
const MAX_LENGTH = 512;

/** Stands for our origin: what changes it does not stay with us. */
const HERE = 'https://here.invalid';

/** Visible ASCII without a backslash, which browsers read as a slash; they drop tabs and line feeds, so those are out too. */
const PLAIN = /^\/[!-[\]-~]*$/;

/** A slash, backslash or control character in disguise, however often encoded: somebody on the way may take it off. */
const DISGUISED = /%(25)*(2f|5c|[01][\da-f]|7f)/i;

/** Where a browser goes after the login: a path of ours, normalised; undefined for all that is not or may not stay one. */
export const toReturnPath = (text: string): string | undefined => {
  if (text.length > MAX_LENGTH || !PLAIN.test(text)) return undefined;
  const url = URL.parse(text, HERE);
  if (url === null || url.origin !== HERE) return undefined;
  // After dot segments are gone: `/..//evil.example` names another host, too.
  if (url.pathname.startsWith('//') || DISGUISED.test(url.pathname)) return undefined;
  const path = url.pathname + url.search + url.hash;
  // Once more: quotes, say, are longer when they are encoded.
  return path.length > MAX_LENGTH ? undefined : path;
};

/** A field of a query that is such a path. */
export const ReturnPath = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (toReturnPath(value) ?? value) : value)),
    ValidateBy({
      name: 'returnPath',
      validator: {
        validate: (value) => typeof value === 'string' && toReturnPath(value) !== undefined,
        defaultMessage: () => `must be a path on this site, such as /account, of at most ${MAX_LENGTH} characters`,
      },
    }),
  );
