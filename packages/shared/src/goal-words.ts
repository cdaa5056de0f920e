/** How the kinds of goals and playbooks are called, and why goals end: on every screen, and in rules. */

export const KIND_WORDS = {
  onboarding: 'Onboarding',
  adoption: 'Adoption',
  retention: 'Retention',
  renewal: 'Renewal',
  expansion: 'Expansion',
};

export const OUTCOME_WORDS = {
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
