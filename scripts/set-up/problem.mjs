/** Why the set-up cannot go on, and what the person in front of it can do. */
export class SetUpProblem extends Error {
  /** @param {string} what @param {string[]} advice one line each */
  constructor(what, advice) {
    super(what);
    this.advice = advice;
  }
}
