import { get } from 'node:http';

export interface HttpAnswer {
  status: number;
  body: string;
}

const timeoutMs = 2_000;

/** One GET on a connection of its own, closed afterwards. */
export const httpGet = (url: string): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
    });
    request.once('error', reject);
  });
