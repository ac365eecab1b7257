import { VersioningType } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { documentRoutes } from './gateway/routes/document-routes.ts';
import { RouteTable } from './gateway/routes/route-table.ts';
import { documentAccess, USER_SCHEME } from './inbound/authentication/document-access.ts';
import { documentIdempotency } from './inbound/idempotency/document-idempotency.ts';
import { ProblemDto } from './inbound/problems/problem.dto.ts';
import { Log } from './platform/logging/log.ts';
import { toNestLogger } from './platform/logging/nest-log.ts';

/** Routes beside the versioned API. */
const WITHOUT_PREFIX = [
  'health/{*rest}',
  'metrics',
  'problems/{*rest}',
  'ops/{*rest}',
  'auth/{*rest}',
  'gateway',
  'console',
  'console/{*rest}',
  'live',
  'live/{*rest}',
];

/** What `main.ts` and e2e tests share: addresses, documentation, where Nest's own messages go. */
export const setUpApp = (app: NestFastifyApplication): NestFastifyApplication => {
  app.useLogger(toNestLogger(app.get(Log)));
  app.setGlobalPrefix('api', { exclude: WITHOUT_PREFIX });
  app.enableVersioning({ type: VersioningType.URI });
  const routes = app.get(RouteTable);
  SwaggerModule.setup('docs', app, () => describe(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    yamlDocumentUrl: 'docs/openapi.yaml',
    // Routes of the gateway come and go.
    patchDocumentOnRequest: (_request, _answer, document) =>
      documentRoutes(
        document,
        routes.all().map(({ options }) => options),
      ),
  });
  return app;
};

/** Made at the first visit: it takes longer than the rest of the start. */
const describe = (app: NestFastifyApplication): OpenAPIObject =>
  documentIdempotency(documentAccess(SwaggerModule.createDocument(app, createFrame(), { extraModels: [ProblemDto] })));

const createFrame = (): Omit<OpenAPIObject, 'paths'> =>
  new DocumentBuilder()
    .setTitle('Breakwater')
    .setDescription(
      'One small, fast, documented API in front of every external service. Errors are `application/problem+json`.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', description: 'OPS_TOKEN, for operators' }, 'operators')
    .addBearerAuth({ type: 'http', description: 'An access token of the authorization server' }, USER_SCHEME)
    .build();
