import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createWebhookSecret, signWebhook } from './webhook-signature.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampS: 1_614_265_330, body: '{"test": 2432232314}' };
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

describe('the signature of a webhook', () => {
  it('is that of the known vector of Standard Webhooks', () => expect(signWebhook(SECRET, MESSAGE)).toBe(SIGNATURE));

  it.each([
    ['the id', { ...MESSAGE, id: 'msg_p5jXN8AQM9LWM0D4loKWxJeK' }],
    ['the time', { ...MESSAGE, timestampS: MESSAGE.timestampS + 1 }],
    ['the body', { ...MESSAGE, body: '{"test":2432232314}' }],
  ])('is another one when %s is another one', (_what, message) =>
    expect(signWebhook(SECRET, message)).not.toBe(SIGNATURE),
  );

  it('is of UTF-8', () => {
    const body = '{"name":"Glumanda \u{1F525}"}';
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const signed = Buffer.concat([Buffer.from('msg_1.7.'), Buffer.from(body, 'utf8')]);
    const expected = createHmac('sha256', key).update(signed).digest('base64');
    expect(signWebhook(SECRET, { id: 'msg_1', timestampS: 7, body })).toBe(`v1,${expected}`);
  });
});

describe('the secret of a subscription', () => {
  it('is 32 random bytes, another 32 each time', () => {
    const secrets = Array.from({ length: 100 }, createWebhookSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z\d+/]{43}=$/);
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    }
  });
});
