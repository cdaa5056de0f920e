import { addDays, type Day, earlier, later } from '../calendar/day.js';
import { addMonths } from '../calendar/month.js';
import { type Random, randomOf } from './random.js';
import { STORIES, STORY_TRAITS, type Story } from './stories.js';
import { SAMPLE_AMS, SAMPLE_CSMS, type SamplePerson } from './team.js';
import {
  CHURN_REASONS,
  COMPANY_FIRST,
  COMPANY_SECOND,
  PERSON_FIRST,
  PERSON_LAST,
  REGIONS,
  TITLES,
} from './vocabulary.js';

export interface SampleCompany {
  seed: number;
  accounts: number;
  /** First and last day of which the facts are told. */
  from: Day;
  to: Day;
}

export interface ContactPlan {
  id: string;
  name: string;
  email: string;
  title: string;
  role: 'champion' | 'decision maker' | 'user';
  /** Day of the survey's round, 0–89, on which this person is asked. */
  surveyPhase: number;
  /** 0 = the first to take the product up; the account's reach decides how far down the list people use it. */
  rank: number;
  joinsOn: Day;
  leavesOn: Day | null;
}

/** One term of a subscription; `end` is its last day. */
export interface TermPlan {
  id: string;
  start: Day;
  end: Day;
  /** The last day as it was agreed on: nobody knows before that a term ends earlier. */
  agreedEnd: Day;
  seats: number;
  mrrMinor: number;
}

/** The whole life of an account, decided once from seed and number; what happens on a day follows from it. */
export interface AccountPlan {
  index: number;
  externalId: string;
  name: string;
  domain: string;
  industry: string;
  region: (typeof REGIONS)[number];
  story: Story;
  /** How lively the account is by nature, in [0, 1]. */
  vigour: number;
  prospect: boolean;
  startsOn: Day;
  /** Customer from this day; before it, from `startsOn`, a trial. */
  customerFrom: Day;
  /** The day on which the story begins to unfold. */
  turnsOn: Day;
  /** Name of the plan that is bought. */
  plan: string;
  termMonths: 1 | 12;
  terms: TermPlan[];
  /** Mid-term growth: a bigger subscription replaces the running one. */
  expandsOn: Day | null;
  noticeOn: Day | null;
  churnsOn: Day | null;
  churnReason: string;
  csm: SamplePerson | null;
  am: SamplePerson | null;
  cadenceDays: number;
  contacts: ContactPlan[];
}

export const CURRENCY = 'USD';

/** The term that runs on the day. */
export function termOn(plan: AccountPlan, day: Day): TermPlan | undefined {
  return plan.terms.find(({ start, end }) => start <= day && day <= end);
}

/** How often the sample company asks each person for an answer. */
export const SURVEY_EVERY_DAYS = 90;

const PLANS = [
  { weight: 5, item: { plan: 'Essential', seatMinor: 8900 } },
  { weight: 4, item: { plan: 'Professional', seatMinor: 19_900 } },
  { weight: 2, item: { plan: 'Enterprise', seatMinor: 54_900 } },
];

/** What an expansion makes of seats and MRR. */
export const GROWTH = 1.35;
/** Stories after which those who stay renew for less. */
const SHRINKING: readonly Story[] = ['slow_fade', 'champion_left', 'payment_trouble'];
/** Stories after which many renew for more. */
const GROWING: readonly Story[] = ['healthy', 'seat_squeeze'];

const industries = Object.keys(COMPANY_SECOND);

