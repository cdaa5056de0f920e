import { Injectable } from '@nestjs/common';
import { leavesOf, type Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { Binder } from '../../db/rules/binder.js';
import type { Catalogue } from '../../db/rules/bindings.js';
import { type CompiledRule, compileLeaves, readLeaves } from '../../db/rules/compile-rule.js';
import { contactCatalogue, contactsKnown } from '../../db/rules/contact-fields.js';
import { KeptTexts } from '../../db/rules/kept-texts.js';
import type { RuleContext } from '../../db/rules/rule-scope.js';
import { open, type Tx } from '../../db/unit-of-work.js';
import { addDays, isoOf } from '../../domain/calendar/day.js';
import type { DayOfSegments } from './day-of-segments.js';
import type { Place } from './segments.repository.js';

interface AskedSegment {
  id: string;
  of: SegmentOf;
  version: number;
  rule: Rule;
}

interface ConditionsText extends CompiledRule {
  values: readonly unknown[];
}

const keyOf = ({ accountId, contactId }: Pick<Place, 'accountId' | 'contactId'>) => `${accountId} ${contactId}`;

/** Why somebody came or went: which conditions of a segment hold for whom, and held at the close of the day before. */
@Injectable()
export class FlipConditionsRepository {
  private readonly texts = new KeptTexts<Catalogue, ConditionsText>();

  /**
   * By place, in their order: whether each condition of its segment holds. Null: what was not known then. All segments of
   * the level stand in the text, so that it is the same in every batch; conditions are asked of whom they are about.
   */
  async conditions(
    tx: Tx,
    day: DayOfSegments,
    level: readonly AskedSegment[],
    places: readonly Place[],
    when: 'now' | 'before',
  ): Promise<(boolean[] | null)[]> {
    const [first] = level;
    if (first === undefined || places.length === 0) return places.map(() => null);
    const before = { kind: 'past', day: isoOf(addDays(day.asOf, -1)), stage: 'segments' } as const;
    const context: RuleContext = when === 'now' ? day.context : before;
    const segments = new Map(level.map(({ id }, place) => [id, place]));
    const asked = new Map<string, { place: Place; segments: Set<number> }>();
    for (const place of places) {
      const known = asked.get(keyOf(place)) ?? { place, segments: new Set() };
      asked.set(keyOf(place), known);
      known.segments.add(segments.get(place.segmentId) ?? -1);
    }
    const held = new Map<string, Map<number, string>>();
    const text = this.textOf(level, day.model.catalogue, first.of, context);
    for (const row of await this.rowsOf(tx, text, first.of, context, level.length, [...asked.values()])) {
      held.set(keyOf(row), new Map(readLeaves(row.held)));
    }
    return places.map((place) => {
      const digits = held.get(keyOf(place))?.get(segments.get(place.segmentId) ?? -1);
      return digits === undefined ? null : [...digits].map((digit) => digit === '1');
    });
  }

  private textOf(
    level: readonly AskedSegment[],
    fields: Catalogue,
    of: SegmentOf,
    context: RuleContext,
  ): ConditionsText {
    const versions = level.map(({ id, version }) => `${id} ${version}`).join();
    return this.texts.of(fields, `${of} ${JSON.stringify(context)} ${versions}`, () => {
      const binder = new Binder();
      const catalogue = of === 'contact' ? contactCatalogue(fields) : fields;
      const compiled = compileLeaves(
        level.map(({ rule }) => leavesOf(rule)),
        { catalogue, context, binder, of, reader: null },
        (place) => `get_bit(c.segments, ${place}) = 1`,
      );
      return { ...compiled, values: binder.values };
    });
  }

  private rowsOf(
    tx: Tx,
    { sql, readsAccount, values }: ConditionsText,
    of: SegmentOf,
    context: RuleContext,
    width: number,
    asked: readonly { place: Place; segments: ReadonlySet<number> }[],
  ): Promise<{ accountId: string; contactId: string; held: string }[]> {
    const binder = new Binder();
    const { bind } = binder;
    values.forEach(bind);
    const accounts = bind(asked.map(({ place }) => place.accountId));
    const contacts = bind(asked.map(({ place }) => place.contactId));
    const bits = bind(asked.map(({ segments }) => bitsOf(segments, width)));
    // A parameter that no expression names is refused by the database.
    const asOf = context.kind === 'past' || of === 'contact' ? `${bind(context.day)}::date` : '';
    // Each is found by its key: what is known of the newest days lets a scan of the day look cheaper.
    const rows =
      context.kind === 'past'
        ? `CROSS JOIN LATERAL (SELECT * FROM steward.account_snapshot n
            WHERE n.account_id = c.account_id AND n.day = ${asOf} OFFSET 0) AS s`
        : 'JOIN steward.account_state s ON s.account_id = c.account_id';
    return open(tx).preparedOnce(
      `SELECT c.account_id AS "accountId", c.contact_id AS "contactId", ${sql} AS held
       FROM unnest(${accounts}::uuid[], ${contacts}::uuid[], ${bits}::varbit[]) AS c (account_id, contact_id, segments)
       ${rows} ${readsAccount ? 'JOIN steward.account a ON a.id = c.account_id' : ''}
       ${of === 'contact' ? `JOIN steward.contact x ON ${contactsKnown(asOf)} AND x.id = c.contact_id` : ''}`,
      binder.values,
    );
  }
}

const bitsOf = (places: ReadonlySet<number>, width: number) =>
  Array.from({ length: width }, (_, place) => (places.has(place) ? '1' : '0')).join('');
