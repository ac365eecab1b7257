import { Inject, Injectable, Module, type Type } from '@nestjs/common';
import { z } from 'zod';
import type { ApiClient } from '../../../src/outbound/index.ts';
import type { Breakwater } from './breakwater.ts';

export interface GeneratedClient {
  getCharizard(): Promise<unknown>;
}

/**
 * The module of one provider, as docs/adding-a-provider.md says: with a declaration, a schema and a client of its own. Once
 * it has been made, the client is among `clients`.
 */
export const generateProvider = (
  { ApiClient: token, defineProvider, OutboundModule, path }: Breakwater['outbound'],
  name: string,
  origin: string,
  clients: GeneratedClient[],
): Type => {
  const declaration = defineProvider(name, { baseUrl: `${origin}/api/v2`, attemptTimeoutMs: 3_000 });
  const answer = z.object({
    id: z.number(),
    name: z.string(),
    height: z.number(),
    weight: z.number(),
    sprites: z.object({ front_default: z.url().nullable() }),
  });

  class Client implements GeneratedClient {
    private readonly http: ApiClient;

    constructor(http: ApiClient) {
      this.http = http;
    }

    getCharizard(): Promise<unknown> {
      return this.http.get(path`/pokemon/${'charizard'}`, { answer });
    }
  }
  Injectable()(Client);
  Inject(token)(Client, undefined, 0);

  class ClientModule {
    constructor(client: Client) {
      clients.push(client);
    }
  }
  Module({ imports: [OutboundModule.forProvider(declaration)], providers: [Client], exports: [Client] })(ClientModule);
  Inject(Client)(ClientModule, undefined, 0);
  return ClientModule;
};
