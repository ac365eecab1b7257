import { describe, expect, it } from '@jest/globals';
import { toFrame } from './to-frame.ts';

describe('a frame', () => {
  it.each([
    [{ id: '1-0', type: 'a.b', json: '{"a":1}' }, 'id: 1-0\nevent: a.b\ndata: {"a":1}\n\n'],
    [{ type: 'a', json: '"é\u2028"' }, 'event: a\ndata: "é\u2028"\n\n'],
    [{ id: '1-0' }, 'id: 1-0\n\n'],
    // JSON may be written over several lines; of any kind.
    [{ json: '{\n"a":\r\n1\r}' }, 'data: {\ndata: "a":\ndata: 1\ndata: }\n\n'],
  ])('of %j', (parts, text) => {
    expect(toFrame(parts).toString()).toBe(text);
  });

  it.each(['\n', '\r', '\r\n', '\0'])('takes no id and no type with %j', (end) => {
    expect(() => toFrame({ id: `1${end}data: evil` })).toThrow('The id of an event has to be one line');
    expect(() => toFrame({ type: `a${end}data: evil` })).toThrow('The event of an event has to be one line');
  });
});
