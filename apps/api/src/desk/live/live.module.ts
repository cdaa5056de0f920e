import { Module } from '@nestjs/common';
import { LiveChannel } from '../../db/live-channel.js';
import { LiveController } from './live.controller.js';
import { LiveRepository } from './live.repository.js';
import { LiveFeed } from './live.service.js';

@Module({ controllers: [LiveController], providers: [LiveChannel, LiveRepository, LiveFeed] })
export class LiveModule {}
