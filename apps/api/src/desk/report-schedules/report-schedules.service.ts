import { Injectable } from '@nestjs/common';
import type {
  CreateSchedule,
  ReportMail,
  ReportSchedule,
  ReportScheduleList,
  UpdateSchedule,
} from '@steward/shared/report-schedules';
import { v7 as uuidv7 } from 'uuid';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { isoOf } from '../../domain/calendar/day.js';
import { dayAt } from '../../domain/calendar/zone.js';
import { nextDue } from '../../domain/reports/schedule.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type Changes, changesBetween, changesOfNew } from '../../platform/audit/changes.js';
import { actorOf } from '../../platform/auth/principal.js';
import {
  Conflict,
  InvalidInput,
  NotAllowed,
  NotFound,
  RevisionMoved,
  TooManyRequests,
} from '../../platform/errors/app-error.js';
import { MailDesk } from './mail-desk.js';
import type { Reader } from './report-content.service.js';
import { ReportMailsRepository, type StoredMail } from './report-mails.repository.js';
import { ReportSchedulesRepository, type StoredSchedule } from './report-schedules.repository.js';

const MOST_SCHEDULES = 50;
const SHOWN_MAILS = 100;
/** Mails that a person may ask for by hand within an hour. */
const MOST_EXTRAS = 20;
const HOUR_MS = 3_600_000;
/** What went wrong comes first. */
const ORDER = ['failed', 'uncertain', 'skipped', 'due', 'sending', 'sent'];

