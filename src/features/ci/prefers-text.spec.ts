import { describe, expect, it } from '@jest/globals';
import { prefersText } from './prefers-text.ts';

describe('prefersText', () => {
  it.each([
    undefined,
    '',
    '*/*',
    'application/json',
    'image/png',
    'text/html',
    'text/plain;q=0',
    'text/plain;q=0, text/*',
    'text/plain;q=nonsense, */*',
    'text/plain, application/json',
    'application/json, text/plain',
    'text/plain;q=0.5, application/json',
    'text/*, application/*',
    'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8',
    'text/plainer',
  ])('is not what %j says', (accept) => expect(prefersText(accept)).toBe(false));

  it.each([
    'text/plain',
    'TEXT/PLAIN; charset=utf-8',
    'text/*',
    'text/plain, */*',
    'text/plain, application/*',
    'text/*, */*',
    'text/plain, application/json;q=0.9',
    'application/json;q=0.1,text/plain;q=0.2',
    'text/plain;q=0.1, application/json;q=0',
  ])('is what %j says', (accept) => expect(prefersText(accept)).toBe(true));
});
