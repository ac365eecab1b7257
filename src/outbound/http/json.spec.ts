import { describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { NotJson, parseJson } from './json.ts';

const labelled = (contentType: string | undefined) => buildReply(200, { 'content-type': contentType }, '{"ok":true}');

describe('parseJson', () => {
  it.each(['text/html', 'text/html; charset=utf-8', 'application/xml', 'application/jsonp', 'image/png', ''])(
    'refuses what is labelled as %j, whatever it contains',
    (contentType) => expect(() => parseJson(labelled(contentType))).toThrow(NotJson),
  );

  it.each(['{"ok":tru', '<html>', 'undefined', "{'ok':true}", '{"ok":true}{"ok":true}', '\0', ' '])(
    'refuses the body %j, without quoting it',
    (body) => expect(() => parseJson(buildReply(200, {}, body))).toThrow(new NotJson('the answer is not valid JSON')),
  );

  it.each([
    undefined,
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/problem+json',
    'application/vnd.api+json;version=1',
    'text/json',
    'text/plain; charset=utf-8',
    'application/octet-stream',
  ])('reads what is labelled as %j', (contentType) => expect(parseJson(labelled(contentType))).toEqual({ ok: true }));

  it.each<[string, unknown]>([
    ['null', null],
    ['0', 0],
    ['"text"', 'text'],
    [' [1] \n', [1]],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['{"name":"Flabébé"}', { name: 'Flabébé' }],
    ['', undefined],
  ])('reads %j', (body, expected) => expect(parseJson(buildReply(200, {}, body))).toEqual(expected));

  it('does not let an answer reach a prototype', () => {
    const parsed = parseJson(buildReply(200, {}, '{"__proto__":{"polluted":true}}'));
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