/** Reports by mail as people set them up: their own, those that they get, and for admins everybody's. */
@Injectable()
export class ReportSchedulesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReportSchedulesRepository,
    private readonly mails: ReportMailsRepository,
    private readonly desk: MailDesk,
    private readonly audit: AuditLog,
  ) {}

  list(person: Reader): Promise<ReportScheduleList> {
    return this.unitOfWork.run(async (tx) => {
      const stored = await this.repository.seenBy(tx, person.user.id, isAdmin(person));
      const schedules = await this.shown(tx, person, stored);
      return { schedules, mailWorks: this.desk.works, timeZone: await this.desk.timeZone(tx) };
    });
  }

  create(person: Reader, given: CreateSchedule): Promise<ReportSchedule> {
    return this.unitOfWork.run(async (tx) => {
      if ((await this.repository.countOf(tx, person.user.id)) >= MOST_SCHEDULES) {
        throw new Conflict(
          'TOO_MANY_SCHEDULES',
          `You keep ${MOST_SCHEDULES} reports already. Delete some of them first.`,
        );
      }
      await this.check(tx, person, given, { ownerUserId: person.user.id, recipients: [] });
      const own = { id: uuidv7(), ownerUserId: person.user.id, revision: 1 };
      const schedule = { ...given, ...own, nextAt: await this.nextAt(tx, given) };
      await this.repository.write(tx, schedule, this.desk.now());
      await this.record(tx, person, 'report-schedule.created', schedule.id, changesOfNew(given));
      return this.one(tx, person, schedule.id);
    });
  }

  update(person: Reader, id: string, { revision, ...given }: UpdateSchedule): Promise<ReportSchedule> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.mustEdit(tx, person, id);
      await this.check(tx, person, given, before);
      const next = { ...before, ...given, revision: revision + 1, nextAt: await this.nextAt(tx, given) };
      if (!(await this.repository.write(tx, next, this.desk.now()))) throw new RevisionMoved('report');
      const { id: _, nextAt: __, ownerUserId: ___, revision: ____, ...said } = before;
      await this.record(tx, person, 'report-schedule.changed', id, changesBetween(said, given));
      return this.one(tx, person, id);
    });
  }

  remove(person: Reader, id: string, revision: number): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const { name } = await this.mustEdit(tx, person, id);
      if (!(await this.repository.remove(tx, id, revision))) throw new RevisionMoved('report');
      await this.record(tx, person, 'report-schedule.deleted', id, { name: { from: name, to: null } });
    });
  }

  /** Out of the list of those who get it. A report that nobody gets is paused. */
  leave(person: Reader, id: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const schedule = await this.mustSee(tx, person, id);
      const recipients = schedule.recipients.filter((userId) => userId !== person.user.id);
      if (recipients.length === schedule.recipients.length) return;
      const paused = schedule.paused || recipients.length === 0;
      const next = { ...schedule, recipients, paused, nextAt: paused ? null : schedule.nextAt };
      const written = await this.repository.write(tx, { ...next, revision: schedule.revision + 1 }, this.desk.now());
      if (!written) throw new RevisionMoved('report');
      const changes = { recipients: { from: schedule.recipients, to: recipients } };
      await this.record(tx, person, 'report-schedule.left', id, changes);
    });
  }

  history(person: Reader, id: string): Promise<{ mails: ReportMail[] }> {
    return this.unitOfWork.run(async (tx) => {
      const schedule = await this.mustSee(tx, person, id);
      const mails = await this.mails.newest(tx, id, SHOWN_MAILS);
      const seen = mayEdit(person, schedule) ? mails : mails.filter(({ userId }) => userId === person.user.id);
      return { mails: await this.shownMails(tx, seen) };
    });
  }

  async sendNow(person: Reader, id: string): Promise<ReportMail> {
    const mailId = uuidv7();
    const mail = await this.unitOfWork.run(async (tx) => {
      await this.mustSee(tx, person, id);
      this.mustSend();
      const at = this.desk.now();
      const asked = await this.mails.extrasSince(tx, person.user.id, new Date(at.getTime() - HOUR_MS));
      if (asked >= MOST_EXTRAS) {
        throw new TooManyRequests(
          'TOO_MANY_MAILS',
          `You had ${MOST_EXTRAS} mails sent within an hour.`,
          HOUR_MS / 1_000,
        );
      }
      const day = isoOf(dayAt(at.getTime(), await this.desk.timeZone(tx)));
      await this.mails.add(tx, [{ id: mailId, userId: person.user.id }], { scheduleId: id, day, isExtra: true, at });
      return this.shownMail(tx, mailId);
    });
    await this.desk.hint([mailId]);
    return mail;
  }

  async repeat(person: Reader, id: string, mailId: string): Promise<ReportMail> {
    const mail = await this.unitOfWork.run(async (tx) => {
      await this.mustEdit(tx, person, id);
      this.mustSend();
      if ((await this.mails.byId(tx, mailId))?.scheduleId !== id) throw new NotFound('mail');
      if (!(await this.mails.repeat(tx, mailId, this.desk.now()))) {
        throw new Conflict('NOT_TO_REPEAT', 'Only a mail that failed, or may not have gone out, is sent again.');
      }
      await this.record(tx, person, 'report-mail.repeated', id, { mail: { from: null, to: mailId } });
      return this.shownMail(tx, mailId);
    });
    await this.desk.hint([mailId]);
    return mail;
  }

  /** What a person asks for now is refused while they look, not when it fails. */
  private mustSend(): void {
    if (this.desk.works) return;
    throw new Conflict(
      'NO_MAIL_SERVER',
      'This server sends no mail yet: whoever runs it has to name a mail server (SMTP_URL).',
    );
  }

  /** Whom it goes to, and what it shows, must be the person's to say. Who gets it already may go on getting it. */
  private async check(
    tx: Tx,
    person: Reader,
    { recipients, content }: Pick<StoredSchedule, 'recipients' | 'content'>,
    { ownerUserId, recipients: already }: Pick<StoredSchedule, 'ownerUserId' | 'recipients'>,
  ): Promise<void> {
    const others = recipients.filter((id) => id !== person.user.id && !already.includes(id));
    if (others.length > 0 && person.user.role !== 'admin' && person.user.role !== 'manager') {
      throw new NotAllowed('You may have reports sent to yourself. For others, ask a manager or an admin.');
    }
    const known = new Set((await this.repository.people(tx, recipients)).flatMap((p) => (p.active ? [p.userId] : [])));
    const gone = recipients.findIndex((id) => !known.has(id) && !already.includes(id));
    if (gone >= 0) {
      const message = 'There is no such person who is active.';
      throw new InvalidInput(message, [{ path: `recipients.${gone}`, message }], 'UNKNOWN_PERSON');
    }
    if (content.kind === 'view' && (await this.repository.view(tx, content.viewId, person.user.id)) === null) {
      const message = 'There is no such view that you may use.';
      throw new InvalidInput(message, [{ path: 'content.viewId', message }], 'UNKNOWN_VIEW');
    }
    if (content.kind !== 'view' && content.segment !== null) {
      await this.mustBeFor(tx, content.segment, { ownerUserId, recipients });
    }
  }

  /** A private segment is its owner's alone: nobody else may name it, and nobody else gets figures of it. */
  private async mustBeFor(
    tx: Tx,
    id: string,
    { ownerUserId, recipients }: Pick<StoredSchedule, 'ownerUserId' | 'recipients'>,
  ): Promise<void> {
    const segment = await this.repository.segment(tx, id);
    if (segment === null || (!segment.shared && segment.ownerUserId !== ownerUserId)) {
      const message = 'There is no such segment of accounts that you may use.';
      throw new InvalidInput(message, [{ path: 'content.segment', message }], 'UNKNOWN_SEGMENT');
    }
    if (!segment.shared && recipients.some((userId) => userId !== ownerUserId)) {
      const message = `The segment ${segment.name} is private: share it, or have the report sent to yourself only.`;
      throw new InvalidInput(message, [{ path: 'content.segment', message }], 'SEGMENT_NOT_SHARED');
    }
  }

  private async nextAt(
    tx: Tx,
    schedule: Pick<StoredSchedule, 'frequency' | 'weekday' | 'monthDay' | 'hour' | 'paused'>,
  ): Promise<Date | null> {
    if (schedule.paused) return null;
    return new Date(nextDue(schedule, this.desk.now().getTime(), await this.desk.timeZone(tx)).atMs);
  }

  private async mustSee(tx: Tx, person: Reader, id: string): Promise<StoredSchedule> {
    const schedule = await this.repository.byId(tx, id);
    const sees = schedule !== null && (mayEdit(person, schedule) || schedule.recipients.includes(person.user.id));
    if (!sees) throw new NotFound('report schedule');
    return schedule;
  }

  private async mustEdit(tx: Tx, person: Reader, id: string): Promise<StoredSchedule> {
    const schedule = await this.mustSee(tx, person, id);
    if (!mayEdit(person, schedule)) throw new NotAllowed('The report belongs to somebody else.');
    return schedule;
  }

  private async one(tx: Tx, person: Reader, id: string): Promise<ReportSchedule> {
    const [shown] = await this.shown(tx, person, [await this.mustSee(tx, person, id)]);
    if (!shown) throw new NotFound('report schedule');
    return shown;
  }

  private async shown(tx: Tx, person: Reader, stored: readonly StoredSchedule[]): Promise<ReportSchedule[]> {
    const last = await this.mails.lastOf(
      tx,
      stored.map(({ id }) => id),
    );
    const people = await this.repository.people(
      tx,
      stored.flatMap((each) => [each.ownerUserId, ...each.recipients]),
    );
    const named = new Map(people.map((each) => [each.userId, each]));
    const mails = await this.shownMails(tx, last);
    return stored.map(({ ownerUserId, nextAt, recipients, ...schedule }) => {
      const edits = mayEdit(person, { ownerUserId });
      const own = last.flatMap((mail, index) => {
        const isSeen = mail.scheduleId === schedule.id && (edits || mail.userId === person.user.id);
        return isSeen && mails[index] ? [mails[index]] : [];
      });
      return {
        ...schedule,
        owner: { userId: ownerUserId, name: named.get(ownerUserId)?.name ?? '' },
        recipients: recipients.map((userId) => named.get(userId) ?? { userId, name: '', active: false }),
        nextAt: nextAt?.toISOString() ?? null,
        lastMails: own.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)),
        mayEdit: edits,
      };
    });
  }

  private async shownMail(tx: Tx, id: string): Promise<ReportMail> {
    const mail = await this.mails.byId(tx, id);
    const [shown] = mail === null ? [] : await this.shownMails(tx, [mail]);
    if (!shown) throw new NotFound('mail');
    return shown;
  }

  private async shownMails(tx: Tx, mails: readonly StoredMail[]): Promise<ReportMail[]> {
    const people = await this.repository.people(
      tx,
      mails.map(({ userId }) => userId),
    );
    const named = new Map(people.map(({ userId, name }) => [userId, name]));
    return mails.map(({ userId, scheduleId: _, claimedAt: __, dueAt, sentAt, ...mail }) => ({
      ...mail,
      user: { userId, name: named.get(userId) ?? '' },
      dueAt: dueAt.toISOString(),
      sentAt: sentAt?.toISOString() ?? null,
    }));
  }

  private record(tx: Tx, person: Reader, action: string, id: string, changes: Changes): Promise<void> {
    const subject = { kind: 'report-schedule', id };
    return this.audit.record(tx, { actor: actorOf(person), action, subject, changes });
  }
}

const isAdmin = ({ user }: Reader) => user.role === 'admin';

function mayEdit(person: Reader, { ownerUserId }: Pick<StoredSchedule, 'ownerUserId'>): boolean {
  return isAdmin(person) || ownerUserId === person.user.id;
}
