import type { SpotlightActionGroupData } from '@mantine/spotlight';

type Row = SpotlightActionGroupData['actions'][number];

const holds = (words: string | undefined, sought: string) => words?.toLowerCase().includes(sought) === true;

/**
 * What stands in the palette for a text: groups with a row of such a name first, and in each group such rows first. Beside
 * their names rows are found by their keywords alone: what describes them says the same of many, as “12 accounts” does.
 */
export function rowsFor(text: string, groups: readonly SpotlightActionGroupData[]): SpotlightActionGroupData[] {
  const sought = text.trim().toLowerCase();
  const isNamed = ({ label }: Row) => holds(label, sought);
  const isFound = ({ keywords = [] }: Row) => [keywords].flat().some((keyword) => holds(keyword, sought));
  const found = groups.map(({ group, actions }) => ({
    group,
    actions: [...actions.filter(isNamed), ...actions.filter((row) => !isNamed(row) && isFound(row))],
  }));
  const isOfName = ({ actions }: SpotlightActionGroupData) => actions.slice(0, 1).some(isNamed);
  return [...found.filter(isOfName), ...found.filter((each) => !isOfName(each) && each.actions.length > 0)];
}
