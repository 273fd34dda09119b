import { CARDS, furnish, MACHINES } from '../testing/cast';
import { TestApi } from '../testing/test-api';
import { TestLab, until } from '../testing/test-lab';

jest.setTimeout(30_000);

const { laser } = MACHINES;
let lab: TestLab;
afterEach(() => lab.remove());

it('[37] a command goes to the subtopic that the settings name, and nowhere else', async () => {
  lab = await TestLab.start({ environment: { FABOMATIC_MQTT_REQUEST_SUBTOPIC: '/do' } });
  await furnish(lab);
  const boards = await lab.boards();
  await boards.client.subscribeAsync('machine/+/do');
  const api = await TestApi.as(lab, 'machines');
  await boards.ask(laser, { action: 'checkmachine' });
  await boards.ask(laser, { action: 'startuse', uid: CARDS.ada });
  await api.post(`machines/${laser}/commands`, { command: 'stop' }).expect(202);
  const commands = () => boards.heard.filter(({ topic }) => !topic.endsWith('/reply'));
  await until(() => commands().length > 0);
  await boards.ask(laser, { action: 'checkmachine' });
  expect(commands()).toMatchObject([
    {
      topic: `machine/${laser}/do`,
      text: `{"request_type":"stop","uid":"${CARDS.ada}"}`,
      qos: 0,
      retain: false,
    },
  ]);
});
