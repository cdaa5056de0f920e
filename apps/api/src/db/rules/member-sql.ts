import type { MemberLeaf } from '@steward/shared/rules';
import { NIL } from 'uuid';
import type { RuleScope } from './rule-scope.js';

/** Members of account segments are kept under no contact. */
const NO_CONTACT = `'${NIL}'::uuid`;

/**
 * The account (of a contact: it or its account) is a member on the day: since then or before, and now or until a later
 * day; with `now`, it is one today, whatever the day. For a person who asks, nobody is in another person's private segment.
 */
export function memberSql({ segment, is, now: today }: MemberLeaf, scope: RuleScope): string {
  const { asker, binder } = scope;
  const id = `${binder.bind(segment)}::uuid`;
  const who = scope.of === 'contact' ? `IN (${NO_CONTACT}, x.id)` : `= ${NO_CONTACT}`;
  const of = `g.account_id = s.account_id AND g.segment_id = ${id} AND g.contact_id ${who}`;
  const isGathered = scope.manyAccounts && scope.of === 'account' && scope.context.kind !== 'past';
  const member = isGathered
    ? memberAmongAll(`g.segment_id = ${id} AND g.contact_id ${who}`, scope)
    : today && scope.context.kind === 'past'
      ? memberToday(of, scope)
      : memberOnDay(of, scope);
  const found = asker === null ? member : `(${member} AND ${maySee(id, asker.id, scope)})`;
  return is ? found : `(NOT ${found})`;
}

function memberOnDay(of: string, { context, day }: RuleScope): string {
  const now = `EXISTS (SELECT 1 FROM steward.segment_member g WHERE ${of} AND g.since_day <= ${day})`;
  if (context.kind !== 'past') return now;
  return `(${now} OR EXISTS (SELECT 1 FROM steward.segment_event g
    WHERE ${of} AND g.kind = 'left' AND g.since_day <= ${day} AND g.day > ${day}))`;
}

/** All members are read once, rather than each account looked up among them. */
function memberAmongAll(members: string, { day }: RuleScope): string {
  return `(s.account_id IN (SELECT g.account_id FROM steward.segment_member g
    WHERE ${members} AND g.since_day <= ${day}))`;
}

function memberToday(of: string, { nowOnlyFields }: RuleScope): string {
  nowOnlyFields.add('segment');
  return `EXISTS (SELECT 1 FROM steward.segment_member g WHERE ${of})`;
}

function maySee(id: string, askerId: string, { binder }: RuleScope): string {
  return `EXISTS (SELECT 1 FROM steward.segment k
    WHERE k.id = ${id} AND (k.visibility = 'shared' OR k.owner_user_id = ${binder.bind(askerId)}::uuid))`;
}
