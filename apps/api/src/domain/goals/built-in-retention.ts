import { field } from '../rule-builders.js';
import { afterStart, type BuiltInPlaybook, playbook, task } from './built-in-builders.js';

/** For accounts that may be lost. */
export const RETENTION_PLAYBOOKS: readonly BuiltInPlaybook[] = [
  playbook('save', {
    name: 'Save an at-risk account',
    kind: 'retention',
    purpose:
      'The score has fallen, or a person says that it should have. The point is to find out what really happened within ' +
      'days, to agree on one plan with the customer, and to be back at healthy within two months.',
    target: { kind: 'signal', field: 'health.score', op: 'gte', value: 71 },
    durationDays: 60,
    run: { againAfterDays: 60 },
    tasks: [
      task(
        'understand',
        'csm',
        afterStart(1),
        'Understand what fell, before you call',
        'Open “Why this score” and “What changed”. Look at the last touches and open tickets. Write down in two sentences what ' +
          'you believe has happened, and what would prove you wrong. A fall that is only a season or a data gap ends here: ' +
          'resolve the alert as a false alarm and cancel this goal.',
      ),
      task(
        'call-champion',
        'csm',
        afterStart(2),
        'Call the champion',
        'Call, do not write. “I noticed that fewer of you have been in since the middle of the month. What has changed on ' +
          'your side?” Then be quiet. Do not offer anything yet. Log the touch with the one sentence that surprised you.',
      ),
      task(
        'sponsor',
        'manager',
        afterStart(5),
        'Speak to the sponsor',
        'The manager calls whoever signs: it shows that this matters, and sponsors say things to a peer that champions may ' +
          'not. Ask what would have to be true in sixty days for them to be glad that they stayed.',
      ),
      task(
        'plan',
        'csm',
        afterStart(8),
        'Agree on a recovery plan',
        'One page, three steps at most, each with a name of theirs and a name of ours, and a day. Put the steps into the ' +
          'account plan as objectives. A plan that only we work on is no plan.',
      ),
      task(
        'tickets',
        'csm',
        afterStart(10),
        'Get what is urgent out of the way',
        'No recovery while a blocker is open. Take urgent tickets to support’s lead yourself, and tell the customer the day, ' +
          'not “as soon as possible”.',
        { completesWhen: field('support.urgent_open', 'eq', 0) },
      ),
      task(
        'check-in',
        'csm',
        afterStart(20),
        'Half-time: is it working?',
        'Look at the numbers together with the champion. If nothing has moved, say so and change the plan now, while there ' +
          'is time. Tell the account manager what you expect for the renewal.',
      ),
    ],
  }),
  playbook('champion-left', {
    name: 'A new champion',
    kind: 'retention',
    purpose:
      'The person who wanted us has left. Their successor owes us nothing and will look at every contract. This finds the ' +
      'next champion before the next decision is made.',
    target: { kind: 'tasks' },
    durationDays: 45,
    tasks: [
      task(
        'who-now',
        'csm',
        afterStart(2),
        'Find out who has taken over',
        'Ask the most active user and the former champion, who is often glad to help and perhaps a lead at their new company. ' +
          'Mark the new person among the contacts, and the old one as left.',
      ),
      task(
        'introduce',
        'csm',
        afterStart(5),
        'Meet the successor',
        'Twenty minutes about their goals, not our product. Bring one page: what the company wanted to reach, what has been ' +
          'reached, who uses it. Ask how they will be measured this year.',
      ),
      task(
        'second-contact',
        'csm',
        afterStart(15),
        'Have a second person who cares',
        'One champion is a risk, as we have just seen. Get to know one more person with influence, best in another team.',
      ),
      task(
        'early-win',
        'csm',
        afterStart(25),
        'Give the successor an early win',
        'Something that they can show to their boss within a month and that is theirs, not their predecessor’s.',
      ),
    ],
  }),
  playbook('detractor', {
    name: 'Answer a detractor',
    kind: 'retention',
    purpose:
      'Somebody took the time to say that they would not recommend us. An answer within two days, from a person, turns more ' +
      'of them than any campaign.',
    target: { kind: 'tasks' },
    durationDays: 21,
    run: { againAfterDays: 30 },
    tasks: [
      task(
        'thank',
        'csm',
        afterStart(2),
        'Thank them, and ask',
        'Write or call in person: thank them for being open, repeat their point in your words, ask for an example. No ' +
          'defence, no discount.',
      ),
      task(
        'act',
        'csm',
        afterStart(8),
        'Do one thing about it',
        'Fix it, get it onto the roadmap with an honest day, or say that we will not do it and why.',
      ),
      task(
        'close-loop',
        'csm',
        afterStart(14),
        'Tell them what came of it',
        'Also when nothing could be done. Log the touch; note whether the tone has changed.',
      ),
    ],
  }),
];
