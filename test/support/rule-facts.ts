/** Random facts of an account, as rows of its tables: the database gets them as they are, the oracle reads them. */

export type FactRow = Record<string, any>;

/** A value of a field, as the oracle compares it. */
export type Value = number | string | boolean | string[] | null;

export const FACT_TABLES = [
  'contact',
  'contact_field',
  'usage_contact_month',
  'event',
  'invoice',
  'ticket',
  'subscription',
  'touchpoint',
  'survey_answer',
  'deal',
  'goal',
  'goal_event',
  'segment_member',
  'segment_event',
  'account_plan',
] as const;
export type FactTable = (typeof FACT_TABLES)[number];
export type OracleFacts = Record<FactTable, FactRow[]>;

export const TIME_ZONE = 'Pacific/Auckland';
export const FEATURES = [
  { key: 'reports', id: 1 },
  { key: 'api', id: 2 },
] as const;
export const EVENTS = ['export', 'login', 'ping', 'Été'] as const;
export const BACKGROUND = 'ping';
/** Rates to the workspace's EUR; there is none for GBP. */
export const RATES = [
  { currency: 'USD', from_day: 20_550, rate: 0.5 },
  { currency: 'USD', from_day: 20_556, rate: 0.25 },
  { currency: 'JPY', from_day: 20_540, rate: 0.01 },
] as const;

/** The first is shared, the second private to the one who asks, the third private to somebody else. */
export const SEGMENTS = [
  '20000000-0000-4000-8000-000000000001',
  '20000000-0000-4000-8000-000000000002',
  '20000000-0000-4000-8000-000000000003',
] as const;
export const PLAYBOOKS = [
  { id: '30000000-0000-4000-8000-000000000001', name: 'First value' },
  { id: '30000000-0000-4000-8000-000000000002', name: 'Win back' },
] as const;
/** What people's steps on goals change, as columns and as their events have it. */
export const GOAL_STEP_FIELDS: Record<string, string> = {
  status: 'status',
  start_day: 'startDay',
  due_day: 'dueDay',
  ended_day: 'endedDay',
  ended_by: 'endedBy',
  outcome_reason: 'outcomeReason',
};
const NO_CONTACT = '00000000-0000-0000-0000-000000000000';

const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Active days as the ledger keeps them: a bitmap a month, of which the lowest bit is the first day. */
function monthsOf(accountId: string, contactId: string, days: readonly number[]): FactRow[] {
  const months = new Map<string, number>();
  for (const day of days.map(iso)) {
    const month = `${day.slice(0, 7)}-01`;
    months.set(month, (months.get(month) ?? 0) | (1 << (Number(day.slice(8)) - 1)));
  }
  return [...months].map(([month, bits]) => ({ account_id: accountId, month, contact_id: contactId, days: bits }));
}

