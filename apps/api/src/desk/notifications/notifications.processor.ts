import { Injectable } from '@nestjs/common';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import { DeskNews } from './desk-news.service.js';
import { News } from './news.service.js';
import { NotificationsService } from './notifications.service.js';
import { Sending } from './sending.service.js';

/** Jobs of notifications. Each looks into the database for what is due; a job that is lost is made again by the clock. */
@Injectable()
export class NotificationsProcessor {
  constructor(
    private readonly news: News,
    private readonly deskNews: DeskNews,
    private readonly sending: Sending,
    private readonly notifications: NotificationsService,
  ) {}

  @Handles('sweep-notifications')
  async sweep(): Promise<void> {
    await this.news.tell();
    await this.deskNews.tell();
    await this.sending.sweep();
  }

  @Handles('send-webhook')
  async sendWebhook({ accountId, deliveryId }: { accountId: string; deliveryId: string }): Promise<void> {
    await this.sending.sendWebhook({ accountId, id: deliveryId });
  }

  @Handles('send-mail')
  async sendMail({ userId }: { userId: string }): Promise<void> {
    await this.sending.sendMail(userId);
  }

  @Handles('expire-notifications')
  async expire(): Promise<void> {
    await this.notifications.forgetOld();
  }
}
