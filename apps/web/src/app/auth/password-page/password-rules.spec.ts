import { passwordRules } from './password-rules';

test.each([
  ['', '', '', [false, false, false]],
  ['first', 'first', 'first', [false, false, true]],
  ['first', 'corral-lathe', '', [true, true, false]],
  ['first', 'corral-lathe', 'corral-lathe', [true, true, true]],
  ['first', 'corral-lath', 'corral-lath', [false, true, true]],
])('current %j, new %j, again %j', (current, chosen, again, [isLong, isOther, isSame]) => {
  expect(passwordRules({ current, chosen, again })).toEqual({ isLong, isOther, isSame });
});
