import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Problem } from '../../../src/inbound/problems/problem.ts';

/** An export as somebody got it. */
export interface Exported {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** False when the connection broke off before the end. */
  readonly isWhole: boolean;
}

/** An export of which the head has come; nothing else is taken until somebody wants it. */
export interface Reading {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Takes all that comes. */
  finish(): Promise<Exported>;
  /** Takes what comes until it holds `text`. */
  takeUntil(text: string): Promise<void>;
  /** Closes the connection. */
  leave(): void;
}

export const openExport = async (
  { url }: { readonly url: string },
  headers: Readonly<Record<string, string>> = {},
  localAddress = '127.0.0.1',
): Promise<Reading> => {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/api/v1/articles/export`, { agent: false, headers, localAddress }, resolve).once('error', reject);
  });
  const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
  let text = '';
  response.setEncoding('utf8').on('error', () => undefined);
  const { statusCode: status = 0, headers: received } = response;
  const take = (chunk: string): void => void (text += chunk);
  return {
    status,
    headers: received,
    finish: async () => {
      response.on('data', take);
      await closed;
      return { status, headers: received, text, isWhole: response.complete };
    },
    takeUntil: async (wanted) => {
      for (; !text.includes(wanted); text += (response.read() as string | null) ?? '') {
        await new Promise((resolve) => response.once('readable', resolve));
      }
    },
    leave: () => response.destroy(),
  };
};

export const readExport = async (
  breakwater: { readonly url: string },
  headers?: Readonly<Record<string, string>>,
): Promise<Exported> => (await openExport(breakwater, headers)).finish();

export const idOf = ({ headers }: Pick<Exported, 'headers'>): string => String(headers['x-request-id']);

/** Every line as what it says. */
export const linesOf = ({ text }: Pick<Exported, 'text'>): Record<string, unknown>[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The problem that an export ended with. */
export const lastProblemOf = (exported: Pick<Exported, 'text'>): Problem | undefined =>
  linesOf(exported).at(-1)?.['problem'] as Problem | undefined;
