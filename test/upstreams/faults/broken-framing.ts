import { formatHead } from './exchange.ts';
import { JSON_TYPE, type Fault, type Faults } from './fault.ts';

const CHUNKED = { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' };
const TEN_BYTES = '{"items":[';

/** The bytes do not add up to an HTTP message; the server ends the connection after them. */
export const brokenFraming: Faults = {
  truncated: processedThenRaw(formatHead(200, { ...JSON_TYPE, 'Content-Length': '1000' }) + TEN_BYTES),
  'truncated-chunked': processedThenRaw(`${formatHead(200, CHUNKED)}a\r\n${TEN_BYTES}\r\n`),
  'malformed-chunk': processedThenRaw(`${formatHead(200, CHUNKED)}not-hex\r\n${TEN_BYTES}\r\n`),
  'malformed-status': (exchange) => {
    exchange.write('220 mail.example ready for mail\r\n\r\n');
    exchange.hangUp('end');
  },
};

function processedThenRaw(bytes: string): Fault {
  return (exchange, context) => {
    context.perform();
    exchange.write(bytes);
    exchange.hangUp('end');
  };
}
