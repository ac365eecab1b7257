import type { SemaphoreLogLine } from './semaphore-shapes.ts';
import { toTime } from './semaphore-time.ts';

/** What happened in a job: a command began, wrote something, ended. */
export interface LogEvent {
  readonly event: string;
  readonly timestamp?: unknown;
  /** The command that began. */
  readonly directive: string | null;
  /** A piece of what it wrote, cut off anywhere. */
  readonly output: string | null;
}

/** The lines of a log, as Semaphore's own page shows them: what a command wrote, after the command itself. */
export const toLogLines = (events: readonly LogEvent[]): SemaphoreLogLine[] => {
  const log = new LogLines();
  for (const { event, timestamp, directive, output } of events) {
    if (event === 'cmd_output') log.write(output ?? '', timestamp);
    else if (event === 'cmd_started') log.writeLine(directive ?? '', timestamp);
  }
  log.endLine();
  return log.lines;
};

/** Puts lines together. Pieces are joined once, when their line ends: each character is looked at a fixed number of times. */
class LogLines {
  readonly lines: SemaphoreLogLine[] = [];
  #pieces: string[] = [];
  #at: string | null = null;
  #read: { readonly timestamp: unknown; readonly at: string | null } = { timestamp: undefined, at: null };

  writeLine(text: string, timestamp: unknown): void {
    this.endLine();
    if (text === '') return;
    this.write(text, timestamp);
    this.endLine();
  }

  write(output: string, timestamp: unknown): void {
    let from = 0;
    for (let end = output.indexOf('\n'); end !== -1; end = output.indexOf('\n', from)) {
      this.append(output.slice(from, end), timestamp);
      this.end();
      from = end + 1;
    }
    if (from < output.length) this.append(output.slice(from), timestamp);
  }

  /** Ends what has no line break of its own. */
  endLine(): void {
    if (this.#pieces.length > 0) this.end();
  }

  private append(piece: string, timestamp: unknown): void {
    if (this.#pieces.length === 0) this.#at = this.toTime(timestamp);
    this.#pieces.push(piece);
  }

  private end(): void {
    this.lines.push({ at: this.#at, text: toVisible(this.#pieces.join('')) });
    this.#pieces = [];
  }

  /** Many pieces bear the same time. */
  private toTime(timestamp: unknown): string | null {
    if (this.#read.timestamp !== timestamp) this.#read = { timestamp, at: toTime(timestamp) };
    return this.#read.at;
  }
}

/** A carriage return goes back to the beginning of the line, as progress bars do: what was written last is what is seen. */
const toVisible = (line: string): string => {
  let end = line.length;
  while (line[end - 1] === '\r') end -= 1;
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
};
