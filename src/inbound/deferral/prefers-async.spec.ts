import { describe, expect, it } from '@jest/globals';
import { prefersAsync } from './prefers-async.ts';

describe('Prefer', () => {
  it.each([
    [[]],
    [['']],
    [[',, ,']],
    [['respond']],
    [['respond-asynchronous']],
    [['x-respond-async']],
    [['respond async']],
    [['respond-async=no']],
    [['respond-async="no"']],
    [['respond-async==']],
    [['wait=respond-async']],
    [['wait=10; respond-async']],
    [['foo="a, respond-async, b"']],
    [['foo="a\\", respond-async, \\"b"']],
    [['foo="never closed, respond-async']],
    [['respond-async=no, respond-async']],
    [['respond-async=no', 'respond-async']],
    [['"respond-async"']],
  ])('does not ask for an answer at once: %j', (lines) => {
    expect(prefersAsync(lines)).toBe(false);
  });

  it.each([
    [['respond-async']],
    [['Respond-ASYNC']],
    [[' \trespond-async\t ']],
    [['respond-async=']],
    [['respond-async = ""']],
    [['respond-async; foo=bar']],
    [['respond-async;;foo="a,b" ; bar']],
    [['respond-async, wait=100']],
    [['wait=0 ,respond-async']],
    [['return=minimal; foo="some, parameter", , respond-async']],
    [['foo="closed \\\\", respond-async']],
    [['return=minimal', 'respond-async']],
    [['foo="never closed', 'respond-async']],
    [['respond-async, respond-async=no']],
    [['=, ;, "", respond-async']],
  ])('asks for an answer at once: %j', (lines) => {
    expect(prefersAsync(lines)).toBe(true);
  });

  it.each([' ', '"', '\\', '"\\', ',', ';', '=', 'respond-async '])('is read in no time when full of %j', (piece) => {
    const startedAt = performance.now();
    for (let time = 0; time < 10; time += 1) prefersAsync([`a=${piece.repeat(16_384 / piece.length)}x`]);
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });
});
