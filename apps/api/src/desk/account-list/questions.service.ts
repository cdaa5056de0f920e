import { Injectable } from '@nestjs/common';
import type { IsoDay } from '@steward/shared/common';
import type { ReportPart } from '@steward/shared/report-parts';
import type { Rule } from '@steward/shared/rules';
import type { SegmentOf } from '@steward/shared/segments';
import { CatalogueReader, type PublishedModel } from '../../db/rules/catalogue.reader.js';
import { keptWrongly } from '../../db/rules/check-kept.js';
import { checkRule } from '../../db/rules/check-rule.js';
import { contactCatalogue } from '../../db/rules/contact-fields.js';
import { checkSort, type SortKey } from '../../db/rules/sort-sql.js';
import { allowEach } from '../../db/statement-time.js';
import { type Tx, UnitOfWork } from '../../db/unit-of-work.js';
import { namedWrongly } from '../../domain/segments/named-segments.js';
import { segmentsIn } from '../../domain/segments/order.js';
import { askerOf, type Principal } from '../../platform/auth/principal.js';
import { InvalidInput, TooManyRequests } from '../../platform/errors/app-error.js';
import { Gates } from '../../platform/gate.js';
import { SalesLists } from '../../records/deals/sales-lists.reader.js';
import { SegmentsReader } from '../../records/segments/segments.reader.js';
import { asOfDay, type WorkspaceNow, WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import type { AccountQuestion, PartsOfWorkspace } from './question-sql.js';

/** A rule may ask for anything; whoever waits longer has gone, and there are few connections for all who ask. */
const SECONDS = 20;
/** Of one person or key: whoever asks more at once waits for the answers, and leaves connections to others. */
const QUESTIONS = {
  atATime: 3,
  waitingAtMost: 40,
  refusal: () =>
    new TooManyRequests('TOO_MANY_QUESTIONS', 'You ask more at once than can be answered. Wait for the answers.', 2),
};

export interface Asked {
  rule: Rule | null;
  text: string;
  asOf: IsoDay | null;
  parts?: readonly ReportPart[];
  sort?: readonly SortKey[];
  /** Accounts, where it is not said. */
  of?: SegmentOf;
  purpose?: 'segment' | 'filter';
}

/** What a person asks, made into a question that holds: with its catalogue, day and scope, or refused with its faults. */
@Injectable()
export class Questions {
  private readonly gates = new Gates(QUESTIONS);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalogues: CatalogueReader,
    private readonly workspaces: WorkspaceReader,
    private readonly segments: SegmentsReader,
    private readonly lists: SalesLists,
  ) {}

  /** Answers a question in a transaction of its own, when it is the asker's turn. */
  ask<Answer>(
    principal: Principal,
    asked: Asked,
    answer: (tx: Tx, question: AccountQuestion) => Promise<Answer>,
  ): Promise<Answer> {
    const work = () => this.unitOfWork.run(async (tx) => answer(tx, await this.of(tx, principal, asked)));
    return this.gates.pass(askerOf(principal), work);
  }

  async of(tx: Tx, principal: Principal, asked: Asked): Promise<AccountQuestion> {
    const { rule, text, asOf, parts = [], sort = [], of = 'account', purpose = 'filter' } = asked;
    await allowEach(tx, { seconds: SECONDS });
    const model = await this.catalogues.model(tx);
    const catalogue = of === 'contact' ? contactCatalogue(model.catalogue) : model.catalogue;
    const workspace = await this.workspaces.workspace(tx);
    const { day, past } = asOfDay(asOf, workspace.today);
    const inRule =
      rule === null
        ? []
        : [
            ...checkRule(rule, catalogue, { purpose }),
            ...(purpose === 'segment' ? keptWrongly(rule, principal.scope) : []),
            ...(await this.namedWrongly(tx, principal, rule, of)),
          ];
    const problems = [
      ...inRule.map((problem) => ({ ...problem, path: `rule.${problem.path}`.replace(/\.$/, '') })),
      ...checkSort(sort, { catalogue }),
    ];
    const [first] = problems;
    if (first) throw new InvalidInput(`${first.path}: ${first.message}`, problems, 'RULE_NOT_VALID');
    const { scope } = principal;
    const asker =
      principal.kind === 'user'
        ? { id: principal.user.id, teamIds: scope.kind === 'book' ? scope.ownerIds : [] }
        : null;
    return {
      catalogue,
      scope,
      asker,
      day,
      past,
      rule,
      text: text.trim(),
      of,
      ...(parts.length > 0 && { parts: { asked: parts, reading: await this.partsOf(tx, model, workspace) } }),
    };
  }

  private async partsOf(
    tx: Tx,
    { stages, churnedStage }: PublishedModel,
    { timeZone, settings }: WorkspaceNow,
  ): Promise<PartsOfWorkspace> {
    const { reasons } = await this.lists.churnReasons(tx);
    return { stages, churned: churnedStage, timeZone, chances: settings.renewalChance, reasons };
  }

  private async namedWrongly(tx: Tx, principal: Principal, rule: Rule, of: SegmentOf) {
    if (segmentsIn(rule).length === 0) return [];
    const seen = await this.segments.seenBy(tx, principal.kind === 'user' ? principal.user.id : null);
    return namedWrongly(rule, of, seen);
  }
}
