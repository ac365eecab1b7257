import { describe, expect, it } from '@jest/globals';
import { toLogLines, type LogEvent } from './log-lines.ts';

const FIRST = 1_571_083_003;
const FIRST_AT = '2019-10-14T19:56:43.000Z';

const event = (name: string, parts: Partial<LogEvent> = {}): LogEvent => ({
  event: name,
  timestamp: FIRST,
  directive: null,
  output: null,
  ...parts,
});

const written = (...pieces: string[]): LogEvent[] =>
  pieces.map((output, index) => event('cmd_output', { output, timestamp: FIRST + index }));

const textsOf = (events: readonly LogEvent[]): string[] => toLogLines(events).map(({ text }) => text);

describe('the lines of a log', () => {
  it.each([
    ['no events', []],
    ['no output', [event('job_started'), event('cmd_finished'), event('job_finished')]],
    ['empty output', written('', '')],
    ['output that is none', [event('cmd_output'), event('cmd_started')]],
    ['events of another kind', [event('agent_moved', { output: 'a', directive: 'b' })]],
  ])('are none of %s', (_what, events) => expect(toLogLines(events)).toEqual([]));

  it.each([
    ['a line', ['one\n'], ['one']],
    ['a line without its end', ['one'], ['one']],
    ['two lines in one piece', ['one\ntwo\n'], ['one', 'two']],
    ['a line in pieces', ['o', 'n', 'e\n', 'two'], ['one', 'two']],
    ['empty lines', ['\n\n', '\none\n'], ['', '', '', 'one']],
    ['CR LF', ['one\r\ntwo\r\n'], ['one', 'two']],
    ['CR LF cut in two', ['one\r', '\ntwo\r', '\n'], ['one', 'two']],
    ['CR CR LF', ['one\r\r\n'], ['one']],
    ['nothing but CR', ['\r\r\r'], ['']],
    ['a CR LF alone', ['\r\n'], ['']],
    ['a progress bar', ['10%\r', '50%\r', '100%\n', 'done\n'], ['100%', 'done']],
    ['a progress bar in one piece', ['10%\r50%\r100%\r\n'], ['100%']],
    ['a progress bar without an end', ['10%\r50%\r'], ['50%']],
    ['colours', ['\u001b[32mok\u001b[0m\n'], ['\u001b[32mok\u001b[0m']],
    ['half of a character pair each', ['\ud83d', '\ude00\n'], ['\ud83d\ude00']],
  ])('are put together of %s', (_what, pieces, lines) => expect(textsOf(written(...pieces))).toEqual(lines));

  it('begin with the command that wrote them, whether or not the one before ended its line', () => {
    const events = [
      event('job_started'),
      event('cmd_started', { directive: 'make' }),
      event('cmd_output', { output: 'no line break' }),
      event('cmd_finished', { directive: 'make' }),
      event('cmd_started', { directive: 'echo a \\\n  b' }),
      event('cmd_output', { output: 'a b\n' }),
      event('job_finished'),
    ];
    expect(textsOf(events)).toEqual(['make', 'no line break', 'echo a \\', '  b', 'a b']);
  });

  it('bear the time at which they began', () => {
    const lines = toLogLines(written('a', 'b\nc', 'd\ne\n'));
    expect(lines.map(({ at }) => at?.slice(17, 19))).toEqual(['43', '44', '45']);
    expect(lines[0]?.at).toBe(FIRST_AT);
  });

  it('bear none where it makes no sense', () => {
    expect(toLogLines([event('cmd_output', { output: 'a', timestamp: 'soon' })])).toEqual([{ at: null, text: 'a' }]);
  });
});

describe('a log of 16 MB', () => {
  const SIZE = 16_000_000;
  /** What takes each character up again with each piece takes minutes. */
  const PATIENCE_MS = 10_000;

  it.each([
    ['one line in pieces', 'x'.repeat(40)],
    ['one progress bar in pieces', `${'#'.repeat(38)}%\r`],
    ['short lines', 'a line of a log\n'],
  ])('of %s is read in linear time', (_what, piece) => {
    const count = Math.ceil(SIZE / piece.length);
    const events = Array.from({ length: count }, () => event('cmd_output', { output: piece }));
    const began = performance.now();
    const lines = toLogLines(events);
    expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
    expect(lines).toHaveLength(piece.endsWith('\n') ? count : 1);
  });
});
