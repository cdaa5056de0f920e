import { Module } from '@nestjs/common';
import { Mailer } from '../../platform/mail/mailer.js';
import { NameLookup, Outgoing } from '../../platform/outgoing/outgoing.js';
import { PeopleReader } from '../../records/users/people.reader.js';
import { Channels } from './channels.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeskNewsRepository } from './desk-news.repository.js';
import { DeskNews } from './desk-news.service.js';
import { NewsRepository } from './news.repository.js';
import { News } from './news.service.js';
import { NoticesRepository } from './notices.repository.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsProcessor } from './notifications.processor.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleToTellReader } from './people-to-tell.js';
import { SeenAccountsRepository } from './seen-accounts.repository.js';
import { SendingRepository } from './sending.repository.js';
import { Sending } from './sending.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  controllers: [NotificationsController, WebhooksController],
  providers: [
    Mailer,
    NameLookup,
    Outgoing,
    NoticesRepository,
    Channels,
    DeliveriesService,
    DeskNews,
    DeskNewsRepository,
    NewsRepository,
    News,
    NotificationsProcessor,
    NotificationsRepository,
    NotificationsService,
    PeopleReader,
    PeopleRepository,
    PeopleToTellReader,
    SeenAccountsRepository,
    SendingRepository,
    Sending,
    WebhooksRepository,
    WebhooksService,
  ],
})
export class NotificationsModule {}
