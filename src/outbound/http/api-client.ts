import type { HttpService } from '@nestjs/axios';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { AxiosRequestConfig } from 'axios';
import type { Principal } from '../credentials/principal.ts';
import type { Provider } from '../provider.ts';
import { isUntouched } from './axios-defaults.ts';
import { CallPlan } from './call-plan.ts';
import type { Path } from './path.ts';
import { toQuery, type Query } from './query.ts';

export interface CallOptions {
  /** Name of an operation declared in `defineProvider`. Default: method and path template, with the provider's options. */
  readonly operation?: string;
  /** Appended to the path, encoded; undefined values are left out, lists repeat their name. */
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whom a credential among `headers` stands for: what is stored for one is never given to another. */
  readonly principal?: Principal;
  /** By which the answer can be invalidated, beside its operation's name: `CacheInvalidation`. */
  readonly tags?: readonly string[];
  /** Cancels the call; so does the caller of our own API by hanging up. */
  readonly signal?: AbortSignal;
  /** Brings the deadline nearer for this one call, in ms from now. */
  readonly deadlineMs?: number;
}

export interface BodyOptions {
  /** Plain objects are sent as JSON, `URLSearchParams` as a form, bytes and text as they are. */
  readonly body?: unknown;
}

interface AnswerOptions<S extends StandardSchemaV1> {
  /** What the answer must look like (any Standard Schema); the result is what the schema makes of it. */
  readonly answer: S;
  /** The schema is given `WholeAnswer`, for what the upstream says beside the body. Default false: it is given the body. */
  readonly whole?: boolean;
}

/**
 * The typed door to one upstream. Every method fails with an `UpstreamError`, or with the caller's cancellation.
 * Without an `answer` schema the body is ignored.
 */
export class ApiClient {
  constructor(
    private readonly http: HttpService,
    private readonly provider: Provider,
  ) {}

  get<S extends StandardSchemaV1>(
    path: Path,
    options: CallOptions & AnswerOptions<S>,
  ): Promise<StandardSchemaV1.InferOutput<S>>;
  get(path: Path, options?: CallOptions): Promise<void>;
  get(path: Path, options: CallOptions = {}): Promise<unknown> {
    return this.call('GET', path, options);
  }

  post<S extends StandardSchemaV1>(
    path: Path,
    options: CallOptions & BodyOptions & AnswerOptions<S>,
  ): Promise<StandardSchemaV1.InferOutput<S>>;
  post(path: Path, options?: CallOptions & BodyOptions): Promise<void>;
  post(path: Path, options: CallOptions & BodyOptions = {}): Promise<unknown> {
    return this.call('POST', path, options);
  }

  put<S extends StandardSchemaV1>(
    path: Path,
    options: CallOptions & BodyOptions & AnswerOptions<S>,
  ): Promise<StandardSchemaV1.InferOutput<S>>;
  put(path: Path, options?: CallOptions & BodyOptions): Promise<void>;
  put(path: Path, options: CallOptions & BodyOptions = {}): Promise<unknown> {
    return this.call('PUT', path, options);
  }

  patch<S extends StandardSchemaV1>(
    path: Path,
    options: CallOptions & BodyOptions & AnswerOptions<S>,
  ): Promise<StandardSchemaV1.InferOutput<S>>;
  patch(path: Path, options?: CallOptions & BodyOptions): Promise<void>;
  patch(path: Path, options: CallOptions & BodyOptions = {}): Promise<unknown> {
    return this.call('PATCH', path, options);
  }

  delete<S extends StandardSchemaV1>(
    path: Path,
    options: CallOptions & BodyOptions & AnswerOptions<S>,
  ): Promise<StandardSchemaV1.InferOutput<S>>;
  delete(path: Path, options?: CallOptions & BodyOptions): Promise<void>;
  delete(path: Path, options: CallOptions & BodyOptions = {}): Promise<unknown> {
    return this.call('DELETE', path, options);
  }

  private async call(
    method: string,
    path: Path,
    options: CallOptions & BodyOptions & Partial<AnswerOptions<StandardSchemaV1>>,
  ): Promise<unknown> {
    const operation = this.provider.operation(method, path.template, options.operation);
    const { answer: schema, whole, deadlineMs, signal, principal, tags } = options;
    const url = path.value + toQuery(options.query);
    if (method === 'GET' && schema && !options.headers && isUntouched(this.http.axiosRef)) {
      const recalled = this.provider.recall(operation, url, { schema, principal });
      if (recalled) return recalled.value;
    }
    const config: AxiosRequestConfig = { method, url };
    config.plan = new CallPlan(operation, { schema, whole, deadlineMs, signal, principal, tags });
    if (options.body !== undefined) config.data = options.body;
    if (options.headers) config.headers = { ...options.headers };
    // Nobody reads the body: it may be anything.
    if (!schema) config.responseType = 'arraybuffer';
    const { data } = await this.http.axiosRef.request<unknown>(config);
    return schema && data;
  }
}
