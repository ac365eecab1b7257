import { Module } from '@nestjs/common';
import { LiveController } from './live.controller.ts';

/** A page that shows what goes on, live. */
@Module({ controllers: [LiveController] })
export class LiveModule {}
