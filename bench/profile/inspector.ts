import { once } from 'node:events';
import { httpGet } from '../servers/http-get.ts';

interface CallFrame {
  functionName: string;
  url: string;
}

/** What V8's profiler gives: a tree of functions, and which of them was found running at each moment. */
export interface CpuProfile {
  nodes: { id: number; callFrame: CallFrame; children?: number[] }[];
  samples: number[];
  /** µs since the sample before. */
  timeDeltas: number[];
}

type Answer = (result: { profile: CpuProfile }) => void;

/** How often the process is looked at, in µs. */
const samplingIntervalUs = 200;

/** Asks a process that was started with `--inspect` on that loopback port. */
export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Answer>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as { id: number; result: { profile: CpuProfile } };
      this.#waiting.get(id)?.(result);
      this.#waiting.delete(id);
    });
  }

  static async attach(port: number): Promise<Inspector> {
    const { body } = await httpGet(`http://127.0.0.1:${port}/json`);
    const [target] = JSON.parse(body) as { webSocketDebuggerUrl: string }[];
    if (target === undefined) throw new Error('the process cannot be inspected');
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await once(socket, 'open');
    return new Inspector(socket);
  }

  /** Of its main thread, while `work` is done. */
  async profile(work: () => Promise<void>): Promise<CpuProfile> {
    await this.ask('Profiler.enable');
    await this.ask('Profiler.setSamplingInterval', { interval: samplingIntervalUs });
    await this.ask('Profiler.start');
    await work();
    return (await this.ask('Profiler.stop')).profile;
  }

  close(): void {
    this.#socket.close();
  }

  private ask(method: string, params: object = {}): Promise<{ profile: CpuProfile }> {
    const id = (this.#last += 1);
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
