import { expect, test } from '@playwright/test';
import { Product } from './product';

const CARD = '12345678';

test('what was acknowledged is there after a power cut', async () => {
  const product = await Product.start();
  try {
    const token = await product.firstLogin('correct horse battery');
    const board = await product.connectBoard();
    expect(await board.ask(1, { action: 'startuse', uid: CARD })).toMatchObject({
      request_ok: true,
    });
    await product.end('SIGKILL');
    await board.end();

    await product.run();
    const uses = await product.api<{ items: { endedAt: string | null }[] }>('uses', token);
    expect(uses.items).toHaveLength(1);
    expect(uses.items[0]?.endedAt).toBeNull();

    const again = await product.connectBoard();
    await again.ask(1, { action: 'stopuse', uid: CARD, duration: 5 });
    await product.end('SIGKILL');
    await again.end();

    await product.run();
    const after = await product.api<{ items: { durationS: number }[] }>('uses', token);
    expect(after.items.map((use) => use.durationS)).toEqual([5]);
    expect(await product.end('SIGTERM')).toBe(0);
  } finally {
    await product.remove();
  }
});
