import { freePort } from '@fabomatic/virtual-board';
import { FirmwareImages } from '../firmware/firmware-images.service';
import type { Settings } from '../settings/settings.module';
import { DemoFirmware } from './demo-firmware.service';

/** All of 127.0.0.0/8 is this computer on Linux alone. */
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the addresses of demo boards', () => {
  const demos: DemoFirmware[] = [];

  afterEach(() => {
    for (const demo of demos.splice(0)) demo.onModuleDestroy();
  });

  async function demoAt(boardPort: number): Promise<DemoFirmware> {
    const images = Object.create(FirmwareImages.prototype) as FirmwareImages;
    const demo = new DemoFirmware(images, { firmware: { boardPort } } as Settings);
    await demo.claimAddresses();
    demos.push(demo);
    return demo;
  }

  onLinux('are of one demo alone, also where several run', async () => {
    const boardPort = await freePort();
    const first = await demoAt(boardPort);
    const second = await demoAt(boardPort);
    expect([first.ipOf(3), second.ipOf(3)]).toEqual(['127.0.1.3', '127.0.2.3']);
  });

  onLinux('are free again once it has ended', async () => {
    const boardPort = await freePort();
    const first = await demoAt(boardPort);
    first.onModuleDestroy();
    demos.length = 0;
    expect((await demoAt(boardPort)).ipOf(3)).toBe('127.0.1.3');
  });
});
