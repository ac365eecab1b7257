import { describe, expect, it } from '@jest/globals';
import { buildAnswer, buildResponseOptions, valuesOf } from '../../../test/support/build-answer.ts';
import type { HeaderMap } from '../../outbound/index.ts';
import type { Answer } from './answer.ts';
import { compileResponseHeaders } from './response-headers.ts';

const surroundings = { routeName: 'poke', basePath: '', ownOrigins: () => [] };

const tell = (headers: HeaderMap, isPublic = true, parts: Partial<Answer> = {}): string[] =>
  compileResponseHeaders(buildResponseOptions(), { ...surroundings, isPublic })(buildAnswer(headers, parts));

const policiesOf = (headers: HeaderMap, parts?: Partial<Answer>): string[] =>
  valuesOf(tell(headers, true, parts), 'content-security-policy');

describe('a document of somebody else', () => {
  it.each([
    ...['text/html', 'TEXT/HTML; charset=utf-8', ' text/html ', 'application/xhtml+xml', 'image/svg+xml', 'text/xml'],
    ...['application/xml;a=b', 'application/rss+xml', 'multipart/x-mixed-replace; boundary=a', 'text/xsl'],
    ...['', 'html', 'a/b, text/html', '*/*', 'unknown/unknown', 'text/html,application/json'],
  ])('cannot act as us: %j', (type) => expect(policiesOf({ 'content-type': type })).toEqual(['sandbox']));

  it('cannot act as us when it does not say what it is, or says it twice', () => {
    expect(policiesOf({ 'content-type': undefined })).toEqual(['sandbox']);
    expect(policiesOf({ 'content-type': ['application/json', 'text/html'] })).toEqual(['sandbox']);
  });

  it('keeps what it allows itself even less', () => {
    const headers = { 'content-type': 'text/html', 'content-security-policy': ["script-src 'none'", 'a'] };
    expect(policiesOf(headers)).toEqual(["script-src 'none'", 'a', 'sandbox']);
  });

  it('cannot act as us when it is one by our own rule', () => {
    const headers = { set: { 'content-type': 'text/html' }, add: {}, remove: [] };
    const tellAsHtml = compileResponseHeaders(buildResponseOptions({ headers }), { ...surroundings, isPublic: true });
    expect(valuesOf(tellAsHtml(buildAnswer()), 'content-security-policy')).toEqual(['sandbox']);
  });

  it.each([
    ...[
      'application/json',
      'application/problem+json',
      'text/plain',
      'text/event-stream',
      'image/png',
      'application/pdf',
    ],
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ])('is not what data is: %s', (type) => expect(policiesOf({ 'content-type': type })).toEqual([]));

  it.each([101, 204, 304])('is not in an answer without content: %i', (status) => {
    expect(policiesOf({ 'content-type': undefined }, { status })).toEqual([]);
  });
});

describe('an answer to a known caller', () => {
  const cacheControlOf = (value: string | string[] | undefined): string[] =>
    valuesOf(tell({ 'cache-control': value }, false), 'cache-control');

  it.each([
    [undefined, 'private'],
    ['', 'private'],
    ['public, max-age=60', 'private, max-age=60'],
    ['max-age=60, S-MaxAge=5, s-maxage=600, PUBLIC', 'private, max-age=60'],
    ['max-age=60', 'private, max-age=60'],
    ['private="set-cookie, public", max-age=60', 'private, private="set-cookie, public", max-age=60'],
    ['private, max-age=60', 'private, max-age=60'],
    ['no-store', 'no-store'],
    ['no-cache', 'private, no-cache'],
    ['must-revalidate, proxy-revalidate', 'private, must-revalidate'],
    ['x="private, no-store', 'no-store'],
  ])('is kept by no cache of many: %j', (theirs, ours) => expect(cacheControlOf(theirs)).toEqual([ours]));

  it('is kept by none, however often it says that it may be', () => {
    expect(cacheControlOf(['public', 's-maxage=60, max-age=1'])).toEqual(['private, max-age=1']);
  });

  it.each(['cdn-cache-control', 'surrogate-control', 'cloudflare-cdn-cache-control', 'edge-control'])(
    'is kept by none that listens to %s',
    (name) => {
      expect(tell({ [name]: 'max-age=60' }, false)).not.toContain(name);
      expect(tell({ [name]: 'max-age=60' }, true)).toContain(name);
    },
  );

  it.each([
    [undefined, 'Authorization, Cookie'],
    ['accept', 'accept, Authorization, Cookie'],
    ['accept, *', '*'],
  ])('is for the same one only: %j', (theirs, ours) => {
    expect(valuesOf(tell({ vary: theirs }, false), 'vary')).toEqual([ours]);
  });

  it('is what others are not: of a public route nothing is said', () => {
    const list = tell({ 'cache-control': 'public, s-maxage=60' });
    expect(valuesOf(list, 'cache-control')).toEqual(['public, s-maxage=60']);
    expect(valuesOf(list, 'vary')).toEqual([]);
    expect(valuesOf(tell({}), 'cache-control')).toEqual([]);
  });

  it('is judged in no time, however odd', () => {
    const startedAt = performance.now();
    for (const text of ['"\\'.repeat(8_000), '"'.repeat(16_001), ','.repeat(16_000), 'a="\\"'.repeat(3_000)]) {
      cacheControlOf(text);
      tell({ 'content-type': text, vary: text, via: text, 'proxy-status': text, refresh: `1;url=${text}` }, false);
    }
    // Anything that looks again from each quote would take seconds.
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });
});
