import { describe, expect, it } from '@jest/globals';
import { toFailureMessage } from './semaphore-failure.ts';

describe('what Semaphore says of a failure', () => {
  it.each([
    ['a JSON string', '"Missing required post parameter."'],
    ['plain text', 'Missing required post parameter.\n'],
    ['a message', '{"message":"Missing required post parameter."}'],
    ['gRPC', '{"code":3,"message":"Missing required post parameter.","details":[]}'],
    ['a message in a message', '{"message":{"code":2,"message":"Missing required post parameter."}}'],
  ])('is the same in the form of %s', (_form, body) => {
    expect(toFailureMessage(Buffer.from(body))).toBe('Missing required post parameter.');
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['an empty string', '""'],
    ['a number', '17'],
    ['null', 'null'],
    ['a list', '["a"]'],
    ['an object without a message', '{"error":"a"}'],
    ['a message that is none', '{"message":17}'],
    ['an HTML page', '<html><body>502 Bad Gateway</body></html>'],
    ['a long page', 'word '.repeat(1_000)],
  ])('is nothing when it is %s', (_what, body) => expect(toFailureMessage(Buffer.from(body))).toBeUndefined());
});
