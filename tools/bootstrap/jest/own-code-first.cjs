/**
 * Order of the spec files: first those that do not start the API. What follows one message through
 * the API (`AsyncLocalStorage`) slows down every promise of its worker from then on, and the property
 * tests of the virtual board, which consist of promises, take three times as long after it.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const STARTS_THE_API = /[/\\]apps[/\\]api[/\\]/;

class OwnCodeFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const isLate = ({ path }) => STARTS_THE_API.test(path);
    return [...sorted.filter((test) => !isLate(test)), ...sorted.filter(isLate)];
  }
}

module.exports = OwnCodeFirst;
