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
  /** Sent as a bearer token, by way of a variable that is shown first. */
  readonly token?: string;
}

/** A command line as one would type it, and beneath it what it answers at this moment. */
export const showStep = async (origin: string, step: Step, signal: AbortSignal): Promise<string> => {
  const url = origin + step.path;
  const answer = await ask(url, step, signal);
  return `# ${step.title}\n${commandFor(url, step)}\n${answer.replaceAll(/^(?=.)/gm, '  ')}\n`;
};

const commandFor = (url: string, { withHeaders = false, token }: Step): string => {
  const curl = `curl ${withHeaders ? '-si' : '-s'}`;
  return token === undefined
    ? `${curl} '${url}'`
    : `TOKEN=${token}\n${curl} -H "Authorization: Bearer $TOKEN" '${url}'`;
};

/** node:http and not fetch: like curl it asks for no compression. */
const ask = async (url: string, { withHeaders = false, token }: Step, signal: AbortSignal): Promise<string> => {
  const agent = new Agent({ keepAlive: true });
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    const headers = { accept: '*/*', 'user-agent': 'sandbox', ...authorization };
    const request = get(url, { agent, signal, headers });
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
