/** What goals and playbooks are told by and how it is called: on every screen, and in rules, so without the schemas. */

export const PLAYBOOK_KINDS = ['onboarding', 'adoption', 'retention', 'renewal', 'expansion'] as const;
export type PlaybookKind = (typeof PLAYBOOK_KINDS)[number];

export const KIND_WORDS: Record<PlaybookKind, string> = {
  onboarding: 'Onboarding',
  adoption: 'Adoption',
  retention: 'Retention',
  renewal: 'Renewal',
  expansion: 'Expansion',
};

export const GOAL_STATUSES = ['notStarted', 'inProgress', 'atRisk', 'achieved', 'missed', 'cancelled'] as const;
export type GoalStatus = (typeof GOAL_STATUSES)[number];

/** A goal at risk is in progress, too; rules ask for its risk by itself. */
export const RULE_STATUS_WORDS: Record<Exclude<GoalStatus, 'atRisk'>, string> = {
  notStarted: 'Not started',
  inProgress: 'In progress',
  achieved: 'Achieved',
  missed: 'Missed',
  cancelled: 'Cancelled',
};

/** Why a person ends a goal, or why it ended. */
export const OUTCOME_REASONS = [
  'targetReached',
  'valueDelivered',
  'customerDeclined',
  'noResponse',
  'wrongTiming',
  'customerLeft',
  'replaced',
  'conditionStopped',
  'other',
] as const;
export type OutcomeReason = (typeof OUTCOME_REASONS)[number];

export const OUTCOME_WORDS: Record<OutcomeReason, string> = {
  targetReached: 'The target was reached',
  valueDelivered: 'The value was delivered',
  customerDeclined: 'The customer declined',
  noResponse: 'No response',
  wrongTiming: 'The wrong time',
  customerLeft: 'The customer left',
  replaced: 'Another goal took its place',
  conditionStopped: 'What started it is no longer so',
  other: 'Something else',
};
