import type { HttpService } from '@nestjs/axios';
import type { AuthorizationOperation } from './authorization.provider.ts';

interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams | undefined;
}

/** What OAuth libraries send with. */
export type Fetch = (url: string, asked: Asked) => Promise<Response>;

/**
 * `fetch` by way of our pipeline, as one declared operation. Gives answers in which the server says what it thinks, 4xx
 * included; all else fails as every call does. @throws UpstreamError
 */
export const pipelineFetch =
  (http: HttpService, operation: AuthorizationOperation): Fetch =>
  async (url, { method, headers: { 'user-agent': _theirs, ...headers }, body }) => {
    const {
      data,
      status,
      headers: fields,
    } = await http.axiosRef.request<Buffer>({
      operation,
      url,
      method,
      data: body,
      headers,
      responseType: 'arraybuffer',
      validateStatus: isSaying,
    });
    const type = String(fields['content-type'] ?? '');
    return new Response(data.length > 0 ? new Uint8Array(data) : null, { status, headers: { 'content-type': type } });
  };

/** Neither a redirect nor trouble (408, 429, 5xx), which are the pipeline's to name. */
const isSaying = (status: number): boolean =>
  (status >= 200 && status < 300) || (status >= 400 && status < 500 && status !== 408 && status !== 429);
