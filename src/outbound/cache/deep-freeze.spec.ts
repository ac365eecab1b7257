import { describe, expect, it } from '@jest/globals';
import { deepFreeze } from './deep-freeze.ts';

describe('deepFreeze', () => {
  it('freezes all that a value holds, and returns that value', () => {
    const value = { list: [{ inner: { deep: [1] } }], nothing: null, text: 'a', absent: undefined };
    expect(deepFreeze(value)).toBe(value);
    expect(() => void (value.list[0]!.inner.deep[0] = 2)).toThrow(TypeError);
    expect(() => value.list.push(value.list[0]!)).toThrow(TypeError);
    expect(() => void (value.text = 'b')).toThrow(TypeError);
  });

  it.each([null, undefined, 0, -0, Number.NaN, '', 'a', true, 1n])('leaves %p as it is', (value) => {
    expect(deepFreeze(value)).toBe(value);
  });

  it('comes to an end with what holds itself', () => {
    const value: { self?: unknown; list: unknown[] } = { list: [] };
    value.self = value;
    value.list.push(value, value.list);
    expect(Object.isFrozen(deepFreeze(value).list)).toBe(true);
  });

  it('leaves bytes as they are, in whatever holds them', () => {
    const value = deepFreeze({ buffer: Buffer.from('a'), view: new DataView(new ArrayBuffer(1)) });
    value.buffer[0] = 98;
    expect(value.buffer.toString()).toBe('b');
    expect(deepFreeze(Buffer.from('a')).toString()).toBe('a');
  });

  it('freezes what names like those of every object hold', () => {
    const value = deepFreeze(JSON.parse('{"__proto__": {"a": []}, "constructor": {"b": []}}')) as object;
    for (const part of Object.values(value) as object[]) expect(Object.isFrozen(part)).toBe(true);
    expect(Object.isFrozen(Object.prototype)).toBe(false);
    expect(Object.isFrozen(Object)).toBe(false);
  });

  it('freezes what has no prototype', () => {
    const value = Object.assign(Object.create(null) as Record<string, object>, { a: {} });
    expect(Object.isFrozen(deepFreeze(value)['a'])).toBe(true);
  });

  // So are the values of a schema that says readonly.
  it('freezes what a value holds that is itself frozen already', () => {
    const value = deepFreeze(Object.freeze({ list: Object.freeze([{ name: 'a' }]) }));
    expect(Object.isFrozen(value.list[0])).toBe(true);
  });

  // JSON.parse copes with it, and so does a schema that leaves a part unknown.
  it('copes with nesting without end', () => {
    const depth = 100_000;
    const value: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(Object.isFrozen(deepFreeze(value))).toBe(true);
  });
});
