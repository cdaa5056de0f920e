import { Injectable } from '@nestjs/common';
import { Handles } from '../../pipeline/base/handles.decorator.js';
import { Clock } from '../../platform/clock.js';
import { RefreshHint } from '../facts/refresh-hint.js';
import { OwnPeople } from './own-people.service.js';

@Injectable()
export class ContactsProcessor {
  constructor(
    private readonly ownPeople: OwnPeople,
    private readonly refresh: RefreshHint,
    private readonly clock: Clock,
  ) {}

  @Handles('check-own-people')
  async checkOwnPeople(): Promise<void> {
    if ((await this.ownPeople.recheck(this.clock.now())) > 0) this.refresh.give();
  }
}
