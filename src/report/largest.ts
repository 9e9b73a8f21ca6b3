/** The `capacity` largest of any number of items, in memory for `capacity` of them. Of equal items those offered first stay. */
export class Largest<T> {
  /** A binary heap whose root is the smallest kept. */
  readonly #heap: { readonly item: T; readonly size: number; readonly order: number }[] = [];
  #offered = 0;

  constructor(readonly capacity: number) {}

  /** `make` is called only if the item is kept. */
  offer(size: number, make: () => T): void {
    const order = this.#offered++;
    if (this.capacity === 0) return;
    const heap = this.#heap;
    if (heap.length < this.capacity) {
      heap.push({ item: make(), size, order });
      this.#rise(heap.length - 1);
    } else if (size > heap[0]!.size) {
      heap[0] = { item: make(), size, order };
      this.#sink(0);
    }
  }

  /** Largest first; equal ones in the order offered. */
  take(): T[] {
    return [...this.#heap].sort((a, b) => b.size - a.size || a.order - b.order).map((kept) => kept.item);
  }

  #isBelow(a: number, b: number): boolean {
    const first = this.#heap[a]!;
    const second = this.#heap[b]!;
    return first.size < second.size || (first.size === second.size && first.order > second.order);
  }

  #swap(a: number, b: number): void {
    const held = this.#heap[a]!;
    this.#heap[a] = this.#heap[b]!;
    this.#heap[b] = held;
  }

  #rise(index: number): void {
    let child = index;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBelow(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  #sink(index: number): void {
    let parent = index;
    for (;;) {
      let smallest = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < this.#heap.length && this.#isBelow(child, smallest)) smallest = child;
      if (smallest === parent) return;
      this.#swap(parent, smallest);
      parent = smallest;
    }
  }
}
