import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import * as oauth from 'oauth4webapi';
import { AuthorizationOptions } from './authorization-options.ts';
import { authorization, type AuthorizationOperation } from './authorization.provider.ts';
import { Discovery } from './discovery.ts';
import { pipelineFetch, type Fetch } from './pipeline-fetch.ts';
import type { Endpoint, Page } from './server-metadata.schema.ts';
import { fromLibrary, invalidAnswer, notConfigured, toErrorAnswer } from './upstream-failures.ts';

/** Times are judged where signatures are, by our own clock: here no difference is too large. */
const ANY_TIME_SECONDS = 1e12;

/** The two who talk to each other, as oauth4webapi wants them. */
export interface Parties {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
}

/** One request to an endpoint: whoever makes it passes all of it on. */
export interface Exchange extends Parties {
  readonly auth: oauth.ClientAuth;
  readonly how: { [oauth.customFetch]: Fetch; [oauth.allowInsecureRequests]: boolean };
}

interface Question<T> {
  readonly operation: AuthorizationOperation;
  readonly endpoint: Endpoint;
  readonly send: (exchange: Exchange) => Promise<Response>;
  readonly read: (response: Response, parties: Parties) => Promise<T>;
}

/** The endpoints where we ask as a client that proves who it is. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly discovery: Discovery,
    private readonly http: HttpService,
    @Inject(authorization.config.KEY) private readonly options: AuthorizationOptions,
  ) {}

  /** @throws UpstreamError; `not_configured` when we are no client */
  async parties(operation: AuthorizationOperation): Promise<Parties> {
    const { clientId } = this.options;
    if (clientId === undefined) throw notConfigured(operation, 'there is no AUTH_CLIENT_ID');
    const client = { client_id: clientId, [oauth.clockTolerance]: ANY_TIME_SECONDS };
    return { server: toServer(await this.discovery.metadata()), client };
  }

  /** Whether the server has this endpoint. @throws UpstreamError */
  async has(endpoint: Endpoint, operation: AuthorizationOperation): Promise<boolean> {
    return (await this.discovery.find(endpoint, operation)) !== undefined;
  }

  /** Where browsers are sent; undefined when the server has no such page. @throws UpstreamError when others could read along */
  async page(page: Page, operation: AuthorizationOperation): Promise<string | undefined> {
    const url = (await this.discovery.metadata())[page];
    const isPlain = url !== undefined && new URL(url).protocol === 'http:';
    if (isPlain && !this.isPlain) throw invalidAnswer(operation, `its ${page} is http, and its issuer https`);
    return url;
  }

  /** @throws UpstreamError; an `ErrorAnswer` when the server refused */
  async ask<T>({ operation, endpoint, send, read }: Question<T>): Promise<T> {
    const parties = await this.parties(operation);
    if (!(await this.has(endpoint, operation))) throw invalidAnswer(operation, `the server names no ${endpoint}`);
    try {
      const response = await send({ ...parties, auth: this.auth(), how: this.how(operation) });
      if (!response.ok) throw await toErrorAnswer(operation, response);
      return await read(response, parties);
    } catch (error) {
      throw fromLibrary(operation, error);
    }
  }

  private auth(): oauth.ClientAuth {
    const { clientSecret, clientAuthentication } = this.options;
    const secret = clientSecret?.reveal() ?? '';
    return clientAuthentication === 'client_secret_post'
      ? oauth.ClientSecretPost(secret)
      : oauth.ClientSecretBasic(secret);
  }

  private how(operation: AuthorizationOperation): Exchange['how'] {
    return { [oauth.customFetch]: pipelineFetch(this.http, operation), [oauth.allowInsecureRequests]: this.isPlain };
  }

  /** An issuer without https is one on this machine: see its options. */
  private get isPlain(): boolean {
    return this.options.baseUrl?.startsWith('http:') ?? false;
  }
}

const toServer = (metadata: object): oauth.AuthorizationServer => ({ ...(metadata as oauth.AuthorizationServer) });
