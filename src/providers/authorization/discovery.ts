import { Inject, Injectable } from '@nestjs/common';
import { ApiClient, path } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import { AuthorizationOptions } from './authorization-options.ts';
import { authorization, type AuthorizationOperation } from './authorization.provider.ts';
import { Remembered } from './remembered.ts';
import { serverMetadata, type Endpoint, type ServerMetadata } from './server-metadata.schema.ts';
import { invalidAnswer } from './upstream-failures.ts';

const HOUR_MS = 3_600_000;

/** What the server says of itself (OpenID Connect Discovery 1.0), asked once an hour. All throw `UpstreamError`. */
@Injectable()
export class Discovery {
  readonly #metadata: Remembered<ServerMetadata>;

  constructor(
    private readonly http: ApiClient,
    @Inject(authorization.config.KEY) private readonly options: AuthorizationOptions,
    clock: Clock,
  ) {
    const fetch = (): Promise<ServerMetadata> => this.ask();
    this.#metadata = new Remembered({ fetch, freshMs: HOUR_MS, maxMs: 24 * HOUR_MS }, clock);
  }

  metadata(): Promise<ServerMetadata> {
    return this.#metadata.get();
  }

  /** Where to ask for something ourselves; undefined when the server does not offer it. */
  async find(endpoint: Endpoint, operation: AuthorizationOperation): Promise<string | undefined> {
    const url = (await this.metadata())[endpoint];
    if (url === undefined || this.allowed.has(new URL(url).origin)) return url;
    throw invalidAnswer(operation, `its ${endpoint} is at another origin than the issuer: list that in AUTH_ORIGINS`);
  }

  private get allowed(): ReadonlySet<string> {
    const { baseUrl = '', origins = [] } = this.options;
    return new Set([...origins, URL.parse(baseUrl)?.origin ?? '']);
  }

  private async ask(): Promise<ServerMetadata> {
    const operation = 'getMetadata';
    const metadata = await this.http.get(path`/.well-known/openid-configuration`, {
      operation,
      answer: serverMetadata,
    });
    // Letter by letter: who answers for another issuer could have its users pass for ours.
    if (metadata.issuer === this.options.baseUrl) return metadata;
    throw invalidAnswer(operation, 'it names another issuer than AUTH_ISSUER, a slash at its end included');
  }
}
