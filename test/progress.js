/** Says every few seconds how far the tests are. */
export default class Progress {
  #files = 0;
  #done = 0;
  #tests = 0;
  #failed = 0;
  #startedAt = 0;
  #saidAt = 0;

  onTestRunStart(specifications) {
    this.#files = specifications.length;
    this.#startedAt = performance.now();
    this.#saidAt = this.#startedAt;
  }

  onTestModuleEnd(module) {
    this.#done++;
    for (const test of module.children.allTests()) {
      this.#tests++;
      if (test.result().state === 'failed') this.#failed++;
    }
    const now = performance.now();
    if (now - this.#saidAt < 5_000 && this.#done < this.#files) return;
    this.#saidAt = now;
    const seconds = Math.round((now - this.#startedAt) / 1_000);
    const files = `${this.#done} of ${this.#files} files`;
    process.stdout.write(`   ${files}, ${this.#tests} tests, ${this.#failed} failed, ${seconds} s\n`);
  }
}
