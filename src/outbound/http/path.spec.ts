import { describe, expect, it } from '@jest/globals';
import { path } from './path.ts';

describe('path', () => {
  it.each(['', '.', '..'])('refuses %j as a whole segment, wherever it stands', (value) => {
    expect(() => path`/things/${value}`).toThrow(new TypeError('A value does not fit into the path /things/{}'));
    expect(() => path`/things/${value}/parts`).toThrow(TypeError);
    expect(() => path`/${value}/things`).toThrow(TypeError);
  });

  it.each(['.', '..'])('refuses %j at the very start of a path that has no slash there', (value) => {
    expect(() => path`${value}/things`).toThrow(TypeError);
  });

  it('refuses values that make such a segment together', () => {
    expect(() => path`/things/${'.'}${'.'}/parts`).toThrow(TypeError);
    expect(() => path`/things/.${'.'}/parts`).toThrow(TypeError);
    expect(() => path`/things/${''}${''}`).toThrow(TypeError);
  });

  it.each(['\ud800', 'a\udfffb', '\udc00\ud800'])('refuses the lone surrogate in %j', (value) =>
    expect(() => path`/things/${value}`).toThrow(new TypeError('A value for a path is not well-formed Unicode')),
  );

  it('says nothing of the value in its error', () => {
    expect(() => path`/things/${'..'}/${'s3cret'}`).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('s3cret') }),
    );
  });

  it.each([
    ['mr-mime', '/things/mr-mime'],
    [25, '/things/25'],
    ['a/b', '/things/a%2Fb'],
    ['../admin', '/things/..%2Fadmin'],
    ['..\\admin', '/things/..%5Cadmin'],
    ['%2e%2e', '/things/%252e%252e'],
    ['a?b=c#d', '/things/a%3Fb%3Dc%23d'],
    ['a;b', '/things/a%3Bb'],
    ['ä ö', '/things/%C3%A4%20%C3%B6'],
    ['\ud83d\ude00', '/things/%F0%9F%98%80'],
    ['\r\nhost: evil', '/things/%0D%0Ahost%3A%20evil'],
    ['\0', '/things/%00'],
    ['...', '/things/...'],
    ['.hidden', '/things/.hidden'],
    ['//evil.example', '/things/%2F%2Fevil.example'],
  ])('encodes %j as one segment', (value, expected) => {
    const { value: encoded } = path`/things/${value}`;
    expect(encoded).toBe(expected);
    expect(new URL(encoded, 'https://upstream.example').pathname.split('/')).toHaveLength(3);
  });

  it('takes several values, and parts of segments', () => {
    expect(path`/things/${1}/parts/${'a b'}.${'json'}`.value).toBe('/things/1/parts/a%20b.json');
  });

  it('keeps the slash that a template ends with', () => {
    expect(path`/things/${1}/`.value).toBe('/things/1/');
  });

  it('names the template without its values', () => {
    expect(path`/things/${1}/parts/${2}`.template).toBe('/things/{}/parts/{}');
    expect(path`/things`).toMatchObject({ value: '/things', template: '/things' });
  });
});
