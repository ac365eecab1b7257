import { describe, expect, it } from '@jest/globals';
import { describeError } from './describe-error.ts';

const VALUE = 'q7VtX2mKr9zLw4';

describe('describeError', () => {
  it('shows nothing of an error but its name, message, stack and cause', () => {
    const error = Object.assign(new TypeError('it broke'), {
      config: { headers: { authorization: `Bearer ${VALUE}` } },
    });
    expect(describeError(error)).toEqual({ type: 'TypeError', message: 'it broke', stack: error.stack });
  });

  it('takes credentials out of message, stack and causes', () => {
    const cause = Object.assign(new Error(`Bearer ${VALUE}`), { request: VALUE });
    const described = JSON.stringify(describeError(new Error(`token=${VALUE}`, { cause })));
    expect(described).not.toContain(VALUE);
    expect(described).toContain('"cause":{"type":"Error"');
  });

  it.each([[VALUE], [{ token: VALUE }], [null], [undefined], [7]])('tells only the type of a thrown %j', (thrown) => {
    expect(describeError(thrown)).toEqual({ type: typeof thrown });
  });

  it('comes to an end with an error that is its own cause', () => {
    const error = new Error('round and round');
    error.cause = error;
    expect(describeError(error)).toMatchObject({ type: 'Error', message: 'round and round' });
  });

  it('keeps to what is text, and to a length', () => {
    const error = Object.assign(new Error('z'.repeat(1_000_000)), { name: { token: VALUE } });
    const { type, message, stack } = describeError(error) as { type: string; message: string; stack: string };
    expect([type, message.length]).toEqual(['Error', 2_001]);
    expect(stack.length).toBeLessThanOrEqual(4_001);
  });
});
