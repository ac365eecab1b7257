import { BadRequestException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isLocal } from '../../inbound/is-local.ts';
import { isLoopbackHost } from '../../platform/is-loopback-host.ts';
import type { ServerOptions } from '../../platform/server.config.ts';

/**
 * The origin at which the browser that asks reaches us: PUBLIC_URL, or else this machine. A Host header alone proves
 * nothing: the authorization server would send codes wherever it points.
 * @throws BadRequestException without PUBLIC_URL, unless the request comes from this machine to this machine
 */
export const browserSiteOf = (request: FastifyRequest, { publicUrl }: Pick<ServerOptions, 'publicUrl'>): string => {
  const { host } = request.headers;
  const isHere = isLocal(request) && isLoopbackHost(host);
  const site = URL.parse(publicUrl ?? (isHere ? `http://${host}` : ''))?.origin;
  if (site !== undefined) return site;
  throw new BadRequestException(
    'Where browsers reach this application is not known: its operator has to set PUBLIC_URL',
  );
};
