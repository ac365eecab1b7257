import { JSON_TYPE, type Fault, type Faults } from './fault.ts';
import { formatHead } from './exchange.ts';

const DEFAULT_SLOWNESS_MS = 100;

const answerOk: Fault = (exchange, context) => exchange.answer(200, JSON_TYPE, context.perform().result);

/** Nothing is wrong with these, except that some take their time. */
export const soundAnswers: Faults = {
  ok: answerOk,
  echo: (exchange, context) => {
    const { method, path, headers, body } = exchange.request;
    const { result } = context.perform(() => JSON.stringify({ method, path, headers, body }));
    exchange.answer(200, JSON_TYPE, result);
  },
  count: (exchange, context) => {
    const { result } = context.perform((times) => JSON.stringify({ count: times }));
    exchange.answer(200, JSON_TYPE, result);
  },
  slow: (exchange, context) => {
    const delayMs = Number(exchange.request.query.get('ms') ?? DEFAULT_SLOWNESS_MS);
    exchange.after(delayMs, () => answerOk(exchange, context));
  },
  close: (exchange, context) => {
    const { result } = context.perform();
    exchange.write(formatHead(200, { ...JSON_TYPE, 'Content-Length': String(result.length), Connection: 'close' }));
    exchange.write(result);
    exchange.hangUp('end');
  },
};
