import TinyQueue from "tinyqueue";

/** The best of any number of items, at most `capacity` of them in memory. */
export class Best<T> {
  /** The worst one kept comes first. */
  private readonly queue: TinyQueue<T>;

  /** `compare` is below 0 if its first argument is better, and never 0 for two different items. */
  constructor(
    readonly capacity: number,
    private readonly compare: (a: T, b: T) => number,
  ) {
    this.queue = new TinyQueue<T>([], (a, b) => compare(b, a));
  }

  get isFull(): boolean {
    return this.queue.length === this.capacity;
  }

  /** The worst one kept. */
  get worst(): T | undefined {
    return this.queue.peek();
  }

  offer(item: T): void {
    if (this.isFull) {
      if (this.capacity === 0 || this.compare(item, this.worst!) >= 0) return;
      this.queue.pop();
    }
    this.queue.push(item);
  }

  /** Best first. */
  sorted(): T[] {
    return [...this.queue.data].sort(this.compare);
  }
}
