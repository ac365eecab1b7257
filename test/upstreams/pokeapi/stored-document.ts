import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface StoredDocument {
  readonly plain: Buffer;
  readonly gzip: Buffer;
  /** Weak, because one tag stands for the plain and the compressed bytes. */
  readonly etag: string;
}

export function storeDocument(document: object): StoredDocument {
  const plain = Buffer.from(JSON.stringify(document));
  const digest = createHash('sha256').update(plain).digest('base64url').slice(0, 27);
  return { plain, gzip: gzipSync(plain), etag: `W/"${plain.length.toString(16)}-${digest}"` };
}
