import { describe, expect, it } from '@jest/globals';
import { commandFor } from './command.ts';

const URL = 'http://127.0.0.1:3000/x?a=1&b=2';

describe('a command line', () => {
  it('keeps the shell away from the URL', () => {
    expect(commandFor(URL, { title: '', path: '' })).toBe(`curl -s '${URL}'`);
  });

  it('asks for the headers of the answer, too', () => {
    expect(commandFor(URL, { title: '', path: '', withHeaders: true })).toBe(`curl -si '${URL}'`);
  });

  it('says that it posts only when it posts nothing', () => {
    const step = { title: '', path: '', method: 'POST' } as const;
    expect(commandFor(URL, step)).toBe(`curl -s -X POST '${URL}'`);
    expect(commandFor(URL, { ...step, body: '{}' })).toBe(`curl -s -d '{}' '${URL}'`);
  });

  it('sends headers and a body, whatever quotes are in them', () => {
    const step = { title: '', path: '', headers: { 'X-A': "it's" }, body: `{"b":"'"}` };
    expect(commandFor(URL, step)).toBe(String.raw`curl -s -H 'X-A: it'\''s' -d '{"b":"'\''"}' '${URL}'`);
  });

  it('cuts a long answer', () => {
    expect(commandFor(URL, { title: '', path: '', firstLines: 2 })).toBe(`curl -s '${URL}' | head -n 2`);
  });
});