export function randomFacts(accountId: string, today: number, random: () => number): OracleFacts {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const maybe = <T>(value: T, none = 0.25): T | null => (random() < none ? null : value);
  const dayBetween = (from: number, to: number) => today + from + Math.floor(random() * (to - from + 1));
  const aDay = () => iso(dayBetween(-12, 6));
  const later = (day: string) => iso(Date.parse(day) / 86_400_000 + Math.floor(random() * 10));
  const some = (most: number, make: (index: number) => FactRow): FactRow[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, (_, index) => ({
      account_id: accountId,
      ...make(index),
    }));
  const money = () => ({ currency: pick(['EUR', 'EUR', 'USD', 'JPY', 'GBP']) });
  const amount = () => pick([0, 100, 1005, 5000, 12_345]);
  const text = () => pick(['red', 'Green', '50%', 'a_b', "O'Neil"]);

  const contacts = some(4, (index) => ({
    id: `${accountId.slice(0, 24)}${String(900_000_000_000 + index * 1_000_000 + Number(accountId.slice(-6)))}`,
    name: maybe(text()),
    email: maybe(`${text().replaceAll(/[^a-z]/gi, '')}@example.com`),
    title: maybe(text()),
    role: maybe(pick(['champion', 'decision_maker', 'user'])),
    is_primary: random() < 0.4,
    consent: maybe(random() < 0.5),
    left_on: maybe(aDay(), 0.7),
    internal: random() < 0.25,
    first_seen: maybe(aDay(), 0.4),
    last_seen: maybe(aDay()),
  }));
  const activeDays = contacts.map(({ id }) => ({
    id,
    days: Array.from({ length: Math.floor(random() * 4) }, () => dayBetween(-40, 1)),
  }));
  // Who was active was seen then.
  for (const contact of contacts) {
    const last = Math.max(...(activeDays.find(({ id }) => id === contact.id)?.days ?? []));
    if (last > 0 && iso(last) > (contact.last_seen ?? '')) contact.last_seen = iso(last);
  }
  const contactFields = contacts.flatMap(({ id }) =>
    ['role', 'title', 'primary', 'name'].flatMap((field) =>
      [-9, -2].flatMap((offset) =>
        random() < 0.5
          ? []
          : {
              account_id: accountId,
              contact_id: id,
              field,
              from_day: iso(today + offset - Math.floor(random() * 4)),
              value:
                field === 'primary'
                  ? random() < 0.5
                  : maybe(pick(field === 'role' ? ['champion', 'user'] : ['red', 'Blue'])),
              source: 'test',
            },
      ),
    ),
  );
  const aContact = () => maybe(contacts.length === 0 ? null : pick(contacts).id);
  const invoice = () => {
    const issued = aDay();
    return {
      issued_on: issued,
      due_on: maybe(later(issued)),
      amount_minor: amount(),
      ...money(),
      status: pick(['open', 'paid', 'failed', 'void']),
      paid_on: maybe(later(issued), 0.5),
      failed_on: maybe(later(issued), 0.5),
    };
  };
  const ticket = () => {
    const opened = aDay();
    const [min, max] = pick([
      [1, 5],
      [0, 10],
      [0, 100],
      [null, null],
    ]);
    return {
      opened_on: opened,
      closed_on: maybe(later(opened), 0.5),
      priority: maybe(pick(['urgent', 'high', 'normal', 'low'])),
      status: pick(['open', 'pending', 'escalated', 'closed']),
      subject: maybe(text()),
      resolution_hours: maybe(pick([1, 2.5, 48])),
      satisfaction: maybe(pick([1, 3, 5])),
      satisfaction_min: min,
      satisfaction_max: max,
    };
  };
  const ofSegment = (segment: string) => ({
    account_id: accountId,
    segment_id: segment,
    contact_id: NO_CONTACT,
    how: 'rule',
  });
  const memberships = SEGMENTS.filter(() => random() < 0.5).map((segment) => ({
    ...ofSegment(segment),
    since_day: iso(dayBetween(-6, 0)),
  }));
  const departures = SEGMENTS.filter(() => random() < 0.5).map((segment) => {
    const since = dayBetween(-16, -7);
    const kept = memberships.some((each) => each.segment_id === segment);
    const day = iso(kept ? -6 + today : dayBetween(-6, 0));
    const id = segment.replace('2000', accountId.slice(-4));
    return { ...ofSegment(segment), id, kind: 'left', since_day: iso(since), day };
  });
  const plan = () => ({
    next_step: text(),
    next_step_day: maybe(iso(dayBetween(-2, 2))),
    next_step_user_id: maybe('00000000-0000-4000-8000-00000000000a'),
  });
  const goalPast = (id: string) => {
    const person = () => maybe('00000000-0000-4000-8000-00000000000a', 0.5);
    const live = () => pick(['notStarted', 'inProgress', 'atRisk']);
    const goal: FactRow = { status: live(), ended_day: null, ended_by: null, outcome_reason: null };
    // Often on the days that rules are asked about, where it matters who has done it.
    goal.start_day = random() < 0.5 ? iso(today - pick([0, 3])) : aDay();
    goal.due_day = later(goal.start_day);
    const days = Array.from({ length: pick([0, 1, 1, 2, 3]) }, () => today - pick([0, 0, 1, 3, 3, 4, 8, -1]));
    const events = days
      .sort((a, b) => a - b)
      .map((day, place) => {
        const ends = (who: string | null) => ({
          status: pick(['achieved', 'missed', 'cancelled']),
          ended_day: iso(day),
          ended_by: who,
          outcome_reason: maybe(pick(['targetReached', 'noResponse'])),
        });
        const isLive = goal.ended_day === null;
        const byRun = isLive && random() < 0.4;
        const start = aDay();
        const change: FactRow = byRun
          ? ends(null)
          : random() < 0.3
            ? { start_day: start, due_day: later(start) }
            : isLive
              ? ends('00000000-0000-4000-8000-00000000000a')
              : { status: live(), ended_day: null, ended_by: null, outcome_reason: null };
        const before = Object.fromEntries(
          Object.keys(change).map((column) => [GOAL_STEP_FIELDS[column], goal[column]]),
        );
        Object.assign(goal, change);
        return {
          id: id.replace(/^.{4}/, `400${place}`),
          goal_id: id,
          kind: 'moved',
          at: new Date(day * 86_400_000 + place).toISOString(),
          day: iso(day),
          before: byRun ? null : before,
        };
      });
    return { goal: { ...goal, created_by: person() }, events };
  };
  const goals = some(4, (index) => {
    const id = `${accountId.slice(0, 24)}${String(800_000_000_000 + index * 1_000_000 + Number(accountId.slice(-6)))}`;
    const { goal, events } = goalPast(id);
    return {
      events: events.map((event) => ({ account_id: accountId, ...event })),
      goal: {
        account_id: accountId,
        id,
        playbook_id: pick(PLAYBOOKS).id,
        kind: pick(['onboarding', 'retention', 'expansion']),
        name: text(),
        started: 'hand',
        ...goal,
        owner_user_id: maybe('00000000-0000-4000-8000-00000000000a'),
        // Around midnight of the workspace, which is another hour of UTC in summer than in winter.
        created_at: new Date((dayBetween(-16, 1) + random()) * 86_400_000).toISOString(),
      },
    };
  });
  const noStep = { next_step: null, next_step_day: null, next_step_user_id: null };
  return {
    account_plan: some(1, () => (random() < 0.7 ? plan() : noStep)),
    segment_member: memberships,
    segment_event: departures,
    contact: contacts,
    contact_field: contactFields,
    usage_contact_month: activeDays.flatMap(({ id, days }) => monthsOf(accountId, id, days)),
    event: some(12, (index) => ({
      // Around midnight of the workspace, which is another hour of UTC in summer than in winter.
      occurred_at: new Date((dayBetween(-16, 1) + random()) * 86_400_000).toISOString(),
      message_id: `m-${index}`,
      contact_id: aContact(),
      name: pick(EVENTS),
      feature_id: maybe(pick(FEATURES).id),
      count: pick([1, 1, 2, 5]),
      properties: maybe({
        format: pick(['pdf', 'csv', 7, true, null]),
        ...(random() < 0.5 ? { size: pick([1, 10.5]) } : {}),
      }),
    })),
    invoice: some(3, (index) => ({ id: `i-${index}`, ...invoice() })),
    ticket: some(3, (index) => ({ id: `t-${index}`, ...ticket() })),
    subscription: some(3, (index) => {
      const starts = aDay();
      return {
        id: `s-${index}`,
        plan: maybe(text()),
        quantity: maybe(pick([0, 5, 10])),
        seat_based: random() < 0.5,
        mrr_minor: maybe(amount()),
        currency: maybe(money().currency),
        starts_on: starts,
        ends_on: maybe(later(starts)),
        term_months: maybe(pick([1, 12])),
        auto_renew: maybe(random() < 0.5),
      };
    }),
    touchpoint: some(3, (index) => ({
      id: `p-${index}`,
      kind: pick(['call', 'meeting']),
      on_day: aDay(),
      author_user_id: maybe(pick(['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'])),
      text: maybe(text()),
      counts: random() < 0.6,
      contact_ids: contacts.filter(() => random() < 0.5).map(({ id }) => id),
    })),
    survey_answer: some(3, (index) => {
      const [min, max] = pick([
        [0, 10],
        [1, 5],
        [1, 1],
      ]);
      return {
        kind: pick(['nps', 'csat']),
        id: `a-${index}`,
        answered_on: aDay(),
        score: pick([1, 3, 5]),
        scale_min: min,
        scale_max: max,
        comment: maybe(text()),
        contact_id: aContact(),
      };
    }),
    deal: some(3, (index) => {
      const opened = aDay();
      return {
        id: `d-${index}`,
        kind: pick(['expansion', 'renewal', 'new']),
        name: text(),
        stage: maybe(text()),
        amount_minor: maybe(amount()),
        currency: maybe(money().currency),
        probability: maybe(pick([0, 33.3, 100])),
        close_on: maybe(aDay()),
        owner_user_id: maybe('00000000-0000-4000-8000-00000000000a'),
        state: pick(['open', 'won', 'lost']),
        ended_on: maybe(later(opened), 0.4),
        reason: maybe(text()),
        opened_on: opened,
      };
    }),
    goal: goals.map(({ goal }) => goal),
    goal_event: goals.flatMap(({ events }) => events),
  };
}
