import { all, field } from '../rule-builders.js';
import { afterStart, type BuiltInPlaybook, before, playbook, task } from './built-in-builders.js';

/** From signature to a product that is used widely. */
export const ADOPTION_PLAYBOOKS: readonly BuiltInPlaybook[] = [
  playbook('onboarding', {
    name: 'Onboarding to first value',
    kind: 'onboarding',
    purpose:
      'A customer who has not seen a result of their own in the first weeks rarely stays. This takes a new account from ' +
      'signature to half of its seats in use, with one named goal that the customer would repeat to their boss.',
    target: { kind: 'signal', field: 'usage.seat_utilization', op: 'gte', value: 50 },
    durationDays: 75,
    run: { againAfterDays: null },
    tasks: [
      task(
        'read-the-deal',
        'csm',
        afterStart(1),
        'Take over what sales knows',
        'Read the deal and speak to whoever sold it for a quarter of an hour: why did they buy, who pushed for it, who was ' +
          'against it, what was promised and by when? Write the answers into the pinned note. Never make the customer tell it twice.',
      ),
      task(
        'kick-off',
        'csm',
        afterStart(5),
        'Hold the kick-off',
        'Forty-five minutes with the sponsor and the people who will do the work. Agree on one result, how both sides will see ' +
          'that it is there, and the day by which it should be. Put it down as the first objective of the account plan while ' +
          'you are on the call, and end with the next date in the calendar.',
      ),
      task(
        'first-people',
        'csm',
        afterStart(10),
        'The first people are in',
        'Not everyone: the five who will use it most. If nobody has signed in a week after the kick-off, call the champion ' +
          'rather than write. What holds it up is nearly always one missing decision or one missing export.',
        { completesWhen: field('usage.active_contacts', 'gte', 5) },
      ),
      task(
        'first-result',
        'csm',
        afterStart(25),
        'Show the first result',
        'Fifteen minutes with the sponsor and the customer’s own data on the screen. Ask them to say in their words what has ' +
          'become better. That sentence is worth more than any chart at the renewal: write it into the timeline.',
      ),
      task(
        'widen',
        'csm',
        afterStart(40),
        'Bring in the other teams',
        'Ask the champion who else has the problem. Offer one session for them, led by the champion if they like to. Seats ' +
          'that nobody uses by now will be cut at the renewal.',
        { required: false },
      ),
      task(
        'close-onboarding',
        'csm',
        before('goalDue', 5),
        'Close the onboarding together',
        'Compare what was agreed in the kick-off with what is there. Agree on how often you will talk from now on and what the ' +
          'next objective is. If the result is not there, say so openly and extend with a new day.',
      ),
    ],
  }),
  playbook('adoption', {
    name: 'Widen adoption',
    kind: 'adoption',
    purpose:
      'Accounts that use one corner of the product leave for a tool that does only that. This brings an account that is in ' +
      'use, but narrowly, to half of the features that matter.',
    target: { kind: 'signal', field: 'adoption.breadth', op: 'gte', value: 50 },
    durationDays: 60,
    tasks: [
      task(
        'look-first',
        'csm',
        afterStart(2),
        'See what they use and what they do by hand',
        'Open the usage of the account by feature. Pick two features that they pay for and do not use, and that would save ' +
          'the people who are active now an hour a week. Two, not ten.',
      ),
      task(
        'ask-why',
        'csm',
        afterStart(7),
        'Ask one active user why not',
        'A short call with somebody who works in the product every day. “How do you do this today?” tells more than “Do you ' +
          'know that we have this?”. Note the real reason: not known, not trusted, not allowed, or not needed.',
      ),
      task(
        'show-it',
        'csm',
        afterStart(15),
        'Set up one feature with them',
        'Do it in their account, with their data, in one session. Leave with something that runs, not with a recording.',
      ),
      task(
        'follow-use',
        'csm',
        afterStart(30),
        'See whether it stuck',
        'Two weeks later: is it in use by somebody you did not train? If so, tell the sponsor. If not, go back to the reason.',
        { completesWhen: all(field('adoption.breadth', 'gte', 50)) },
      ),
    ],
  }),
];
