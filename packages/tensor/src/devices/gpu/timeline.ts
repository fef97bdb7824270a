/** Actions in the order in which they were asked for: while one takes time, those after it wait. */
export class Timeline {
  #waiting: (() => void)[] = [];
  #busy = false;

  /** Does `action` at once, or when its turn comes. */
  do(action: () => void): void {
    if (this.#busy) this.#waiting.push(action);
    else action();
  }

  /** Settles as `action` does when its turn comes. */
  ordered<T>(action: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve) => this.do(() => resolve((async () => action())())));
  }

  /** Lets everything asked for later wait until `task`, which must not reject, is done. */
  pause(task: () => Promise<void>): void {
    this.do(() => {
      this.#busy = true;
      void task().then(() => this.#goOn());
    });
  }

  #goOn(): void {
    this.#busy = false;
    const actions = this.#waiting;
    this.#waiting = [];
    for (const action of actions) this.do(action);
  }
}
