import { JSON_TYPE, type Faults } from './fault.ts';

/** The connection dies with RST and not one byte of an answer; the question is what happened before. */
export const resets: Faults = {
  'reset-before': (exchange) => exchange.hangUp('reset'),
  'reset-after': (exchange, context) => {
    const { result, repeated } = context.perform();
    if (repeated) exchange.answer(200, JSON_TYPE, result);
    else exchange.hangUp('reset');
  },
  'reset-once': (exchange, context) => {
    const { result } = context.perform();
    if (context.nthOfFault > 1) exchange.answer(200, JSON_TYPE, result);
    else exchange.hangUp('reset');
  },
};
