import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { dayAt } from '../../domain/calendar/zone.js';
import { pauseAfter } from '../../domain/notifications/retries.js';
import { reportMail } from '../../domain/reports/report-mail.js';
import { nextDue } from '../../domain/reports/schedule.js';
import { Authenticator } from '../../platform/auth/authenticator.js';
import { permissionsOf } from '../../platform/auth/permissions.js';
import { AppError } from '../../platform/errors/app-error.js';
import { log } from '../../platform/logging/log.js';
import { MailDesk } from './mail-desk.js';
import { ReportContents } from './report-content.service.js';
import { type MailRecord, ReportMailsRepository, type StoredMail } from './report-mails.repository.js';
import { ReportSchedulesRepository, type StoredSchedule } from './report-schedules.repository.js';

/** Longer than any mail may take: one that was claimed before that was left by a process that ended. */
const LEFT_AFTER_MS = 10 * 60_000;
const SCHEDULES_A_SWEEP = 200;
const MAILS_A_SWEEP = 1_000;
const KEPT_MS = 180 * 86_400_000;

/** Makes the mails of reports, and sends them: claim (committed), make up, send, record. */
@Injectable()
export class ReportMails {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReportMailsRepository,
    private readonly schedules: ReportSchedulesRepository,
    private readonly contents: ReportContents,
    private readonly authenticator: Authenticator,
    private readonly desk: MailDesk,
  ) {}

  /** A report that was missed, because nothing ran, comes once and late, not once for each time. */
  async sweep(): Promise<void> {
    const now = this.desk.now();
    const due = await this.unitOfWork.run(async (tx) => {
      await this.repository.takeUpLeft(tx, new Date(now.getTime() - LEFT_AFTER_MS));
      await this.repository.forget(tx, new Date(now.getTime() - KEPT_MS));
      const timeZone = await this.desk.timeZone(tx);
      for (const schedule of await this.schedules.due(tx, now, SCHEDULES_A_SWEEP)) {
        const { id: scheduleId, recipients } = schedule;
        const active = new Set(
          (await this.schedules.people(tx, recipients)).flatMap((p) => (p.active ? [p.userId] : [])),
        );
        const mails = recipients.filter((userId) => active.has(userId)).map((userId) => ({ id: uuidv7(), userId }));
        const day = isoOf(dayAt(now.getTime(), timeZone));
        await this.repository.add(tx, mails, { scheduleId, day, isExtra: false, at: now });
        await this.schedules.setNext(tx, scheduleId, new Date(nextDue(schedule, now.getTime(), timeZone).atMs));
      }
      return this.repository.due(tx, now, MAILS_A_SWEEP);
    });
    await this.desk.hint(due);
  }

  async send(mailId: string): Promise<void> {
    const mail = await this.unitOfWork.run((tx) => this.repository.claim(tx, mailId, this.desk.now()));
    if (mail === null) return;
    const outcome = await this.attempt(mail);
    const isOurs = await this.unitOfWork.run((tx) => this.repository.record(tx, mail, outcome));
    if (!isOurs) log.warn({ mailId, outcome: outcome.state }, 'a mail was taken up by somebody else meanwhile');
  }

  private async attempt(mail: StoredMail): Promise<MailRecord> {
    const { schedule, reader, from } = await this.unitOfWork.run(async (tx) => {
      const found = await this.schedules.byId(tx, mail.scheduleId);
      const [owner] = found === null ? [] : await this.schedules.people(tx, [found.ownerUserId]);
      return {
        schedule: found,
        reader: await this.authenticator.workingFor(tx, mail.userId),
        from: owner?.name ?? 'Somebody',
      };
    });
    if (schedule === null || reader === null) return { state: 'skipped', error: 'The person is no longer active.' };
    if (!permissionsOf(reader.user.role).includes('reports:read')) {
      return { state: 'skipped', error: 'The person may not see reports.' };
    }
    try {
      return await this.handOver(mail, schedule, { to: reader.user.email, from }, reader);
    } catch (error) {
      // What the reader may not see, or is no more: nothing has left yet.
      if (error instanceof AppError) return { state: 'skipped', error: error.message };
      return this.again(mail, (error as Error).message);
    }
  }

  private async handOver(
    mail: StoredMail,
    { name, content }: StoredSchedule,
    { to, from }: { to: string; from: string },
    reader: NonNullable<Awaited<ReturnType<Authenticator['workingFor']>>>,
  ): Promise<MailRecord> {
    const table = await this.contents.of({ kind: 'user', sessionHash: Buffer.alloc(0), ...reader }, content);
    const { publicUrl } = this.desk;
    const sent = await this.desk.send({
      id: mail.id,
      to,
      ...reportMail({ name, day: mail.day, from, table }, { publicUrl }),
    });
    switch (sent.kind) {
      case 'sent':
        return { state: 'sent', at: this.desk.now() };
      case 'notSent':
        return this.again(mail, sent.reason);
      case 'refused':
        return { state: 'failed', error: sent.reason };
      case 'uncertain':
        return { state: 'uncertain', error: sent.reason };
    }
  }

  private again({ attempts }: StoredMail, reason: string): MailRecord {
    const pauseMs = pauseAfter(attempts);
    const error = reason.slice(0, 500);
    if (pauseMs === null) return { state: 'failed', error };
    return { state: 'due', at: new Date(this.desk.now().getTime() + pauseMs), error };
  }
}
