import { describe, expect, it } from '@jest/globals';
import { judgeReceiverUrl } from './receiver-url.ts';

const RULE = 'must be an https:// URL of at most 2048 characters, without blanks, credentials and a fragment';
const NOT_OUTSIDE = 'must lead to a public address';

const judge = (text: string, network: 'public' | 'private' = 'public'): string => {
  const judged = judgeReceiverUrl(text, network);
  return 'url' in judged ? judged.url.href : judged.mistake;
};

const NEVER = ['169.254.169.254', '0.0.0.0', '[::]', '[fe80::1]', '[fd00:ec2::254]', '224.0.0.1', '100.100.100.200'];
const METADATA_IN_DISGUISE = ['2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '[::ffff:169.254.169.254]'];
const OURS = [
  ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '\uff11\uff12\uff17.0.0.1', '[::1]'],
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '10.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', '[fd00::1]'],
];
const OUR_NAMES = ['localhost', 'localhost.', 'LOCALHOST', 'a.localhost', 'cms', 'cms.', 'cms.internal', 'db.svc'];

describe('the URL of a receiver', () => {
  it.each([
    ...['', 'hooks', '//hooks.example.com', '/hooks', 'https://', 'https:///', 'https://a b.example/', 'https://%zz/'],
    ...['http://hooks.example.com/', 'ftp://hooks.example.com/', 'file:///etc/passwd', 'javascript:alert(1)'],
    ...['data:,x', 'wss://hooks.example.com/', 'gopher://hooks.example.com/', 'blob:https://hooks.example.com/1'],
    ...[
      'https://ada@hooks.example.com/',
      'https://ada:secret@hooks.example.com/',
      'https://:secret@hooks.example.com/',
    ],
    ...['https://hooks.example.com/#part', 'https://hooks.example.com/#', 'https://hooks.example.com:99999/'],
    ...[' https://hooks.example.com/', 'https://hooks.example.com/\r\nx: y', 'https://hooks.\texample.com/'],
    ...[
      'https://hooks.example.com/\u0000',
      'https://hooks.example.com/\u202e',
      `https://hooks.example.com/${'a'.repeat(2_048)}`,
    ],
    ...[`https://hooks.example.com/${'\u{1F525}'.repeat(500)}`],
  ])('is refused: %j', (text) => expect(judge(text)).toBe(RULE));

  it.each([...NEVER, ...METADATA_IN_DISGUISE, ...OURS, ...OUR_NAMES])('may not name our own: %s', (host) => {
    expect(judge(`https://${host}/`)).toBe(NOT_OUTSIDE);
    expect(judge(`https://${host}:8443/hooks`)).toBe(NOT_OUTSIDE);
  });

  it.each([...NEVER, ...METADATA_IN_DISGUISE])('may never name %s', (host) => {
    expect(judge(`http://${host}/`, 'private')).toBe(NOT_OUTSIDE);
  });

  it.each([...OURS, ...OUR_NAMES])('may name %s where operators say so, and by http', (host) => {
    expect(judge(`http://${host}/`, 'private')).toMatch(/^http:\/\//);
  });

  it.each([
    ['https://hooks.example.com', 'https://hooks.example.com/'],
    ['https://hooks.example.com:8443/a/b?token=x%20y', 'https://hooks.example.com:8443/a/b?token=x%20y'],
    ['HTTPS://Hooks.Example.COM/A', 'https://hooks.example.com/A'],
    ['https://b\u00fccher.example/', 'https://xn--bcher-kva.example/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
    ['https://localhost.example.com/', 'https://localhost.example.com/'],
  ])('is kept as what it means: %s', (text, href) => expect(judge(text)).toBe(href));
});
