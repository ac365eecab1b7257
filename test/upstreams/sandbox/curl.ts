import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { shorten } from './shorten.ts';

export interface Step {
  /** One line that says what is to be seen. */
  readonly title: string;
  readonly path: string;
  /** Shows the status line and the headers as well (`-i`). */
  readonly withHeaders?: boolean;
}

/** A command line as one would type it, and beneath it what it answers at this moment. */
export const showStep = async (origin: string, step: Step, signal: AbortSignal): Promise<string> => {
  const url = origin + step.path;
  const command = `curl ${step.withHeaders ? '-si' : '-s'} '${url}'`;
  const answer = await ask(url, step, signal);
  return `# ${step.title}\n${command}\n${answer.replaceAll(/^(?=.)/gm, '  ')}\n`;
};

/** node:http and not fetch: like curl it asks for no compression. */
const ask = async (url: string, { withHeaders = false }: Step, signal: AbortSignal): Promise<string> => {
  const agent = new Agent({ keepAlive: true });
  try {
    const request = get(url, { agent, signal, headers: { accept: '*/*', 'user-agent': 'sandbox' } });
    const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
    const body = shorten(await text(response));
    return withHeaders ? `${headOf(response)}\n\n${body}` : body;
  } finally {
    agent.destroy();
  }
};

const headOf = ({ httpVersion, statusCode, statusMessage, headers }: IncomingMessage): string => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${shorten(String(value), 100)}`);
  return [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`, ...lines].join('\n');
};
