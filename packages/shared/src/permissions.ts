/** What a person may do, as told by GET /api/v1/me. Screens hide what is not in the list; the server refuses it. */
export const PERMISSIONS = [
  /** See accounts, within one's scope. */
  'accounts:read',
  /** Edit an account in one's scope: fields, pulse, tier and stage by hand. */
  'accounts:edit',
  /** Give accounts to other people. */
  'accounts:assign',
  /** Give out all that is known of a contact, and erase it. */
  'contacts:erase',
  'touchpoints:write',
  /** Keep segments, and keep accounts of one's scope out of them. */
  'segments:write',
  /** Act on alerts of accounts in one's scope: acknowledge, snooze, resolve, assign, raise by hand. */
  'alerts:triage',
  /** Keep the rules that raise alerts, and decide about those that were held. */
  'alerts:write',
  /** Start goals, and act on the goals and tasks of accounts in one's scope. */
  'goals:write',
  /** Keep the playbooks that goals are made from. */
  'playbooks:write',
  /** Keep deals of accounts in one's scope. */
  'deals:write',
  /** Forecast renewals of accounts in one's scope, say how they ended, and record that a customer leaves. */
  'renewals:write',
  /** Upload files, run imports and map the owners they name: they write accounts of everyone. */
  'imports:write',
  /** Send facts as programs do, and decide about those that wait for their account. */
  'facts:write',
  /** See tiers, stages, health profiles and signals. */
  'model:read',
  /** Change and publish them. */
  'model:write',
  /** Try health profiles on the accounts of today and on history, without publishing anything. */
  'studio:use',
  /** Say who stands in: for oneself, and for one's team. */
  'stand-ins:write',
  'users:write',
  'api-keys:write',
  'workspace:write',
  'audit:read',
  /** See how tiers, people and revenue do, over the accounts of one's scope. */
  'reports:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
