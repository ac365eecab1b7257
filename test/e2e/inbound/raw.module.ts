import { Readable } from 'node:stream';
import { Injectable, Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { expectsContinue } from '../../../src/inbound/continue.ts';
import { sendProblem } from '../../../src/inbound/problems/send-problem.ts';
import { toProblemParts } from '../../../src/inbound/problems/to-problem.ts';
import { takeSocket, upgradeOf } from '../../../src/inbound/upgrades.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Where the routes are. */
export const RAW = '/gateway/raw';

/** What reached the routes, and what was made of it. */
@Injectable()
export class RawRoutes {
  /** Method and target of each. */
  readonly reached: string[] = [];
  readonly expecting: boolean[] = [];
  /** How many listened for the end of the connection of each. */
  readonly listeners: number[] = [];
  /** Whether tunnels were told to end, in order. */
  stops = 0;
  /** What a tunnel does when it is told so; undefined leaves it to the server. */
  stop: (() => void) | undefined;

  readonly handlers: Readonly<Record<string, Handler>> = {
    /** Reads a body as it comes and says what it was. */
    echo: async ({ raw, method }) => {
      let body = '';
      for await (const chunk of raw) body += String(chunk);
      return { method, body, trailers: raw.trailers };
    },
    /** Begins to answer at once, and says what it hears. */
    mirror: ({ raw }, reply) => {
      reply.hijack();
      reply.raw.writeHead(200).flushHeaders();
      raw.on('data', (chunk) => reply.raw.write(chunk));
      raw.on('error', () => undefined);
    },
    /** Answers, and reads nothing. */
    refuse: (_request, reply) => reply.code(403).send({ refused: true }),
    /** Never answers. */
    silent: (_request, reply) => void reply.hijack(),
    /** 5 MB, as fast as they are taken. */
    large: (_request, reply) => reply.send(Readable.from(Array<string>(80).fill('x'.repeat(65_536)))),
    upgrade: ({ raw }) => ({ isUpgrade: upgradeOf(raw) !== undefined }),
    tunnel: ({ raw }, reply) => {
      reply.hijack();
      const stop = this.stop;
      const { socket, head } = takeSocket(raw, stop && (() => ((this.stops += 1), stop())));
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n');
      socket.write(head);
      socket.pipe(socket);
    },
  };

  note({ raw }: FastifyRequest): void {
    this.reached.push(`${raw.method} ${raw.url}`);
    this.expecting.push(expectsContinue(raw));
    this.listeners.push(raw.socket.listenerCount('close'));
  }
}

/** Routes beside Nest's own that see requests as they are, as those of a gateway do. */
@Module({ providers: [RawRoutes] })
export class RawModule implements NestModule {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly routes: RawRoutes,
  ) {}

  async configure(): Promise<void> {
    await this.host.httpAdapter.getInstance<FastifyInstance>().register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
      scope.setErrorHandler((thrown, request, reply) =>
        sendProblem(request, reply, { parts: toProblemParts(thrown), thrown }),
      );
      for (const [name, handle] of Object.entries(this.routes.handlers)) {
        const handler: Handler = (request, reply) => (this.routes.note(request), handle(request, reply));
        scope.all(`${RAW}/${name}`, { config: { streamsBody: true }, handler });
      }
      done();
    });
  }
}
