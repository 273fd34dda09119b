import { SealService } from './seal.service';

test('what is sealed is read again with the same secret only, and never twice alike', () => {
  const ours = new SealService({ jwtSecret: 'a' });
  const sealed = ours.seal('perché no');
  expect(ours.open(sealed)).toBe('perché no');
  expect(ours.seal('perché no')).not.toBe(sealed);
  expect(new SealService({ jwtSecret: 'b' }).open(sealed)).toBeNull();
  for (const damaged of ['', 'x', sealed.slice(0, -4), `A${sealed.slice(1, -1)}x`]) {
    expect(ours.open(damaged)).toBeNull();
  }
});
