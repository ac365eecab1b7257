import { formatHead } from './exchange.ts';
import { JSON_TYPE, type Faults } from './fault.ts';

const TRICKLE_PERIOD_MS = 50;
const DRIP_BYTES = 1000;

/** The connection stays open and the answer never comes, or comes byte by byte. */
export const stalls: Faults = {
  hang: () => undefined,
  'slow-headers': (exchange) => {
    exchange.write('HTTP/1.1 200 OK\r\nX-Slow: ');
    exchange.every(TRICKLE_PERIOD_MS, () => exchange.write('s'));
  },
  drip: (exchange, context) => {
    context.perform();
    let left = DRIP_BYTES;
    exchange.write(formatHead(200, { ...JSON_TYPE, 'Content-Length': String(DRIP_BYTES) }));
    exchange.every(TRICKLE_PERIOD_MS, () => {
      exchange.write(' ');
      left -= 1;
      if (left === 0) exchange.finish();
    });
  },
};
