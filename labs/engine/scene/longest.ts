/** Keeps the few largest of many, in order: of equals the first. */
export class Longest<Item> {
  readonly #limit: number;
  readonly #items: { item: Item; size: number }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether something of this size would be kept. */
  wants(size: number): boolean {
    return this.#items.length < this.#limit || size > this.#items.at(-1)!.size;
  }

  offer(item: Item, size: number): void {
    if (!this.wants(size)) return;
    const after = this.#items.findLastIndex((kept) => kept.size >= size);
    this.#items.splice(after + 1, 0, { item, size });
    if (this.#items.length > this.#limit) this.#items.pop();
  }

  /** The largest first. */
  get items(): Item[] {
    return this.#items.map(({ item }) => item);
  }
}
