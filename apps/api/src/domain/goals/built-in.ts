import type { PlaybookDefinition, PlaybookRole, TaskAnchor, TaskTemplate } from '@steward/shared/playbooks';
import type { Rule } from '@steward/shared/rules';
import { all, field } from '../rule-builders.js';

/** A ready-made playbook. Without triggers: whoever runs the workspace decides what starts it by itself. */
export interface BuiltInPlaybook {
  key: string;
  definition: PlaybookDefinition;
}

type Due = TaskTemplate['due'];

const afterStart = (offset: number): Due => ({ anchor: 'goalStart', offset, unit: 'business' });
const before = (anchor: TaskAnchor, days: number): Due => ({ anchor, offset: -days, unit: 'calendar' });

const task = (
  key: string,
  role: PlaybookRole,
  due: Due,
  title: string,
  guidance: string,
  { required = true, completesWhen = null }: { required?: boolean; completesWhen?: Rule | null } = {},
): TaskTemplate => ({ key, role, due, title, guidance, required, completesWhen });

const playbook = (
  key: string,
  definition: Pick<PlaybookDefinition, 'name' | 'kind' | 'purpose' | 'target' | 'durationDays' | 'tasks'> &
    Partial<Pick<PlaybookDefinition, 'ownerRole'>> & { run?: Partial<PlaybookDefinition['run']> },
): BuiltInPlaybook => ({
  key,
  definition: {
    ownerRole: 'csm',
    triggers: { segmentIds: [], alertRuleIds: [] },
    ...definition,
    run: {
      againAfterDays: 90,
      oneAtATime: true,
      cancelWhenConditionStops: false,
      cancelOpenTasks: true,
      ...definition.run,
    },
  },
});

/** What a new workspace begins with. Their texts are meant to be edited to one's own way of working. */
export const BUILT_IN_PLAYBOOKS: readonly BuiltInPlaybook[] = [
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
  playbook('renewal', {
    name: 'Renewal: 90, 60, 30 days',
    kind: 'renewal',
    purpose:
      'A renewal is decided long before the date. This keeps to the three moments at which there is still something to do: ' +
      'ninety days before for value, sixty for the offer, thirty for the signature.',
    target: { kind: 'tasks' },
    durationDays: 90,
    run: { againAfterDays: 180 },
    tasks: [
      task(
        'deadline',
        'am',
        afterStart(1),
        'Check date, notice and terms',
        'Renewal date, notice period, price clause, automatic renewal: from the contract, not from memory. Correct what the ' +
          'account says. If the notice deadline comes before the thirty-day step, bring the steps forward.',
      ),
      task(
        'value-review',
        'csm',
        before('renewalDate', 90),
        '90 days: hold the value review',
        'With the sponsor: what was wanted, what was reached, in their numbers. Print the brief of the account. Ask straight ' +
          'out: “If you had to decide today, would you renew?” Note the answer in their words and set the forecast by it.',
      ),
      task(
        'risks',
        'csm',
        before('renewalDate', 75),
        'Deal with what speaks against it',
        'Every reason from the review gets an owner and a day, or is accepted. A health score under 71 now is a reason to ' +
          'start the playbook for accounts at risk beside this one.',
        { required: false, completesWhen: field('health.score', 'gte', 71) },
      ),
      task(
        'offer',
        'am',
        before('renewalDate', 60),
        '60 days: make the offer',
        'Send one offer, with the seats that they really use and the one step up that fits them. Know beforehand who signs, ' +
          'who must agree and how long procurement takes.',
      ),
      task(
        'decision',
        'am',
        before('renewalDate', 30),
        '30 days: have the decision',
        'By now you should hear a yes, or know exactly what is missing. Move the forecast: commit, likely or at risk. No word ' +
          'by now means at risk.',
      ),
      task(
        'outcome',
        'am',
        before('renewalDate', 0),
        'Record the outcome',
        'Renewed, renewed smaller, or lost, with the amount and the real reason. Where it was lost, ask for ten more minutes ' +
          'to learn why: you will be told the truth now.',
      ),
    ],
  }),
  playbook('expansion', {
    name: 'Upgrade and expansion',
    kind: 'expansion',
    purpose:
      'The account shows that it has outgrown what it bought: seats are full, use spreads, people recommend us. This takes ' +
      'the account manager from that evidence to a signed expansion, and the CSM from there to people who use it.',
    target: { kind: 'deal', dealKind: 'expansion' },
    durationDays: 60,
    ownerRole: 'am',
    run: { oneAtATime: true, againAfterDays: 120 },
    tasks: [
      task(
        'evidence',
        'am',
        afterStart(2),
        'Put the evidence together',
        'Seats used, who joined lately, which team does more than it has licences for, what a promoter wrote. Two or three ' +
          'facts that the customer can check. If the CSM says that there is trouble, wait: cancel with “wrong timing”.',
      ),
      task(
        'csm-view',
        'csm',
        afterStart(3),
        'Say what the customer is about to do',
        'Five lines for the account manager: which team is next, who decides, what they would need it for, what still annoys ' +
          'them, and whether now is a good moment.',
      ),
      task(
        'conversation',
        'am',
        afterStart(10),
        'Talk about their plans, then about seats',
        'With the champion and the budget holder. Begin with what they want to do in the next two quarters. Open an expansion ' +
          'deal with an amount and a day as soon as there is a real need, and link it to this goal.',
      ),
      task(
        'proposal',
        'am',
        afterStart(20),
        'Send the proposal',
        'One option that fits and one above it. Name what becomes possible, not what it costs more. Agree on the day of the ' +
          'decision before you send it.',
      ),
      task(
        'roll-out',
        'csm',
        afterStart(30),
        'Prepare the roll-out',
        'Who will get the new seats, who will show them, and when? Expansion that nobody uses is next year’s contraction.',
        { required: false },
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
