import { formatHead, type Exchange } from './exchange.ts';
import { JSON_TYPE, type Faults } from './fault.ts';
import { zipBombBytes } from './zip-bomb-bytes.ts';

const PIECE_BYTES = 64 * 1024;
const PIECES = 1024;
const HEADER_FIELD_BYTES = 8 * 1024;
const HEADER_FIELDS = 32;

/** More bytes than any caller should take. */
export const oversized: Faults = {
  'huge-body': (exchange, context) => {
    context.perform();
    exchange.write(formatHead(200, { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' }));
    exchange.write(toChunk('['));
    pump(exchange, toChunk(`"${'h'.repeat(PIECE_BYTES - 3)}",`), PIECES);
  },
  'zip-bomb': (exchange, context) => {
    context.perform();
    void zipBombBytes().then((bytes) => {
      if (!exchange.complete) exchange.answer(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, bytes);
    });
  },
  'huge-headers': (exchange, context) => {
    const value = 'h'.repeat(HEADER_FIELD_BYTES - 'X-Huge-00: \r\n'.length);
    const names = Array.from({ length: HEADER_FIELDS }, (_, index) => `X-Huge-${String(index).padStart(2, '0')}`);
    const fields = Object.fromEntries(names.map((name) => [name, value]));
    exchange.answer(200, { ...JSON_TYPE, ...fields }, context.perform().result);
  },
};

/** Writes only as fast as the client reads, and stops when it is gone. */
function pump(exchange: Exchange, piece: Buffer, pieces: number): void {
  let left = pieces;
  while (left > 0 && !exchange.complete) {
    left -= 1;
    if (!exchange.write(piece)) {
      exchange.onceDrained(() => pump(exchange, piece, left));
      return;
    }
  }
  if (exchange.complete) return;
  exchange.write(Buffer.concat([toChunk('0]'), Buffer.from('0\r\n\r\n')]));
  exchange.finish();
}

function toChunk(text: string): Buffer {
  return Buffer.from(`${text.length.toString(16)}\r\n${text}\r\n`);
}
