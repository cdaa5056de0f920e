import type { IsoDay } from '@steward/shared/common';
import type { LogTouch, NextStep, Touchpoint, TouchpointKind } from '@steward/shared/touchpoints';
import { dayAndTimeOf, instantOf } from '../../lib/zoned-instant.js';
import { type Mentioned, stillNamed } from './mentions.js';
import { isTouchKind } from './touch-words.js';

export interface NextStepDraft {
  text: string;
  day: IsoDay | null;
  /** Null: whoever logs the touch. */
  ownerUserId: string | null;
}

/** A touch as it is being written. */
export interface TouchDraft {
  kind: TouchpointKind;
  text: string;
  /** Null: now. */
  when: { day: IsoDay; time: string } | null;
  contactIds: string[];
  counts: boolean;
  links: string[];
  /** Everybody who was chosen by @; whom the text no longer names is not told. */
  mentioned: Mentioned[];
  nextStep: NextStepDraft | null;
}

export const newTouch = (kind: TouchpointKind): TouchDraft => ({
  kind,
  text: '',
  when: null,
  contactIds: [],
  counts: true,
  links: [],
  mentioned: [],
  nextStep: null,
});

/** Whether something that was kept is such a draft. */
export const isTouchDraft = (value: unknown): value is TouchDraft => {
  const draft = value as Partial<TouchDraft> | null;
  return (
    typeof draft?.text === 'string' &&
    isTouchKind(draft.kind) &&
    [draft.contactIds, draft.links, draft.mentioned].every(Array.isArray)
  );
};

export const draftOf = (touch: Touchpoint, timeZone: string): TouchDraft => ({
  kind: touch.kind,
  text: touch.text ?? '',
  when: dayAndTimeOf(touch.at, timeZone),
  contactIds: touch.contacts.map(({ id }) => id),
  counts: touch.counts,
  links: touch.links,
  mentioned: touch.mentions,
  nextStep: null,
});

const LINK = /^https?:\/\/\S+$/i;
export const isLink = (text: string): boolean => LINK.test(text) && URL.canParse(text);

export interface TouchProblems {
  text?: string;
  links?: string;
  when?: string;
  nextStep?: string;
}

/** What keeps it from being saved, by field; empty: nothing does. */
export function problemsOf(draft: TouchDraft, now: string, timeZone: string): TouchProblems {
  const problems: TouchProblems = {};
  if (draft.text.trim() === '') problems.text = 'Say in a line what happened';
  const bad = draft.links.find((link) => !isLink(link));
  if (bad !== undefined) problems.links = `${bad} is no address: it begins with https:// or http://`;
  if (draft.when !== null && instantOf(draft.when.day, draft.when.time, timeZone) > now) {
    problems.when = 'A touch lies behind us; for what is to come add a next step';
  }
  if (draft.nextStep !== null && draft.nextStep.text.trim() === '') problems.nextStep = 'Say what is to be done';
  return problems;
}

/** As the server takes it. */
export function touchOf(draft: TouchDraft, timeZone: string): LogTouch {
  const { kind, text, when, contactIds, counts, links } = draft;
  return {
    kind,
    text: text.trim(),
    at: when === null ? null : instantOf(when.day, when.time, timeZone),
    contactIds,
    counts: counts && kind !== 'note',
    links,
    mentions: stillNamed(text, draft.mentioned).map(({ userId }) => userId),
    nextStep: draft.nextStep === null ? null : nextStepOf(draft.nextStep),
  };
}

const nextStepOf = ({ text, day, ownerUserId }: NextStepDraft): NextStep => ({
  text: text.trim(),
  day,
  ownerUserId,
  asTask: true,
  onPlan: true,
});
