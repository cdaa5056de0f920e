import { type Rule, ruleSchema } from '@steward/shared/rules';

/** The same few rules are asked for with every batch, and reading one costs more than finding it. */
const read = new Map<string, Rule | null>();
const MOST_READ = 5000;

/** A rule from its text as the database tells it; null: it says what this version of the product cannot read. */
export function storedRule(text: string): Rule | null {
  let rule = read.get(text);
  if (rule === undefined) {
    rule = ruleSchema.safeParse(JSON.parse(text)).data ?? null;
    if (read.size > MOST_READ) read.clear();
    read.set(text, rule);
  }
  return rule;
}
