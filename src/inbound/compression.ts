import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import { addCodedTags } from './caching/coded-tags.hook.ts';
import { CODINGS } from './caching/entity-tag.ts';

/** Smaller answers than this cost more to compress than to send. */
const THRESHOLD_BYTES = 1_024;

/** Brotli's own default (11) takes longer than the network saves. */
const BROTLI_QUALITY = 4;

/** Its `Vary` is one of the standing headers: on every answer, the uncompressed ones too (RFC 9110 §12.5.5). */
export const addCompression = async (server: FastifyInstance): Promise<void> => {
  await server.register(compress, {
    threshold: THRESHOLD_BYTES,
    encodings: [...CODINGS],
    globalDecompression: false,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
  addCodedTags(server);
};
