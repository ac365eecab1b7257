import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Module, Post, Sse, type MessageEvent } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Subject, type Observable } from 'rxjs';

// Node strips types but does not compile decorators, so each one is called as the function it is: no build step.

interface Change {
  event: string;
  entry: { slug: string };
}

class EventsController {
  private readonly changes = new Subject<MessageEvent>();

  ready(): string {
    return 'ready';
  }

  listen(): Observable<MessageEvent> {
    return this.changes.asObservable();
  }

  publish({ event, entry }: Change): void {
    const data = { change: event.replace('entry.', ''), slug: entry.slug };
    this.changes.next({ type: 'article.changed', data });
  }
}

const decorate = (name: keyof EventsController, ...decorators: MethodDecorator[]): void => {
  const handler = Object.getOwnPropertyDescriptor(EventsController.prototype, name);
  if (handler) for (const decorator of decorators) decorator(EventsController.prototype, name, handler);
};
decorate('ready', Get('ready'));
decorate('listen', Sse('events/articles'));
decorate('publish', Post('webhooks/cms'), HttpCode(204));
Body()(EventsController.prototype, 'publish', 0);
Controller('api/v1')(EventsController);

class AppModule {}
Module({ controllers: [EventsController] })(AppModule);

// Stock settings but for the log, of which only the start-up lines would be written anyway.
const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
await app.listen(Number(process.env['PORT']), '127.0.0.1');
