import { isUtf8 } from 'node:buffer';
import { unusableAnswer } from '../errors/answer-errors.ts';
import type { Call, Reply } from './call.ts';
import { NotJson, parseJson } from './json.ts';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** What is stored comes again, and is the same. */
const sound = new WeakSet<Buffer>();

/**
 * An answer's body, of which it is certain that it is JSON in UTF-8 (RFC 8259 §8.1). As it came, so that nothing is lost of
 * how a number is written; only a byte order mark is taken off.
 * @throws UpstreamError for one that is none
 */
export const toSoundJson = (call: Call, reply: Reply): Buffer => {
  const { body } = reply;
  if (!sound.has(body)) {
    check(call, reply);
    sound.add(body);
  }
  return body.indexOf(BYTE_ORDER_MARK) === 0 ? body.subarray(BYTE_ORDER_MARK.length) : body;
};

const check = (call: Call, reply: Reply): void => {
  try {
    if (reply.body.length === 0) throw new NotJson('the answer is empty');
    if (!isUtf8(reply.body)) throw new NotJson('the answer is not UTF-8');
    parseJson(reply);
  } catch (error) {
    throw error instanceof NotJson ? unusableAnswer(call, reply, error.message) : error;
  }
};
