import { parseItem } from 'structured-headers';
import { InvalidRequest } from '../problems/invalid-request.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The key that the header lines name: as a structured-field string (draft-ietf-httpapi-idempotency-key-header §2.1), whose
 * parameters are ignored, or bare, as most clients write it. Undefined without the header.
 * @throws InvalidRequest when it is repeated or unusable
 */
export const readIdempotencyKey = (lines: readonly string[] = []): string | undefined => {
  if (lines.length > 1) throw unusable('must be given once');
  const [text] = lines;
  const key = text?.startsWith('"') ? unquote(text) : text;
  if (text !== undefined && (key === undefined || !KEY.test(key)))
    throw unusable('must be 1 to 255 printable ASCII characters without blanks, quoted or bare');
  return key;
};

const unquote = (text: string): string | undefined => {
  try {
    const [value] = parseItem(text) as [unknown, unknown];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
};

const unusable = (detail: string): InvalidRequest => new InvalidRequest([{ field: 'Idempotency-Key', detail }]);
