import { describe, expect, it } from '@jest/globals';
import { readOptions } from './read-options.ts';
import { plainUrl } from './plain-url.ts';
import { BaseUrl } from './variables.ts';

class FixtureOptions {
  @BaseUrl()
  baseUrl?: string;
}

const remedyFor = (url: string): string | undefined =>
  readOptions({ type: FixtureOptions, prefix: 'FIXTURE_' }, { FIXTURE_URL: url }).problems[0]?.remedy;

describe('a base URL', () => {
  it.each([
    ['http://2130706433', 'http://127.0.0.1'],
    ['http://2852039166/latest', 'http://169.254.169.254/latest'],
    ['http://0177.0.0.1:3000/v2', 'http://127.0.0.1:3000/v2'],
    ['http://0x7f000001', 'http://127.0.0.1'],
    ['http://0x7F.0.0.1', 'http://127.0.0.1'],
    ['http://127.1', 'http://127.0.0.1'],
    ['http://0', 'http://0.0.0.0'],
    ['http://127.0.0.1.', 'http://127.0.0.1'],
    ['https://api.example.com.', 'https://api.example.com'],
    ['http://localhost.:3000', 'http://localhost:3000'],
    ['http://\uff11\uff12\uff17.0.0.1', 'http://127.0.0.1'],
    ['http://127\u30020\u30020\u30021', 'http://127.0.0.1'],
    ['http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3', 'http://localhost'],
    ['http://\u212a8s.internal', 'http://k8s.internal'],
    ['http://local%68ost', 'http://localhost'],
    ['http://local\u00adhost', 'http://localhost'],
    ['http://local\thost', 'http://localhost'],
    ['http://[::ffff:127.0.0.1]:3000', 'http://127.0.0.1:3000'],
    ['http://[::ffff:7f00:1]', 'http://127.0.0.1'],
    ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
    ['http://[::127.0.0.1]', 'http://[::7f00:1]'],
    ['https://b\u00fccher.example', 'https://xn--bcher-kva.example'],
    ['http:127.0.0.1', 'http://127.0.0.1'],
    ['http:/127.0.0.1', 'http://127.0.0.1'],
    ['http:///127.0.0.1', 'http://127.0.0.1'],
    ['http:\\\\127.0.0.1', 'http://127.0.0.1'],
    ['http://@127.0.0.1', 'http://127.0.0.1'],
    ['http://api.example.com\\@127.0.0.1', 'http://api.example.com/@127.0.0.1'],
  ])('may not hide its host: %j', (text, plain) => {
    expect(plainUrl(text)).toBe(plain);
    expect(remedyFor(text)).toBe(`write it as ${plain}, for that is what it means`);
    expect(remedyFor(plain)).toBeUndefined();
  });

  it.each([
    ...[
      'http://127.0.0.1:3000',
      'http://127.0.0.1:80/',
      'http://[::1]:3000/v2',
      'http://[fd00::1]',
      'http://localhost:',
    ],
    ...[
      'https://api.example.com',
      'HTTPS://API.Example.Com/V2',
      'https://xn--bcher-kva.example',
      'http://cms',
      'http://a_b',
    ],
  ])('may be written as %s', (text) => expect([plainUrl(text), remedyFor(text)]).toEqual([undefined, undefined]));
});
