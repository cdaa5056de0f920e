import { Injectable } from '@nestjs/common';
import { leavesWithPlace } from '@steward/shared/rules';
import type { ParsedSegmentPreviewQuery, SegmentPreview } from '@steward/shared/segment-preview';
import type { Principal } from '../../platform/auth/principal.js';
import { PreviewRepository } from './preview.repository.js';
import { Questions } from './questions.service.js';

const LARGEST_FIRST = [{ field: 'account.arr', direction: 'desc' }] as const;
const NEGATIVE = ['neq', 'notIn', 'notContains'];
const ABOUT_BEING_SET = ['isSet', 'isNotSet'];

/** What a rule finds while it is being written, within the reader's scope. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly questions: Questions,
    private readonly repository: PreviewRepository,
  ) {}

  preview(principal: Principal, asked: ParsedSegmentPreviewQuery): Promise<SegmentPreview> {
    const { of, rule, purpose, limit } = asked;
    const sort = asked.sort.length === 0 ? LARGEST_FIRST : asked.sort;
    return this.questions.ask(principal, { of, rule, purpose, sort, text: '', asOf: null }, async (tx, question) => {
      const takers = takersOfUnset(rule);
      const fields = [...new Set(takers.map(({ field }) => field))];
      const { unset, ...found } = await this.repository.preview(tx, question, { sort, limit, fields });
      const withoutValue = takers.map(({ path, field }) => ({ path, field, count: unset[fields.indexOf(field)] ?? 0 }));
      return { of, asOf: question.day, ...found, withoutValue };
    });
  }
}

/** The conditions that hold where their field has no value: those that deny, and those that are denied. */
export function takersOfUnset(rule: ParsedSegmentPreviewQuery['rule']): { path: string; field: string }[] {
  return leavesWithPlace(rule).flatMap(({ leaf, path, denied }) => {
    if (leaf.kind !== 'compare' && leaf.kind !== 'date') return [];
    if (ABOUT_BEING_SET.includes(leaf.op)) return [];
    return NEGATIVE.includes(leaf.op) !== denied
      ? [{ path: `rule.${path}`.replace(/\.$/, ''), field: leaf.field }]
      : [];
  });
}
