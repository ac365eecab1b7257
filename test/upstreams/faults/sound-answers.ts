import { JSON_TYPE, type Fault, type Faults } from './fault.ts';
import { formatHead, type Exchange } from './exchange.ts';

const DEFAULT_SLOWNESS_MS = 100;

const delayOf = ({ request }: Exchange): number => Number(request.query.get('ms') ?? DEFAULT_SLOWNESS_MS);

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
  /** The effect comes with the answer, and not at all when nobody waits for that. */
  slow: (exchange, context) => exchange.after(delayOf(exchange), () => answerOk(exchange, context)),
  /** The effect comes at once. */
  late: (exchange, context) => {
    const { result } = context.perform();
    exchange.after(delayOf(exchange), () => exchange.answer(200, JSON_TYPE, result));
  },
  close: (exchange, context) => {
    const { result } = context.perform();
    exchange.write(formatHead(200, { ...JSON_TYPE, 'Content-Length': String(result.length), Connection: 'close' }));
    exchange.write(result);
    exchange.hangUp('end');
  },
};
