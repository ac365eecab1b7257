import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { commandFor } from './command.ts';
import { shorten } from './shorten.ts';
import type { Step } from './step.ts';

/** A command line as one would type it, and beneath it what it answers at this moment. */
export const showStep = async (origin: string, step: Step, signal: AbortSignal): Promise<string> => {
  const url = origin + step.path;
  const answer = await ask(url, step, signal);
  return `# ${step.title}\n${commandFor(url, step)}\n${answer.replaceAll(/^(?=.)/gm, '  ')}\n`;
};

/** node:http and not fetch: like curl it asks for no compression. */
const ask = async (url: string, step: Step, signal: AbortSignal): Promise<string> => {
  const { method = 'GET', headers, body, withHeaders = false, firstLines } = step;
  const agent = new Agent({ keepAlive: true });
  try {
    const sent = request(url, {
      method,
      agent,
      signal,
      headers: { accept: '*/*', 'user-agent': 'sandbox', ...headers },
    });
    const [response] = (await once(sent.end(body), 'response', { signal })) as [IncomingMessage];
    const whole = (await text(response)).trimEnd();
    const shown = shorten(firstLines === undefined ? whole : whole.split('\n', firstLines).join('\n'));
    return withHeaders ? `${headOf(response)}\n\n${shown}`.trimEnd() : shown;
  } finally {
    agent.destroy();
  }
};

const headOf = ({ httpVersion, statusCode, statusMessage, headers }: IncomingMessage): string => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${shorten(String(value), 100)}`);
  return [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`, ...lines].join('\n');
};
