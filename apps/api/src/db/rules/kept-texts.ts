/** Texts kept of the same rules: a few days, and what they are asked of. */
const MOST = 16;

/** What is compiled of rules, kept as long as the rules are: all batches of a day ask the same. */
export class KeptTexts<Rules extends object, Text> {
  private readonly kept = new WeakMap<Rules, Map<string, Text>>();

  /** `key`: what the text depends on beside the rules, which are the same object as before. */
  of(rules: Rules, key: string, make: () => Text): Text {
    const texts = this.kept.get(rules) ?? new Map<string, Text>();
    this.kept.set(rules, texts);
    const known = texts.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (texts.size >= MOST) texts.clear();
    texts.set(key, made);
    return made;
  }
}
