import { startAuthorization, type AuthorizationStandIn } from '../authorization.stand-in.ts';
import type { CmsStandIn } from '../cms/cms-handles.ts';
import { startCms } from '../cms.stand-in.ts';
import { startEcho, type EchoServer } from '../echo.stand-in.ts';
import { startPokeApi, type PokeApiStandIn } from '../pokeapi.stand-in.ts';
import type { SemaphoreStandIn } from '../semaphore/semaphore-handles.ts';
import { startSemaphore } from '../semaphore.stand-in.ts';
import type { StandIn } from '../stand-in.ts';
import { CMS_TOKEN, cmsAddress } from './cms-access.ts';

/** A stand-in for each service that the application calls. */
export interface Upstreams {
  readonly pokeApi: PokeApiStandIn;
  readonly cms: CmsStandIn;
  readonly semaphore: SemaphoreStandIn;
  readonly authorization: AuthorizationStandIn;
  /** Plain servers behind the gateway, which tell what they got. */
  readonly origins: readonly [EchoServer, EchoServer];
}

export const startUpstreams = async (): Promise<Upstreams> => ({
  pokeApi: await startPokeApi(),
  cms: await startCms({ token: CMS_TOKEN }),
  semaphore: await startSemaphore(),
  authorization: await startAuthorization(),
  origins: [await startEcho(), await startEcho()],
});

export const closeUpstreams = async (upstreams: Upstreams): Promise<void> => {
  const standIns = Object.values(upstreams).flat() as StandIn[];
  await Promise.all(standIns.map((standIn) => standIn.close()));
};

/** Where they are, in a sentence. */
export const describeUpstreams = ({ pokeApi, cms, semaphore, authorization, origins }: Upstreams): string => {
  const { kind, url } = cmsAddress(cms);
  const read = `PokeAPI at ${pokeApi.url}, a CMS (CMS_KIND=${kind}) at ${url},`;
  const others = `Semaphore at ${semaphore.url}, Authorization (OpenID Connect) at ${authorization.issuer},`;
  return `${read}\n${others}\ntwo plain servers behind the gateway at ${origins.map(({ url }) => url).join(' and ')}.`;
};
