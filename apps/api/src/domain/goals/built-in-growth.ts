import { field } from '../rule-builders.js';
import { afterStart, type BuiltInPlaybook, before, playbook, task } from './built-in-builders.js';

/** For renewals, and for accounts that have outgrown what they bought. */
export const GROWTH_PLAYBOOKS: readonly BuiltInPlaybook[] = [
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
];