export function accountPlan(company: SampleCompany, index: number): AccountPlan {
  const random = randomOf(company.seed, 'account', index);
  const story = random.weighted(STORIES.map((each) => ({ weight: STORY_TRAITS[each].weight, item: each })));
  const industry = random.pick(industries);
  const name = nameOf(random, industry, index);
  const domain = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.example`;
  const vigour = random.next();
  const startsOn = startOf(random, story, company);
  const trialDays = startsOn > company.from && random.chance(0.4) ? 14 : 0;
  const customerFrom = addDays(startsOn, trialDays);
  const seats = Math.max(3, Math.round(Math.exp(random.normal(2.1, 0.75))));
  const termMonths = random.chance(0.78) ? 12 : 1;
  const { plan, seatMinor } = random.weighted(PLANS);
  const mrrMinor = seats * seatMinor;
  const turnsOn = turnOf(random, story, startsOn, company);
  const churn = churnOf(random, story, { turnsOn, customerFrom, termMonths });
  const expandsOn = story === 'seat_squeeze' && random.chance(0.7) ? addDays(turnsOn, random.between(60, 150)) : null;
  const arrMinor = mrrMinor * 12;
  const owned = random.chance(0.94);
  return {
    index,
    externalId: `ACC-${String(index + 1).padStart(5, '0')}`,
    name,
    domain,
    industry,
    region: random.pick(REGIONS),
    story,
    vigour,
    prospect: random.chance(0.03),
    startsOn,
    customerFrom,
    turnsOn,
    plan,
    termMonths,
    terms: termsOf(
      {
        externalId: `ACC-${String(index + 1).padStart(5, '0')}`,
        customerFrom,
        termMonths,
        seats,
        mrrMinor,
        expandsOn,
        churnsOn: churn.churnsOn,
        turnsOn,
        story,
      },
      company,
    ),
    expandsOn,
    ...churn,
    csm: owned ? random.pick(SAMPLE_CSMS) : null,
    am: owned ? random.pick(SAMPLE_AMS) : null,
    cadenceDays: arrMinor >= 10_000_000 ? 14 : arrMinor >= 2_500_000 ? 30 : 90,
    contacts: contactsOf(company, { index, story, domain, seats, startsOn, turnsOn }),
  };
}

function nameOf(random: Random, industry: string, index: number): string {
  const base = `${random.pick(COMPANY_FIRST)} ${random.pick(COMPANY_SECOND[industry] ?? ['Group'])}`;
  // Beyond the words' combinations names repeat; a number keeps them apart.
  return index < 150 ? base : `${base} ${index + 1}`;
}

/** Seven of ten were customers before the period; a stuck onboarding is only told of somebody new. */
function startOf(random: Random, story: Story, { from, to }: SampleCompany): Day {
  const during = story === 'stuck_onboarding' || random.chance(0.3);
  return during
    ? addDays(from, random.between(0, Math.max(1, to - from - 5)))
    : addDays(from, -random.between(30, 1400));
}

/**
 * The day on which the story begins, when the product has been taken up. A third of those who outgrow their seats do so
 * in the last weeks, so that there is always somebody to talk to about more.
 */
function turnOf(random: Random, story: Story, startsOn: Day, { from, to }: SampleCompany): Day {
  if (story === 'stuck_onboarding') return startsOn;
  const lately = story === 'seat_squeeze' && random.chance(0.35);
  const turn = lately
    ? addDays(to, -random.between(35, 50))
    : addDays(from, random.between(20, Math.max(21, to - from - 20)));
  return later(addDays(startsOn, 60), turn);
}

/** Where the story tells the reason; elsewhere it is anything. */
const REASONS_BY_STORY: Partial<Record<Story, readonly string[]>> = {
  champion_left: ['Champion left'],
  payment_trouble: ['Budget cut', 'Closed down'],
  stuck_onboarding: ['Never got going'],
};

function churnOf(
  random: Random,
  story: Story,
  at: { turnsOn: Day; customerFrom: Day; termMonths: number },
): Pick<AccountPlan, 'churnsOn' | 'noticeOn' | 'churnReason'> {
  const { churn, unfoldsOverDays } = STORY_TRAITS[story];
  const churnReason = random.pick(REASONS_BY_STORY[story] ?? CHURN_REASONS);
  const withNotice = random.chance(0.6);
  if (!random.chance(churn)) return { churnsOn: null, noticeOn: null, churnReason };
  const ripe = addDays(at.turnsOn, Math.round(unfoldsOverDays * random.uniform(0.6, 1.1)));
  // A yearly customer leaves at the end of a term, or negotiates out of it; a stuck one does not stay the year.
  const months = story === 'stuck_onboarding' || random.chance(0.35) ? 1 : at.termMonths;
  let churnsOn = addMonths(at.customerFrom, months);
  for (let terms = 2; churnsOn < ripe; terms += 1) churnsOn = addMonths(at.customerFrom, months * terms);
  return { churnsOn, noticeOn: withNotice ? addDays(churnsOn, -random.between(20, 60)) : null, churnReason };
}

function termsOf(
  account: Pick<
    AccountPlan,
    'externalId' | 'customerFrom' | 'termMonths' | 'expandsOn' | 'churnsOn' | 'turnsOn' | 'story'
  > & {
    seats: number;
    mrrMinor: number;
  },
  company: SampleCompany,
): TermPlan[] {
  const terms: TermPlan[] = [];
  const { expandsOn } = account;
  const random = randomOf(company.seed, 'renewals', account.externalId);
  let shrinks = SHRINKING.includes(account.story) && random.chance(0.6);
  let grows = GROWING.includes(account.story) && random.chance(0.4);
  let seats = account.seats;
  let mrrMinor = account.mrrMinor;
  const add = (start: Day, end: Day, agreedEnd: Day) => {
    const id = `${account.externalId}-S${terms.length + 1}`;
    if (end >= start) terms.push({ id, start, end, agreedEnd, seats, mrrMinor });
  };
  for (let number = 0; ; number += 1) {
    let start = addMonths(account.customerFrom, number * account.termMonths);
    if (start > company.to || (account.churnsOn !== null && start >= account.churnsOn)) return terms;
    const agreedEnd = addDays(addMonths(account.customerFrom, (number + 1) * account.termMonths), -1);
    const end = account.churnsOn === null ? agreedEnd : earlier(agreedEnd, addDays(account.churnsOn, -1));
    if (shrinks && number > 0 && start >= account.turnsOn) {
      // Whoever got less out of it renews for less, once.
      const kept = random.uniform(0.6, 0.9);
      mrrMinor = Math.round(mrrMinor * kept);
      seats = Math.max(2, Math.ceil(seats * kept));
      shrinks = false;
    }
    if (grows && number > 0 && start >= account.turnsOn) {
      const grown = random.uniform(1.05, 1.3);
      mrrMinor = Math.round(mrrMinor * grown);
      seats = Math.ceil(seats * grown);
      grows = false;
    }
    if (expandsOn !== null && start < expandsOn && expandsOn <= end) {
      add(start, addDays(expandsOn, -1), agreedEnd);
      start = expandsOn;
      mrrMinor = Math.round(mrrMinor * GROWTH);
      seats = Math.ceil(seats * GROWTH);
    }
    add(start, end, agreedEnd);
  }
}

function contactsOf(
  company: SampleCompany,
  account: { index: number; story: Story; domain: string; seats: number; startsOn: Day; turnsOn: Day },
): ContactPlan[] {
  const random = randomOf(company.seed, 'contacts', account.index);
  const count = Math.max(3, Math.round(account.seats * random.uniform(0.9, 1.1)));
  return Array.from({ length: count }, (_, rank) => {
    const first = random.pick(PERSON_FIRST);
    const last = random.pick(PERSON_LAST);
    const role = rank === 0 ? 'champion' : rank === 1 ? 'decision maker' : 'user';
    return {
      id: `U-${account.index + 1}-${rank + 1}`,
      name: `${first} ${last}`,
      email: `${first}.${last}.${rank + 1}@${account.domain}`.toLowerCase(),
      title: role === 'user' ? random.pick(TITLES) : role === 'champion' ? 'Head of operations' : 'Finance director',
      role,
      rank,
      surveyPhase: random.between(0, SURVEY_EVERY_DAYS - 1),
      joinsOn: addDays(account.startsOn, rank < 3 ? 0 : random.between(0, 45)),
      leavesOn: role === 'champion' && account.story === 'champion_left' ? account.turnsOn : null,
    } as const;
  });
}
