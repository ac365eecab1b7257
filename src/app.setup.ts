import { VersioningType } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Log } from './platform/logging/log.ts';
import { toNestLogger } from './platform/logging/nest-log.ts';

/** Routes beside the versioned API. */
const WITHOUT_PREFIX = ['health/{*rest}', 'problems/{*rest}', 'ops/{*rest}'];

/** What `main.ts` and e2e tests share: addresses, documentation, where Nest's own messages go. */
export const setUpApp = (app: NestFastifyApplication): NestFastifyApplication => {
  app.useLogger(toNestLogger(app.get(Log)));
  app.setGlobalPrefix('api', { exclude: WITHOUT_PREFIX });
  app.enableVersioning({ type: VersioningType.URI });
  SwaggerModule.setup('docs', app, () => describe(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    yamlDocumentUrl: 'docs/openapi.yaml',
  });
  return app;
};

/** Made at the first visit: it takes longer than the rest of the start. */
const describe = (app: NestFastifyApplication): OpenAPIObject =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Breakwater')
      .setDescription(
        'One small, fast, documented API in front of every external service. Errors are `application/problem+json`.',
      )
      .setVersion('1')
      .addBearerAuth({ type: 'http', description: 'OPS_TOKEN, for operators' }, 'operators')
      .build(),
  );
