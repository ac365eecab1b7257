import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** Smaller answers than this cost more to compress than to send. */
const THRESHOLD_BYTES = 1_024;

/** Brotli's own default (11) takes longer than the network saves. */
const BROTLI_QUALITY = 4;

/** Every answer says that it depends on Accept-Encoding, the uncompressed one too: a cache keeps both (RFC 9110 §12.5.5). */
export const addCompression = async (server: FastifyInstance): Promise<void> => {
  server.addHook('onRequest', (_request, reply, done) => {
    const others = reply.getHeader('vary');
    void reply.header('vary', others === undefined ? 'accept-encoding' : `${String(others)}, accept-encoding`);
    done();
  });
  await server.register(compress, {
    threshold: THRESHOLD_BYTES,
    encodings: ['br', 'gzip'],
    globalDecompression: false,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
};
