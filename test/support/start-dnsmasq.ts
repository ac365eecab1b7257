import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { describe, it } from '@jest/globals';
import { eventually } from './eventually.ts';

/** A real name server of one test's own. It knows all about `test`, and refuses to say anything of other names. */
export interface TestDnsmasq {
  /** `address:port`. */
  readonly server: string;
  /** Starts anew, with these records instead: flags such as `--host-record=api.test,10.0.0.1,30`, the last being the life in s. */
  tell(records: readonly string[]): Promise<void>;
  /** How often it was asked for records of a type that a name has, so far. */
  asked(type: 'A' | 'AAAA' | 'SRV', name: string): Promise<number>;
  /** It is gone at once, until it is told anew. */
  kill(): Promise<void>;
  /** It says nothing. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

const ATTEMPTS = 20;
// Where Debian has it is not in everybody's PATH.
const SEARCHED = { env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` } };
const OWN = ['--no-daemon', '--no-resolv', '--no-hosts', '--conf-file=/dev/null', '--bind-interfaces'];
const MORE = ['--listen-address=127.0.0.1', '--cache-size=0', '--local=/test/', '--log-queries', '--pid-file='];
const isInstalled = spawnSync('dnsmasq', ['--version'], SEARCHED).error === undefined;

/** `describe`, for tests that need the program `dnsmasq`: without it they are skipped and say what to do, but under CI they fail. */
export const describeWithDnsmasq = (name: string, tests: () => void): void => {
  if (isInstalled) return describe(name, tests);
  const remedy = 'needs dnsmasq: apt-get install dnsmasq';
  if (process.env['CI'] !== 'true') return describe.skip(`${name} (${remedy})`, tests);
  describe(name, () => {
    it(remedy, () => {
      throw new Error(`${name}: ${remedy}`);
    });
  });
};

/** Starts one on a free port; stop it when done, nobody else does. */
export const startDnsmasq = async (records: readonly string[] = []): Promise<TestDnsmasq> => {
  for (let attempt = 1; ; attempt += 1) {
    // Below what systems hand out by themselves; one that is taken ends the server at once.
    const port = randomInt(10_000, 32_000);
    const said: string[] = [];
    try {
      return toTestDnsmasq(port, said, await launch(port, records, said));
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
};

const toTestDnsmasq = (port: number, said: string[], first: ChildProcess): TestDnsmasq => {
  let running = first;
  const kill = async (): Promise<void> => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    // Works on one that is paused, too.
    running.kill('SIGKILL');
    await exited;
  };
  const tell = async (records: readonly string[]): Promise<void> => {
    await kill();
    running = await launch(port, records, said);
  };
  const asked = async (type: string, name: string): Promise<number> => {
    await untilWritten(port, said);
    return said.join('').split(`query[${type}] ${name} from`).length - 1;
  };
  const [pause, resume] = [() => void running.kill('SIGSTOP'), () => void running.kill('SIGCONT')];
  return { server: `127.0.0.1:${port}`, tell, asked, kill, pause, resume, stop: kill };
};

/** It writes what it is asked in the order of the questions: when one of our own stands there, all before it do. */
const untilWritten = async (port: number, said: readonly string[]): Promise<void> => {
  const channel = new Resolver();
  channel.setServers([`127.0.0.1:${port}`]);
  const name = `${randomUUID()}.test`;
  await channel.resolve4(name).catch(() => undefined);
  await eventually(() => {
    if (!said.join('').includes(name)) throw new Error('dnsmasq writes no log');
  });
};

/** @throws Error with its last words when it ends before it takes questions */
const launch = async (port: number, records: readonly string[], said: string[]): Promise<ChildProcess> => {
  const server = spawn('dnsmasq', [...OWN, ...MORE, `--port=${port}`, ...records], {
    ...SEARCHED,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const from = said.length;
  server.stderr.setEncoding('utf8').on('data', (text: string) => void said.push(text));
  const exited = once(server, 'exit').then(() => {
    throw new Error(`dnsmasq did not start on port ${port}: ${said.slice(from).join('')}`);
  });
  exited.catch(() => undefined);
  const hasStarted = (): void => {
    if (!said.slice(from).join('').includes('started, version'))
      throw new Error('dnsmasq does not say that it started');
  };
  await Promise.race([eventually(hasStarted), exited]);
  return server;
};
