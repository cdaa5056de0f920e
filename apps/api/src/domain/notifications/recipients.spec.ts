import type { NotificationChoice } from '@steward/shared/notifications';
import { DEFAULT_CHOICES } from './choices.js';
import { type AlertNews, type Choices, type PersonToTell, recipients } from './recipients.js';

const managers = new Map<string, string | null>([
  ['ana', 'lee'],
  ['bo', 'lee'],
  ['lee', 'max'],
  ['max', null],
  ['ada', null],
  ['vi', null],
]);

const news = (given: Partial<AlertNews> = {}): AlertNews => ({
  news: 'opened',
  alertKind: 'churn',
  severity: 'high',
  ownerRole: 'csm',
  assigneeUserId: null,
  csmUserId: 'ana',
  amUserId: 'bo',
  byUserId: null,
  ...given,
});

const choosing = (choice: Partial<NotificationChoice>): Choices => ({
  ...DEFAULT_CHOICES,
  churn: { ...DEFAULT_CHOICES.churn, ...choice },
});

const person = (id: string, given: Partial<PersonToTell> = {}): PersonToTell => ({
  id,
  role: 'csm',
  standsInForIds: [],
  choices: DEFAULT_CHOICES,
  sees: true,
  ...given,
});

const everyone = (given: Record<string, Partial<PersonToTell>> = {}) => [
  person('ana', given.ana),
  person('bo', { role: 'am', ...given.bo }),
  person('lee', { role: 'manager', ...given.lee }),
  person('max', { role: 'manager', ...given.max }),
  person('ada', { role: 'admin', ...given.ada }),
  person('vi', { role: 'viewer', ...given.vi }),
];

const told = (what: AlertNews, people = everyone()) => recipients(what, people, managers).map(({ userId }) => userId);

describe('who is told of an alert', () => {
  it('is the owner whom the rule names', () => {
    expect(told(news())).toEqual(['ana']);
    expect(told(news({ ownerRole: 'am' }))).toEqual(['bo']);
  });

  it('is the other owner where the account has none of that role, and nobody where it has none at all', () => {
    expect(told(news({ csmUserId: null }))).toEqual(['bo']);
    expect(told(news({ csmUserId: null, amUserId: null }))).toEqual([]);
  });

  it('is the assignee before any owner', () => {
    expect(told(news({ assigneeUserId: 'vi' }))).toEqual(['vi']);
  });

  it('is on escalation the manager of who should have acted, and the admins where there is none', () => {
    expect(told(news({ news: 'escalated' }))).toEqual(['lee']);
    expect(told(news({ news: 'escalated', csmUserId: 'max', amUserId: null }))).toEqual(['ada']);
    expect(told(news({ news: 'escalated', csmUserId: null, amUserId: null }))).toEqual(['ada']);
  });

  it('is on escalation the admins, too, where the manager may not see the account', () => {
    const people = everyone({ lee: { role: 'csm', sees: false } });
    expect(told(news({ news: 'escalated' }), people)).toEqual(['ada']);
  });

  it('is of an assignment the one who got it and their stand-in alone, whatever others chose to hear', () => {
    const assigned = news({ news: 'assigned', assigneeUserId: 'bo', byUserId: 'ana' });
    const people = everyone({
      lee: { choices: choosing({ scope: 'team' }) },
      max: { standsInForIds: ['bo'] },
      vi: { choices: choosing({ scope: 'all' }) },
    });
    expect(told(assigned, people)).toEqual(['bo', 'max']);
    expect(told({ ...assigned, assigneeUserId: null }, people)).toEqual([]);
  });

  it('is also who stands in today', () => {
    expect(told(news(), everyone({ bo: { standsInForIds: ['ana'] } }))).toEqual(['ana', 'bo']);
  });

  it('is a manager who chose to hear of the team’s accounts, at any level, and of no others', () => {
    const people = everyone({ max: { choices: choosing({ scope: 'team' }) } });
    expect(told(news(), people)).toEqual(['ana', 'max']);
    expect(told(news({ csmUserId: 'vi' }), people)).toEqual(['vi']);
  });

  it('is whoever chose to hear of all', () => {
    expect(told(news(), everyone({ vi: { choices: choosing({ scope: 'all' }) } }))).toEqual(['ana', 'vi']);
  });

  it('is never somebody who may not see the account, whatever they chose', () => {
    const people = everyone({ ana: { sees: false }, bo: { sees: false, choices: choosing({ scope: 'all' }) } });
    expect(told(news(), people)).toEqual([]);
  });

  it('is not who chose otherwise for this kind, or who did it', () => {
    expect(told(news(), everyone({ ana: { choices: choosing({ scope: 'off' }) } }))).toEqual([]);
    expect(told(news(), everyone({ ana: { choices: choosing({ inApp: false, email: 'off' }) } }))).toEqual([]);
    expect(told(news({ byUserId: 'ana' }))).toEqual([]);
  });
});
