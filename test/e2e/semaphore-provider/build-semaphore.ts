import { Secret } from '../../../src/platform/secret.ts';
import { SemaphoreClient } from '../../../src/providers/semaphore/semaphore.client.ts';
import { semaphore } from '../../../src/providers/semaphore/semaphore.provider.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';

export interface BuiltSemaphore extends Pick<BuiltProvider, 'receipts'> {
  readonly client: SemaphoreClient;
  close(): Promise<void>;
}

/** The Semaphore provider as its module wires it, without the rest of an application. */
export const buildSemaphore = ({ url, token }: { readonly url: string; readonly token: string }): BuiltSemaphore => {
  const { operations, credential, explainFailure } = semaphore;
  const options = { ...semaphore.config(), baseUrl: url, token: new Secret(token) };
  const { client, provider, receipts } = buildProvider({
    ...options,
    operations,
    credential: credential!,
    explainFailure: explainFailure!,
  });
  return { client: new SemaphoreClient(client), receipts, close: () => provider.close() };
};
