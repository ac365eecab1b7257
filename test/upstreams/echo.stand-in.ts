import { createArrivals } from './echo/arrivals.ts';
import { createEchoServer } from './echo/create-server.ts';
import { openDoor } from './echo/door.ts';
import type { EchoFault, EchoOptions, EchoServer } from './echo/echo-handles.ts';
import { createGates } from './echo/gates.ts';
import { LOCAL_CERTIFICATE } from './echo/local-certificate.ts';
import { createService } from './echo/serve.ts';
import { createSpeakers } from './echo/speakers.ts';

export type { EchoOptions, EchoRequest, EchoServer } from './echo/echo-handles.ts';
export { sha256OfPattern } from './echo/pattern.ts';

/** A plain HTTP origin that tells what it got; the path says how it answers: see `echo/find-answer.ts`. */
export async function startEcho({ port, tls = false, h2 = false }: EchoOptions = {}): Promise<EchoServer> {
  const malformed: string[] = [];
  const [gates, speakers] = [createGates(), createSpeakers()];
  let fault: EchoFault;
  const arrivals = createArrivals((remotePort) => door.numberOf(remotePort));
  const service = createService({ arrivals, gates, speakers, fault: () => fault });
  const onMalformed = (code: string): void => void malformed.push(code);
  const door = await openDoor(() => createEchoServer(service, { tls, h2, onMalformed }), port);
  return {
    url: `${tls || h2 ? 'https' : 'http'}://127.0.0.1:${door.port}`,
    ...{ port: door.port, certificate: tls || h2 ? LOCAL_CERTIFICATE.cert : undefined },
    ...{ requests: arrivals.list, malformed, emit: speakers.say, release: gates.release },
    get received() {
      return arrivals.total;
    },
    get connections() {
      return door.open;
    },
    get connectionsMade() {
      return door.opened;
    },
    get listeners() {
      return speakers.size;
    },
    allow: (bytes = Infinity) => gates.allow(bytes),
    fail: (next) => void (fault = next),
    forget: () => {
      arrivals.forget();
      malformed.length = 0;
    },
    ...{ close: door.close, kill: door.slam, revive: door.reopen },
  };
}
