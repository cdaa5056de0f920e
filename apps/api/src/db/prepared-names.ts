/**
 * Names of the statements that connections keep prepared: those used last, so many at most. Texts that carry rules change
 * with every edit of a rule, and a process lives for weeks: what is not asked any more makes room.
 */
export class PreparedNames {
  private readonly names = new Map<string, string>();
  private readonly live = new Set<string>();
  private given = 0;

  constructor(private readonly most: number) {}

  /** The name of a text; a text that comes back after it made room gets another, which no connection knows yet. */
  nameOf(sql: string): string {
    const known = this.names.get(sql);
    const name = known ?? `steward_${++this.given}`;
    if (known !== undefined) this.names.delete(sql);
    // The order of a map is that of arrival: the first is the one that was not asked for longest.
    this.names.set(sql, name);
    this.live.add(name);
    if (this.names.size > this.most) {
      const [oldest] = this.names.entries();
      if (oldest) {
        this.names.delete(oldest[0]);
        this.live.delete(oldest[1]);
      }
    }
    return name;
  }

  /** Whether the name still stands for a text. */
  isLive(name: string): boolean {
    return this.live.has(name);
  }
}
